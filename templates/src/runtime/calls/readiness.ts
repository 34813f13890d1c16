import type { ServerTool } from '../tool.js';

const MAX_NAMES = 5;

/** What a caller is told of a tool that cannot work yet. */
export function notReady({ name }: Pick<ServerTool, 'name'>, problems: readonly string[]): string {
  return [`${name} is not configured on this server:`, ...problems.map((p) => `- ${p}`)].join('\n');
}

/**
 * What start-up says of tools that cannot work yet: each reason once, with the tools it disables. Empty when all can.
 */
export function describeProblems(
  tools: readonly ServerTool[],
  problems: (tool: ServerTool) => string[],
): string[] {
  const disabled = new Map<string, string[]>();
  for (const tool of tools) {
    for (const problem of problems(tool)) {
      disabled.set(problem, [...(disabled.get(problem) ?? []), tool.name]);
    }
  }
  return [...disabled].map(([problem, names]) => {
    if (names.length === tools.length && names.length > 1) return `${problem} (disables all tools)`;
    const rest = names.length - MAX_NAMES;
    const more = rest > 0 ? ` and ${rest} more` : '';
    return `${problem} (disables ${names.slice(0, MAX_NAMES).join(', ')}${more})`;
  });
}
