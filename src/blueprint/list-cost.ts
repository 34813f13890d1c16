import { estimateTokens, toolList, type ListedTool } from './surface.js';
import type { Blueprint } from './types.js';

export type ListCost = {
  /** Tools that callers may come to see, and about what listing all of them costs a model. */
  tools: number;
  tokens: number;
  /** The same of those that are listed when the server starts; absent unless toolsets are off then. */
  atStart?: { tools: number; tokens: number };
};

/** How long the list of tools is. The one that switches toolsets is not counted. */
export function listCost(blueprint: Pick<Blueprint, 'tools' | 'toolsets'>): ListCost {
  const all = toolList(blueprint);
  const first = all.filter(({ off }) => off === undefined);
  const atStart = { tools: first.length, tokens: estimateTokens(JSON.stringify(first)) };
  const cost = { tools: all.length, tokens: estimateTokens(JSON.stringify(all.map(asListed))) };
  return first.length < all.length ? { ...cost, atStart } : cost;
}

/** About what one tool of the list costs. */
export function tokensOf(tool: ListedTool): number {
  return estimateTokens(JSON.stringify(asListed(tool)));
}

/** `off` is no part of what is listed. */
function asListed({ off: _, ...listed }: ListedTool): ListedTool {
  return listed;
}
