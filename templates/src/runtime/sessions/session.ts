import { randomBytes } from 'node:crypto';
import {
  WebStandardStreamableHTTPServerTransport,
  type AuthInfo,
} from '@modelcontextprotocol/server';
import type { ServingFactory } from '../changes/announcing.js';
import { log } from '../log.js';
import { untilEnd } from '../serve/until-end.js';
import { createEventStore, type Budget } from './event-store.js';
import { boundRequests } from './open-requests.js';

/** A client of a version before 2026-07-28, from its first message to its last. */
export type Session = {
  id: string;
  /** Answers a request that belongs to it. */
  answer: (request: Request, authInfo: AuthInfo | undefined) => Promise<Response>;
  close: () => Promise<void>;
};

export type SessionOptions = {
  factory: ServingFactory;
  authInfo: AuthInfo | undefined;
  maxBodyBytes: number;
  /** Without a request and an open stream for so long, it ends. */
  idleMs: number;
  budget: Budget;
  /** It is over, whoever ended it. */
  ended: (id: string) => void;
};

const ID_BYTES = 32;
/** After what time a client whose stream broke asks again. */
const RETRY_MS = 1_000;
const CLOCKS_MS = 30_000;
const EVENT_STREAM = 'text/event-stream';

/** Opens a session for a client who has yet to say hello: its first answer tells the id. */
export function openSession({
  factory,
  authInfo,
  maxBodyBytes,
  idleMs,
  budget,
  ended,
}: SessionOptions): Session {
  const id = randomBytes(ID_BYTES).toString('base64url');
  const eventStore = createEventStore(budget);
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: () => id,
    eventStore,
    retryInterval: RETRY_MS,
    maxRequestBodySize: maxBodyBytes,
  });
  let streams = 0;
  let isOver = false;
  let idle: NodeJS.Timeout | undefined;
  transport.onclose = () => {
    isOver = true;
    clearTimeout(idle);
    eventStore.end();
    ended(id);
  };
  transport.onerror = (error) => log.debug('request refused', { error: error.message });
  const connect = async () => {
    const mcp = await factory({ era: 'legacy', session: true, ...(authInfo && { authInfo }) });
    await mcp.connect(transport);
    boundRequests(transport);
  };
  const connected = connect();

  const begin = () => {
    streams += 1;
    clearTimeout(idle);
  };
  const end = () => {
    streams -= 1;
    if (streams > 0 || isOver) return;
    idle = setTimeout(() => void transport.close(), idleMs).unref();
  };

  return {
    id,
    answer: async (request, caller) => {
      begin();
      let isStream = false;
      try {
        await connected;
        const response = await transport.handleRequest(request, {
          ...(caller && { authInfo: caller }),
        });
        const { body, headers } = response;
        isStream = body !== null && headers.get('content-type') === EVENT_STREAM;
        if (body === null || !isStream) return response;
        const lasts = request.method === 'GET';
        const stream = untilEnd(body, {
          signal: request.signal,
          ended: end,
          ...(lasts && { first: ': open\n\n' }),
          ...(lasts &&
            caller?.expiresAt !== undefined && { until: untilExpired(caller.expiresAt) }),
        });
        return new Response(stream, response);
      } finally {
        if (!isStream) end();
      }
    },
    // Also one that has never been connected.
    close: () => transport.close(),
  };
}

/** Nothing is told to somebody whose token has run out; by so much clocks may differ. */
function untilExpired(seconds: number): number {
  return seconds * 1_000 + CLOCKS_MS;
}
