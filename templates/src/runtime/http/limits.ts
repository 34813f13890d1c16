import { readInteger, type Environment } from '../settings/settings.js';
import { readResultLimit } from '../calls/result-limit.js';

/**
 * Bounds of every call. Times in milliseconds, sizes of responses in decoded bytes, sizes of
 * texts in characters.
 */
export type Limits = {
  /** The whole call: token, all attempts, waiting between them, reading the body. */
  timeoutMs: number;
  /** One attempt until its response headers are there. */
  headersTimeoutMs: number;
  maxResponseBytes: number;
  maxResultChars: number;
  /** Largest image, sound or file that is handed on; base64 makes it a third longer. */
  maxBlobBytes: number;
  /** Requests under way per origin, and how many more may wait for their turn. */
  concurrency: number;
  queue: number;
  /** Failed calls in a row after which an origin is left alone, and for how long. */
  breakerFailures: number;
  breakerResetMs: number;
};

/** The limits that the environment sets; throws SettingError, which names the variable. */
export function readLimits(env: Environment): Limits {
  const read = (variable: string, fallback: number, min: number, max: number) =>
    readInteger(env, variable, { fallback, min, max });
  return {
    timeoutMs: read('UPSTREAM_TIMEOUT_MS', 30_000, 1, 600_000),
    headersTimeoutMs: read('UPSTREAM_HEADERS_TIMEOUT_MS', 15_000, 1, 600_000),
    maxResponseBytes: read('UPSTREAM_MAX_RESPONSE_BYTES', 10_000_000, 1_000, 1_000_000_000),
    maxResultChars: readResultLimit(env),
    maxBlobBytes: read('RESULT_MAX_BLOB_BYTES', 5_000_000, 1_000, 100_000_000),
    concurrency: read('UPSTREAM_CONCURRENCY', 16, 1, 10_000),
    queue: read('UPSTREAM_QUEUE', 64, 0, 100_000),
    breakerFailures: read('UPSTREAM_BREAKER_FAILURES', 10, 1, 1_000_000),
    breakerResetMs: read('UPSTREAM_BREAKER_RESET_MS', 10_000, 1, 3_600_000),
  };
}
