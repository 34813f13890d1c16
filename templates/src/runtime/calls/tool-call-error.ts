import type { CallToolResult } from '@modelcontextprotocol/server';

/** A request or a tool that a handler called has failed. Not caught, it becomes the handler's own result. */
export class ToolCallError extends Error {
  readonly result: CallToolResult;
  /** HTTP status, where the upstream answered. */
  readonly status?: number;

  constructor(result: CallToolResult, status?: number) {
    super(result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'));
    this.name = 'ToolCallError';
    this.result = result;
    if (status !== undefined) this.status = status;
  }
}
