import type { Surface, SurfaceTool } from '../../blueprint/compare.js';
import { callOf, identityOf, requestOf } from '../../blueprint/binding.js';
import { describeRequest } from '../../blueprint/describe-request.js';
import {
  recordedOffers,
  type RecordedOffers,
  type RecordedPrompt,
  type RecordedResource,
} from '../../blueprint/recorded-offers.js';
import { recordedTools } from '../../blueprint/surface.js';
import type { Blueprint, Tool } from '../../blueprint/types.js';
import type { Lock, LockedTool } from '../../workspace/lock.js';

/** What a blueprint lists, as it is compared. */
export function surfaceOf(blueprint: Blueprint): Surface {
  return {
    tools: withOperations(recordedTools(blueprint), lockedTools(blueprint)),
    offers: recordedOffers(blueprint),
  };
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
 * What `mcp.tools.json` lists, with what the lock of the same time knows of the tools. Undefined for a text that holds no tool
 * list: edited, or half merged.
 */
export function parseSurface(text: string, lock: Lock | undefined): Surface | undefined {
  const listed = listedIn(text);
  if (listed === undefined) return undefined;
  const { tools, ...offers } = listed;
  return { tools: withOperations(tools, lock?.tools ?? new Map()), offers };
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

function listedIn(text: string): ({ tools: SurfaceTool[] } & RecordedOffers) | undefined {
  try {
    const { tools, resources, resourceTemplates, prompts } = JSON.parse(text) as Listed;
    if (!Array.isArray(tools) || !tools.every(isTool)) return undefined;
    const templates = named(resourceTemplates, 'uriTemplate').map(({ uriTemplate, ...facts }) => ({
      ...facts,
      uri: uriTemplate,
    }));
    return {
      tools,
      resources: [...named(resources, 'uri'), ...templates] as RecordedResource[],
      prompts: named(prompts, 'name').map(withArguments) as RecordedPrompt[],
    };
  } catch {
    return undefined;
  }
}

type Listed = {
  tools?: unknown;
  resources?: unknown;
  resourceTemplates?: unknown;
  prompts?: unknown;
};

/** Those members of a list that have what they are known by; files before had no such lists. */
function named(list: unknown, key: string): Record<string, unknown>[] {
  if (!Array.isArray(list)) return [];
  return list.filter(
    (one): one is Record<string, unknown> =>
      typeof one === 'object' && one !== null && typeof Reflect.get(one, key) === 'string',
  );
}

function withArguments(prompt: Record<string, unknown>): Record<string, unknown> {
  return { ...prompt, arguments: named(prompt['arguments'], 'name') };
}

function isTool(value: unknown): value is SurfaceTool {
  if (typeof value !== 'object' || value === null) return false;
  const { name, inputSchema } = value as Partial<SurfaceTool>;
  return typeof name === 'string' && typeof inputSchema === 'object' && inputSchema !== null;
}
