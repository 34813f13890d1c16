import type { ServerTool, ToolFacts } from '../tool.js';
import type { HttpOperation } from './operation.js';

/** A tool that makes one HTTP request. `Arguments` and `Result` are there for the reader and for hand-written code. */
export type HttpTool<Arguments = unknown, Result = unknown> = ToolFacts<Arguments, Result> & {
  request: HttpOperation;
};

/** Names the types of an HTTP tool; returns the definition unchanged. */
export function defineHttpTool<Arguments, Result>(
  tool: HttpTool<Arguments, Result>,
): HttpTool<Arguments, Result> {
  return tool;
}

/** Whether the tool has a request: its own, or the one that its handler stands in for. */
export function hasRequest(tool: ServerTool): tool is HttpTool {
  return 'request' in tool;
}
