import type { HttpOperation } from './operation.js';
import type { UpstreamFailure } from './upstream-failure.js';

export const ATTEMPTS = 3;

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 5_000;
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'QUERY']);
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);
const PASSING_STATUSES = new Set([408, 425, 429, 502, 503, 504]);

/**
 * True when sending the request again cannot apply it twice (RFC 9110 §9.2.2, or a key that the
 * API remembers).
 */
export function isRepeatable(operation: HttpOperation): boolean {
  return IDEMPOTENT.has(operation.method) || operation.idempotencyHeader !== undefined;
}

/** True when the request changes nothing (RFC 9110 §9.2.1). */
export function isSafe(method: string): boolean {
  return SAFE.has(method);
}

/** True for statuses that say "not now" rather than "no". */
export function isPassing(status: number): boolean {
  return PASSING_STATUSES.has(status);
}

/** True for failures that another attempt may not meet. */
export function isPassingFailure(failure: UpstreamFailure): boolean {
  return failure.upstreamFault;
}

/**
 * Full jitter: anything from nothing to a bound that doubles with each attempt (counted from 1).
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
}

/**
 * Milliseconds that a Retry-After header asks for: seconds or an HTTP date (RFC 9110 §10.2.3);
 * undefined where it is neither.
 */
export function retryAfterMs(
  value: string | undefined,
  now: () => number = Date.now,
): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse takes much that is no date; every form of an HTTP date starts with a day's name.
  const date = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now());
}
