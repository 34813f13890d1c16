import type { Tool, ToolAnnotations } from '../../blueprint/types.js';

/** What calling all of these does: it only reads where each one only reads, and destroys where one may. */
export function annotationsOf(tools: readonly Tool[]): ToolAnnotations {
  const all = tools.map(({ annotations }) => annotations);
  if (all.every(({ readOnlyHint }) => readOnlyHint === true)) {
    return {
      readOnlyHint: true,
      openWorldHint: all.some(({ openWorldHint }) => openWorldHint !== false),
    };
  }
  return {
    readOnlyHint: false,
    destructiveHint: all.some(
      ({ readOnlyHint, destructiveHint }) => readOnlyHint !== true && destructiveHint !== false,
    ),
    openWorldHint: all.some(({ openWorldHint }) => openWorldHint !== false),
  };
}
