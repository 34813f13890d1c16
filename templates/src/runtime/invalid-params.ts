import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

/** The error for a request that can never succeed as it is (JSON-RPC -32602). */
export function invalidParams(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}

/** Lists are given whole, so no cursor was ever handed out (MCP 2026-07-28, Pagination: invalid cursors). */
export function refuseCursor(cursor: string | undefined): void {
  if (cursor !== undefined) throw invalidParams('Unknown cursor: this list has one page');
}
