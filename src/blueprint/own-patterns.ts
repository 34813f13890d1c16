import type { CustomTool } from './custom-tool.js';
import { isPattern, matchesPattern } from './tool-patterns.js';

export type Expanded = {
  /** Entries by the names of tools, what patterns say of them worked in. */
  custom: Record<string, CustomTool>;
  /** Patterns that no tool has. */
  unused: string[];
};

/**
 * Entries whose key is a pattern (`petstore_*`) hold for each generated tool of such a name; a later pattern wins over an earlier
 * one, and an entry of that very name over all.
 */
export function expandPatterns(
  entries: Readonly<Record<string, CustomTool>>,
  generated: readonly string[],
): Expanded {
  const patterns = Object.entries(entries).filter(([key]) => isPattern(key));
  const exact = Object.fromEntries(Object.entries(entries).filter(([key]) => !isPattern(key)));
  if (patterns.length === 0) return { custom: exact, unused: [] };
  const custom: Record<string, CustomTool> = { ...exact };
  const used = new Set<string>();
  for (const name of generated) {
    const found = patterns.filter(([pattern]) => matchesPattern(pattern, name));
    if (found.length === 0) continue;
    for (const [pattern] of found) used.add(pattern);
    const own = Object.hasOwn(exact, name) ? exact[name] : undefined;
    // A tool written by hand has nothing to do with those of its name's shape.
    if (own?.input !== undefined) continue;
    const all = [...found.map(([, entry]) => entry), ...(own ? [own] : [])];
    const annotations = Object.assign({}, ...all.map((entry) => entry.annotations));
    custom[name] = {
      ...(Object.assign({}, ...all) as CustomTool),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    };
  }
  return { custom, unused: patterns.map(([key]) => key).filter((key) => !used.has(key)) };
}
