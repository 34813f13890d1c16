import { diagnostic } from '../../diagnostics/catalog.js';
import { closest } from '../../diagnostics/closest.js';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.js';

/** Decides which names and URIs are wanted: all, or those that `include` names, less those that `exclude` names. */
export function createNameSelection(include: readonly string[], exclude: readonly string[]) {
  const used = new Set<string>();
  const seen = new Set<string>();
  const matches = (patterns: readonly string[], name: string): boolean => {
    const found = patterns.filter((pattern) => fits(pattern, name));
    for (const pattern of found) used.add(pattern);
    return found.length > 0;
  };
  return {
    wants(name: string): boolean {
      seen.add(name);
      const isIn = include.length === 0 || matches(include, name);
      return !matches(exclude, name) && isIn;
    },
    /** What matched nothing so far: most likely typing errors. */
    unused(origin: Origin): Diagnostic[] {
      const report = (list: string, patterns: readonly string[]) =>
        patterns.flatMap((pattern, index) => {
          if (used.has(pattern)) return [];
          const suggestion = closest(pattern, seen);
          const fields = { list, pattern, ...(suggestion !== undefined && { suggestion }) };
          const place = { file: origin.file, path: [...origin.path, list, index] };
          return [diagnostic('MCP862', fields, { origin: place })];
        });
      return [...report('include', include), ...report('exclude', exclude)];
    },
  };
}

/** `*` stands for any characters. Walked, not compiled: no pattern takes long. */
function fits(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
