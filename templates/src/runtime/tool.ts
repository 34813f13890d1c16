import type { RequestContext } from './handler.js';

/** A JSON Schema (2020-12) as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What `tools/list` says of a tool's behaviour (MCP 2026-07-28, ToolAnnotations). */
export type ToolAnnotations = {
  readOnlyHint?: boolean;
  destructiveHint?: boolean;
  idempotentHint?: boolean;
  openWorldHint?: boolean;
};

/** What every tool has. What it does stands in one more field, by which a backend knows it. */
export type ToolFacts<Arguments = unknown, Result = unknown> = {
  name: string;
  title?: string;
  description: string;
  annotations?: ToolAnnotations;
  /** Root is `type: object`; references point only into its own `$defs`. Validated strictly before anything happens. */
  inputSchema: JsonSchema;
  /** Open and shallow where an API answers: a response that differs never fails the call. */
  outputSchema?: JsonSchema;
  /** Not in `tools/list`: other tools can call it, callers cannot. */
  unlisted?: boolean;
  /** OAuth scopes that its caller needs over HTTP: all of them. */
  scopes?: readonly string[];
  /** Never set: carries the types. */
  readonly types?: { arguments: Arguments; result: Result };
};

/** A tool that runs a function from a file of the user. */
export type HandlerTool<Arguments = unknown, Result = unknown> = ToolFacts<Arguments, Result> & {
  // A method, so that tools with arguments of different types fit into one list.
  handler(args: Arguments, context: RequestContext<Arguments, Result>): unknown;
  /** The request that the handler stands in for, of an API; absent for a tool written by hand. */
  request?: object;
  /** The statement that it stands in for, of a database; the action, of folders; the tool, of another server. */
  sql?: object;
  files?: object;
  mcp?: object;
  /** Its handler is the project's own, made of these. */
  steps?: object;
};

export type ServerTool = ToolFacts & Partial<Pick<HandlerTool, 'handler'>>;

/** Names the types of a tool with a handler; returns the definition unchanged. */
export function defineHandlerTool<Arguments, Result>(
  tool: HandlerTool<Arguments, Result>,
): HandlerTool<Arguments, Result> {
  return tool;
}

/** Whether a function of the user runs when the tool is called. */
export function hasHandler(tool: ServerTool): tool is HandlerTool {
  return tool.handler !== undefined;
}
