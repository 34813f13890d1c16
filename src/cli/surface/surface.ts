import type { SurfaceTool } from '../../blueprint/compare.js';
import { callOf, identityOf, requestOf } from '../../blueprint/binding.js';
import { describeRequest } from '../../blueprint/describe-request.js';
import { toolList } from '../../blueprint/surface.js';
import type { Blueprint, Tool } from '../../blueprint/types.js';
import type { Lock, LockedTool } from '../../workspace/lock.js';

/** The tools of a blueprint as they are listed and compared. */
export function surfaceOf(blueprint: Blueprint): SurfaceTool[] {
  return withOperations(toolList(blueprint), lockedTools(blueprint));
}

/** What each tool calls, for the lock. A tool that calls nothing has no entry. */
export function lockedTools(blueprint: Blueprint): Map<string, LockedTool> {
  const tools = blueprint.tools.map((tool): [string, LockedTool | undefined] => [
    tool.name,
    lockedTool(tool),
  ]);
  return new Map(tools.filter((entry): entry is [string, LockedTool] => entry[1] !== undefined));
}

/**
 * The tools of `mcp.tools.json`, with what the lock of the same time knows of them. Undefined for a text that holds no tool
 * list: edited, or half merged.
 */
export function parseSurface(text: string, lock: Lock | undefined): SurfaceTool[] | undefined {
  const tools = toolsIn(text);
  return tools && withOperations(tools, lock?.tools ?? new Map());
}

function lockedTool(tool: Tool): LockedTool | undefined {
  const call = callOf(tool);
  if (call === undefined) return undefined;
  const http = requestOf(tool);
  const { security = [] } = http ?? {};
  return {
    operation: identityOf(call),
    ...(security.length > 0 && { security }),
    ...(http && { request: describeRequest(http) }),
    ...(tool.inputDigest !== undefined && { inputDigest: tool.inputDigest }),
  };
}

function withOperations(
  tools: readonly SurfaceTool[],
  locked: ReadonlyMap<string, LockedTool>,
): SurfaceTool[] {
  return tools.map((tool) => {
    const known = locked.get(tool.name);
    if (!known) return tool;
    const { security = [], ...rest } = known;
    return { ...tool, ...rest, security };
  });
}

function toolsIn(text: string): SurfaceTool[] | undefined {
  try {
    const { tools } = JSON.parse(text) as { tools?: unknown };
    return Array.isArray(tools) && tools.every(isTool) ? tools : undefined;
  } catch {
    return undefined;
  }
}

function isTool(value: unknown): value is SurfaceTool {
  if (typeof value !== 'object' || value === null) return false;
  const { name, inputSchema } = value as Partial<SurfaceTool>;
  return typeof name === 'string' && typeof inputSchema === 'object' && inputSchema !== null;
}
