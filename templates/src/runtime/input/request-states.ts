import { randomBytes } from 'node:crypto';
import { createRequestStateCodec, type RequestStateCodec } from '@modelcontextprotocol/server';
import { SettingError, type Environment } from '../settings/settings.js';

/** What goes to the client with questions and comes back with the answers: signed, and readable by the client. */
export type RequestState = {
  call: string;
  /** Digests of the questions that are open, by key. */
  asked: Record<string, string>;
  /** What was answered in the rounds before. */
  answers: Record<string, { question: string; response: unknown }>;
};

export type RequestStates = RequestStateCodec<RequestState>;

const MIN_BYTES = 32;
/** How long a question may stay open. */
const TTL_SECONDS = 3_600;

/**
 * Signs with REQUEST_STATE_KEY, which several processes that serve the same clients must share; without it with a key of this
 * process. Throws SettingError.
 */
export function createRequestStates(env: Environment): RequestStates {
  const key = env['REQUEST_STATE_KEY']?.trim();
  if (key && Buffer.byteLength(key) < MIN_BYTES)
    throw new SettingError('REQUEST_STATE_KEY', `must have at least ${MIN_BYTES} bytes`);
  return createRequestStateCodec<RequestState>({
    key: key || randomBytes(MIN_BYTES),
    ttlSeconds: TTL_SECONDS,
    // One program may ask for many people.
    bind: ({ mcpReq, http }) =>
      JSON.stringify([mcpReq.method, http?.authInfo?.clientId, http?.authInfo?.extra?.['subject']]),
  });
}
