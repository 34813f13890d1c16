import type { Change, SurfaceTool } from './compare/change.js';

export type { Change, ChangeClass, ChangeCode, SurfaceTool } from './compare/change.js';
export { CHANGE_RULES } from './compare/change.js';

/** What changed in the tools that a server lists, in a deterministic order. */
export function compareSurfaces(
  _before: readonly SurfaceTool[],
  _after: readonly SurfaceTool[],
): Change[] {
  return [];
}
