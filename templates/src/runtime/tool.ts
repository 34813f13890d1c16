import type { RequestContext } from './handler.js';
import type { HttpOperation } from './http/operation.js';

/** A JSON Schema (2020-12) as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What `tools/list` says of a tool's behaviour (MCP 2026-07-28, ToolAnnotations). */
export type ToolAnnotations = {
  readOnlyHint?: boolean;
  destructiveHint?: boolean;
  idempotentHint?: boolean;
  openWorldHint?: boolean;
};

type ToolFacts<Arguments, Result> = {
  name: string;
  title?: string;
  description: string;
  annotations?: ToolAnnotations;
  /** Root is `type: object`; references point only into its own `$defs`. Validated strictly before anything happens. */
  inputSchema: JsonSchema;
  /** Open and shallow where an API answers: a response that differs never fails the call. */
  outputSchema?: JsonSchema;
  /** Never set: carries the types. */
  readonly types?: { arguments: Arguments; result: Result };
};

/** A tool that makes one HTTP request. `Arguments` and `Result` are there for the reader and for hand-written code. */
export type HttpTool<Arguments = unknown, Result = unknown> = ToolFacts<Arguments, Result> & {
  request: HttpOperation;
};

/** A tool that runs a function from a file of the user. */
export type HandlerTool<Arguments = unknown, Result = unknown> = ToolFacts<Arguments, Result> & {
  // A method, so that tools with arguments of different types fit into one list.
  handler(args: Arguments, context: RequestContext<Arguments, Result>): unknown;
  /** The request that the handler stands in for; absent for a tool written by hand. */
  request?: HttpOperation;
};

export type ServerTool = HttpTool | HandlerTool;

/** Names the types of an HTTP tool; returns the definition unchanged. */
export function defineHttpTool<Arguments, Result>(
  tool: HttpTool<Arguments, Result>,
): HttpTool<Arguments, Result> {
  return tool;
}

/** Names the types of a tool with a handler; returns the definition unchanged. */
export function defineHandlerTool<Arguments, Result>(
  tool: HandlerTool<Arguments, Result>,
): HandlerTool<Arguments, Result> {
  return tool;
}

/** Whether a call of the tool is its request and nothing else. */
export function isHttpTool(tool: ServerTool): tool is HttpTool {
  return !('handler' in tool);
}
