import { createMcpHandler, type AuthInfo } from '@modelcontextprotocol/server';
import type { Access } from '../auth/access.js';
import { isAllowedHost, isAllowedOrigin, type AllowLists } from './allow-lists.js';
import type { ServingFactory } from '../changes/announcing.js';
import { answerStream, opensStream } from '../changes/listen-http.js';
import type { Live } from '../changes/live.js';
import { describeError, log } from '../log.js';
import type { SessionsFactory } from '../sessions/sessions.js';

export type HttpApp = {
  /** Answers one request; never rejects. `text` is its body for who has read it before: then it is not read once more. */
  fetch: (request: Request, text?: string) => Promise<Response>;
  /** Answers a request of the protocol that the server makes itself, of which nobody asks who it is. */
  answerOwn: (request: Request) => Promise<Response>;
  /** From now on `/ready` says no, so that a load balancer sends nothing new. */
  drain: () => void;
  /** Ends what is still open. */
  close: () => Promise<void>;
};

/** Looks at a request before it is served: a response refuses it, undefined lets it pass. */
export type Gate = (request: Request) => Response | undefined | Promise<Response | undefined>;

export type HttpAppOptions = {
  factory: ServingFactory;
  allow: AllowLists;
  /** Bytes of a request body. */
  maxBodyBytes: number;
  /** Why `/ready` says no from the start. */
  notReady?: string;
  /** What `/ready` says besides of servers behind this one: a word for each. */
  health?: () => Record<string, string>;
  /** Who may call; everybody on the allow-lists unless given. */
  access?: Access | undefined;
  /** What changes while the server runs. */
  live?: Pick<Live, 'bus' | 'watching'>;
  /** For clients of versions before 2026-07-28; without it each of their requests stands for itself. */
  sessions?: SessionsFactory | undefined;
  /** Run in order after the Host and Origin checks. */
  gates?: readonly Gate[];
};

/** `/health`, `/ready` and `/mcp` (Streamable HTTP, MCP 2026-07-28 and the 2025 versions). */
export function createHttpApp({
  factory,
  allow,
  maxBodyBytes,
  notReady,
  health = () => ({}),
  access,
  live,
  sessions,
  gates = [],
}: HttpAppOptions): HttpApp {
  const handler = createMcpHandler(factory, {
    maxRequestBodySize: maxBodyBytes,
    ...(live && { bus: live.bus }),
    onerror: (error) => log.debug('request refused', { error: error.message }),
  });
  const watching = live?.watching;
  const held = sessions?.({ factory, maxBodyBytes });
  const answer = async (
    request: Request,
    text: string | undefined,
    authInfo?: AuthInfo,
  ): Promise<Response> => {
    if (held !== undefined && (await held.isFor(request))) return held.answer(request, authInfo);
    const options = authInfo && { authInfo };
    if (watching !== undefined && opensStream(request)) {
      return answerStream(request, watching, (kept) => handler.fetch(kept, options));
    }
    return handler.fetch(request, { ...options, parsedBody: parse(text) });
  };
  const all: readonly Gate[] = [hostGate(allow), originGate(allow), ...gates];
  let unavailable = notReady;

  const route = async (request: Request, text?: string): Promise<Response> => {
    const { pathname } = new URL(request.url);
    // Probes come by address, and what they learn is no secret.
    if (pathname === '/health') return probe(request, 200, 'ok');
    if (pathname === '/ready') {
      const status = unavailable === undefined ? 200 : 503;
      return probe(request, status, unavailable ?? 'ready', health());
    }
    for (const gate of all) {
      const refused = await gate(request);
      if (refused !== undefined) return refused;
    }
    const described = access?.describe(request);
    if (described !== undefined) return described;
    if (pathname !== '/mcp') return json(404, { error: 'not found' });
    if (access === undefined) return answer(request, text);
    return access.admit(request, (authInfo) => answer(request, text, authInfo));
  };

  return {
    fetch: async (request, text) => {
      try {
        return await route(request, text);
      } catch (error) {
        log.error('request failed', { error: describeError(error) });
        return json(500, { error: 'internal error' });
      }
    },
    answerOwn: (request) => handler.fetch(request),
    drain: () => {
      unavailable = 'draining';
    },
    close: async () => {
      await Promise.all([handler.close(), held?.close()]);
    },
  };
}

/** Undefined for what is no JSON: the handler reads the body itself then, and says so. */
function parse(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hostGate(allow: AllowLists): Gate {
  return ({ headers }) =>
    isAllowedHost(headers.get('host'), allow) ? undefined : forbidden('Host is not allowed');
}

function originGate(allow: AllowLists): Gate {
  return ({ headers }) =>
    isAllowedOrigin(headers.get('origin'), allow) ? undefined : forbidden('Origin is not allowed');
}

/** A JSON-RPC error without id, as the transport wants for requests it refuses (MCP 2026-07-28, Streamable HTTP). */
function forbidden(message: string): Response {
  return json(403, { jsonrpc: '2.0', error: { code: -32_000, message }, id: null });
}

function probe(
  { method }: Request,
  status: number,
  text: string,
  upstreams: Record<string, string> = {},
): Response {
  if (method === 'GET' || method === 'HEAD') {
    const known = Object.keys(upstreams).length > 0;
    return json(status, { status: text, ...(known && { upstreams }) });
  }
  return json(405, { error: 'method not allowed' }, { allow: 'GET, HEAD' });
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}
