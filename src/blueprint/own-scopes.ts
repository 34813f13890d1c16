import { callOf } from './binding.js';
import type { CustomTool } from './custom-tool.js';
import { isPattern, matchesPattern } from './tool-patterns.js';
import type { Tool } from './types.js';

/** By source, for tools that only read and for all others. */
export type SourceScopes = Readonly<
  Record<string, { read?: string[] | undefined; write?: string[] | undefined } | undefined>
>;

type Entries = Readonly<Record<string, Pick<CustomTool, 'scopes'>>>;

/** What `tools` says of the very name, else by the last pattern that fits; undefined where it says nothing. */
export function namedScopes(name: string, entries: Entries): string[] | undefined {
  const exact = Object.hasOwn(entries, name) ? entries[name]?.scopes : undefined;
  return exact ?? patternScopes(name, entries);
}

/** The scopes of the last pattern that fits a name. */
export function patternScopes(name: string, entries: Entries): string[] | undefined {
  const fitting = Object.entries(entries).filter(
    ([key, { scopes }]) => scopes !== undefined && isPattern(key) && matchesPattern(key, name),
  );
  return fitting.at(-1)?.[1].scopes;
}

/**
 * The tools with the scopes that their callers need: what `tools` says of the very name, else by the last pattern that fits,
 * else what the source says. Patterns hold for tools written by hand as well: one that is forgotten would be open. A tool made
 * of steps needs those of every tool that it calls besides its own.
 */
export function scopedTools(
  tools: readonly Tool[],
  entries: Entries,
  sources: SourceScopes,
): Tool[] {
  const given = (tool: Tool): string[] => {
    const key = tool.generatedName ?? tool.name;
    const named = namedScopes(key, entries);
    if (named !== undefined) return named;
    const source = callOf(tool)?.source;
    if (source === undefined || !Object.hasOwn(sources, source)) return [];
    const { read, write } = sources[source] ?? {};
    return (tool.annotations.readOnlyHint === true ? read : write) ?? [];
  };
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const all = (tool: Tool): string[] => {
    const { binding } = tool;
    if (binding.kind !== 'steps') return given(tool);
    const called = binding.plan.steps.flatMap(({ call }) => byName.get(call) ?? []);
    return [...given(tool), ...called.flatMap(all)];
  };
  return tools.map((tool) => {
    const scopes = [...new Set(all(tool))];
    return scopes.length === 0 ? tool : { ...tool, scopes };
  });
}
