import type { Tool } from './types.js';

/** `true`, or what to use instead and why. */
export type Deprecation =
  boolean | { successor?: string | undefined; message?: string | undefined };

const ANNOUNCED = /^Deprecated(?:: use ([A-Za-z0-9_-]+) instead)?\. /;

/** The tool with the announcement before its description. */
export function deprecatedTool(tool: Tool, deprecation: Deprecation | undefined): Tool {
  if (deprecation === undefined) return tool;
  const description = tool.description.replace(ANNOUNCED, '');
  if (deprecation === false) return { ...tool, description, deprecated: false };
  const { successor, message } = deprecation === true ? {} : deprecation;
  const use = successor === undefined ? '' : `: use ${successor} instead`;
  const why = message === undefined ? '' : ` ${message}${/[.!?]$/.test(message) ? '' : '.'}`;
  return { ...tool, description: `Deprecated${use}.${why} ${description}`, deprecated: true };
}

/** Whether a description begins with an announcement, and which successor that names. */
export function announced(description: string): { successor?: string } | undefined {
  const found = ANNOUNCED.exec(description);
  if (found === null) return undefined;
  return found[1] === undefined ? {} : { successor: found[1] };
}
