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

/** A tool that makes one HTTP request. `Arguments` and `Result` are there for the reader and for hand-written code. */
export type HttpTool<Arguments = unknown, Result = unknown> = {
  name: string;
  title?: string;
  description: string;
  annotations?: ToolAnnotations;
  /** Root is `type: object`; references point only into its own `$defs`. Validated strictly before anything is sent. */
  inputSchema: JsonSchema;
  /** Open and shallow: a response that differs never fails the call. */
  outputSchema?: JsonSchema;
  request: HttpOperation;
  /** Never set: carries the types. */
  readonly types?: { arguments: Arguments; result: Result };
};

/** Names the types of an HTTP tool; returns the definition unchanged. */
export function defineHttpTool<Arguments, Result>(
  tool: HttpTool<Arguments, Result>,
): HttpTool<Arguments, Result> {
  return tool;
}
