import { readResultLimit } from '../calls/result-limit.js';
import { readInteger, type Environment } from '../settings/settings.js';

/** How much the server takes on at once, and how long it lets things take. */
export type ServerLimits = {
  /** For what is still being answered when the server is told to stop. */
  graceMs: number;
  /** Of a message. */
  maxBytes: number;
  /** Calls that run at once. */
  concurrency: number;
  /** Calls that wait for one of those. */
  queue: number;
  /** For a whole call. */
  timeoutMs: number;
  /** Of the text of a result. */
  maxResultChars: number;
};

// A call may be more than a request: handlers make several or none. So calls have a limit and a deadline of their own
// (memory, and how long a client waits), beside those of each request to an upstream in `http/limits.ts`.
const GRACE_MS = { fallback: 10_000, min: 0, max: 300_000 };
const BODY_BYTES = { fallback: 4_194_304, min: 1_024, max: 104_857_600 };
const CONCURRENCY = { fallback: 32, min: 1, max: 10_000 };
const QUEUE = { fallback: 256, min: 0, max: 100_000 };
const TIMEOUT_MS = { fallback: 60_000, min: 100, max: 600_000 };

/** Throws SettingError. */
export function readServerLimits(env: Environment): ServerLimits {
  return {
    graceMs: readInteger(env, 'SHUTDOWN_GRACE_MS', GRACE_MS),
    maxBytes: readInteger(env, 'MAX_REQUEST_BYTES', BODY_BYTES),
    concurrency: readInteger(env, 'MAX_CONCURRENT_CALLS', CONCURRENCY),
    queue: readInteger(env, 'MAX_QUEUED_CALLS', QUEUE),
    timeoutMs: readInteger(env, 'CALL_TIMEOUT_MS', TIMEOUT_MS),
    maxResultChars: readResultLimit(env),
  };
}
