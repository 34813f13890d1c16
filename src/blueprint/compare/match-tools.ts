import type { SurfaceTool } from './change.js';

/** Which tools are one and the same. */
export type ToolMatches = {
  pairs: { before: SurfaceTool; after: SurfaceTool }[];
  removed: SurfaceTool[];
  added: SurfaceTool[];
};

/**
 * Matches by name and operation, then by operation (a tool that was renamed), then by operation whatever its path parameters are
 * called, then by name (a tool that was moved to another operation or whose operation is not known).
 */
export function matchTools(
  before: readonly SurfaceTool[],
  after: readonly SurfaceTool[],
): ToolMatches {
  const old = new Set(before);
  const now = new Set(after);
  const pairs: ToolMatches['pairs'] = [];
  const steps: ((tool: SurfaceTool) => string | undefined)[] = [
    (tool) => `${tool.name}\n${tool.operation ?? ''}`,
    (tool) => tool.operation,
    (tool) => tool.operation?.replaceAll(/\{[^{}]*\}/g, '{}'),
    (tool) => tool.name,
  ];
  for (const keyOf of steps) {
    const waiting = new Map<string, SurfaceTool[]>();
    for (const tool of now) {
      const key = keyOf(tool);
      if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), tool]);
    }
    for (const tool of [...old]) {
      const match = waiting.get(keyOf(tool) ?? '')?.shift();
      if (!match) continue;
      pairs.push({ before: tool, after: match });
      old.delete(tool);
      now.delete(match);
    }
  }
  return { pairs, removed: [...old], added: [...now] };
}
