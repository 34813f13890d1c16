import { cleanText, cutText } from '../http/clean-text.js';

/** The other server could not be asked. Its message is for callers. */
export class UpstreamError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UpstreamError';
  }
}

const LOST = new Set(['CONNECTION_CLOSED', 'NOT_CONNECTED', 'SEND_FAILED']);
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const MAX_MESSAGE = 1_000;

/** Whether the connection is of no use any more. */
export function isLost(error: unknown): boolean {
  return LOST.has(String(codeOf(error))) || isFetchFailure(error) || isUnknownSession(error);
}

/** Whether the request has certainly not been acted on. */
export function wasNotSent(error: unknown): boolean {
  if (codeOf(error) === 'NOT_CONNECTED' || isUnknownSession(error)) return true;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (NEVER_SENT.has(String(codeOf(cause)))) return true;
  }
  return false;
}

export function isTimeout(error: unknown): boolean {
  return codeOf(error) === 'REQUEST_TIMEOUT';
}

/** What the other server answered with instead of a result (JSON-RPC error). */
export function isAnswer(error: unknown): error is Error & { code: number } {
  return error instanceof Error && typeof codeOf(error) === 'number' && !isUnknownSession(error);
}

/** A foreign message, short and without what nobody sees. */
export function reasonOf(error: unknown): string {
  const causes: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) causes.push(cause.message);
  return cutText(cleanText(causes.join(': ') || String(error)).replace(/\s+/g, ' '), MAX_MESSAGE);
}

function isFetchFailure(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'fetch failed';
}

/** After a restart the server does not know the session (MCP 2025-11-25, Session Management). */
function isUnknownSession(error: unknown): boolean {
  return (error as { status?: unknown } | undefined)?.status === 404;
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | undefined)?.code;
}
