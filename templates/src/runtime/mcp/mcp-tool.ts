import type { ServerTool, ToolFacts } from '../tool.js';

/** A call of a tool of another server. */
export type McpOperation = {
  source: string;
  /** What it is called there. */
  tool: string;
  /** What arguments are called there, where they have another name here. */
  rename?: Record<string, string>;
};

/** A tool of another MCP server. */
export type McpTool<Arguments = unknown, Result = unknown> = ToolFacts<Arguments, Result> & {
  mcp: McpOperation;
};

/** Names the types of a tool of another server; returns the definition unchanged. */
export function defineMcpTool<Arguments, Result>(
  tool: McpTool<Arguments, Result>,
): McpTool<Arguments, Result> {
  return tool;
}

/** Kinds of tools of another server: those that only read, or all where none does. */
export function toolsOf(source: string): ((tool: ServerTool) => boolean)[] {
  const isOf = (tool: ServerTool): boolean => isUpstreamTool(tool) && tool.mcp.source === source;
  return [(tool) => isOf(tool) && tool.annotations?.readOnlyHint === true, isOf];
}

/** Whether another server has the tool: it is called, or its handler stands in for it. */
export function isUpstreamTool(tool: ServerTool): tool is McpTool {
  return 'mcp' in tool && tool.mcp !== undefined;
}
