import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { closest } from '../arguments/closest.js';

/** The error for a request that can never succeed as it is (JSON-RPC -32602). */
export function invalidParams(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}

/** Lists are given whole, so no cursor was ever handed out (MCP 2026-07-28, Pagination: invalid cursors). */
export function refuseCursor(cursor: string | undefined): void {
  if (cursor !== undefined) throw invalidParams('Unknown cursor: this list has one page');
}

/** The error for a name that is none of the known ones. */
export function unknownName(kind: string, name: string, known: Iterable<string>): ProtocolError {
  const similar = closest(name, known);
  const hint = similar === undefined ? '' : `; did you mean ${similar}?`;
  return invalidParams(`${kind} ${name.slice(0, 100)} not found${hint}`);
}
