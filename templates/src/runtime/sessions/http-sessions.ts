import { isInitializeRequest, isLegacyRequest, type AuthInfo } from '@modelcontextprotocol/server';
import type { Budget } from './event-store.js';
import { openSession, type Session } from './session.js';
import type { SessionsFactory } from './sessions.js';

/** What mcp.yaml says of sessions: `serve.sessions`. */
export type SessionFacts = {
  /** Of all callers together. */
  max: number;
  /** Of each caller, where `serve.auth` tells who that is. */
  perCaller: number;
  /** Without a request and an open stream for so long, a session ends. */
  idleSeconds: number;
};

/** `owner` tells who may use it, `caller` whose it is counted as; both are undefined where nobody is asked who he is. */
type Held = {
  owner: string | undefined;
  caller: string | undefined;
  /** Of all tokens that have asked for something. */
  scopes: Set<string>;
  session: Session;
};

/** Of what was sent, in characters of all sessions together. */
const MAX_KEPT = 50_000_000;
const RETRY = { 'retry-after': '30' };

/** Sessions as Streamable HTTP of 2025-11-25 has them. Each belongs to who opened it: for others there is none of that id. */
export function httpSessions({ max, perCaller, idleSeconds }: SessionFacts): SessionsFactory {
  return ({ factory, maxBodyBytes }) => {
    const open = new Map<string, Held>();
    const budget: Budget = { used: 0, max: MAX_KEPT };
    let isClosed = false;

    const refusalOf = (caller: string | undefined): Response | undefined => {
      if (isClosed) return refusal(503, 'The server is about to stop', RETRY);
      if (open.size >= max)
        return refusal(503, 'Too many sessions are open: try again later', RETRY);
      if (caller === undefined) return undefined;
      const own = [...open.values()].filter((one) => one.caller === caller).length;
      return own < perCaller
        ? undefined
        : refusal(429, 'Too many sessions of yours are open: end one, or try later', RETRY);
    };
    const begin = async (request: Request, authInfo: AuthInfo | undefined): Promise<Response> => {
      if (isOfNobody(authInfo)) return refusal(403, 'A session needs a token that has a sub');
      const [owner, caller] = [ownerOf(authInfo), callerOf(authInfo)];
      const refused = refusalOf(caller);
      if (refused !== undefined) return refused;
      const session = openSession({
        ...{ factory, authInfo, maxBodyBytes, budget },
        idleMs: idleSeconds * 1_000,
        ended: (id) => open.delete(id),
      });
      open.set(session.id, { owner, caller, scopes: new Set(authInfo?.scopes), session });
      let isOpen = false;
      try {
        const response = await session.answer(request, authInfo);
        isOpen = response.ok;
        return response;
      } finally {
        if (!isOpen) await session.close();
      }
    };

    return {
      isFor: async (request) => {
        const { method, headers } = request;
        if (method === 'GET' || method === 'DELETE') return true;
        // Clients of 2026-07-28 send it always, and those before never.
        if (method !== 'POST' || headers.has('mcp-method')) return false;
        return isLegacyRequest(request, undefined, { maxRequestBodySize: maxBodyBytes });
      },
      answer: async (request, authInfo) => {
        const id = request.headers.get('mcp-session-id');
        if (id === null) {
          const asked = request.method === 'POST' && (await isHello(request));
          return asked ? begin(request, authInfo) : refusal(400, NO_ID);
        }
        const found = open.get(id);
        if (found === undefined || found.owner !== ownerOf(authInfo))
          return refusal(404, 'Session not found', {}, -32_001);
        const given = new Set(authInfo?.scopes);
        const isPast = request.method === 'GET' && request.headers.has('last-event-id');
        // Else a weak token would be told again what a strong one was told.
        if (isPast && [...found.scopes].some((scope) => !given.has(scope)))
          return refusal(
            403,
            'To read on takes the scopes of all tokens that this session has had',
          );
        if (request.method === 'POST') for (const scope of given) found.scopes.add(scope);
        return found.session.answer(request, authInfo);
      },
      close: async () => {
        isClosed = true;
        await Promise.all([...open.values()].map(({ session }) => session.close()));
      },
    };
  };
}

const NO_ID = 'A request needs the Mcp-Session-Id that the answer to initialize has told';

function callerOf(authInfo: AuthInfo | undefined): string | undefined {
  if (authInfo === undefined) return undefined;
  const subject = authInfo.extra?.['subject'];
  return JSON.stringify(subject === undefined ? [authInfo.clientId] : { subject });
}

function ownerOf(authInfo: AuthInfo | undefined): string | undefined {
  if (authInfo === undefined) return undefined;
  return JSON.stringify([authInfo.clientId, authInfo.extra?.['subject']]);
}

/** Whether a token says of nobody whose it is: so nobody could be told from others. */
function isOfNobody(authInfo: AuthInfo | undefined): boolean {
  return authInfo?.clientId === '' && authInfo.extra?.['subject'] === undefined;
}

/** Whether the body is the message that a client begins with; the request can still be read. */
async function isHello(request: Request): Promise<boolean> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined);
  return isInitializeRequest(body);
}

/** A JSON-RPC error without id, as the transport of these versions has it. */
function refusal(
  status: number,
  message: string,
  headers: Record<string, string> = {},
  code = -32_000,
): Response {
  return Response.json(
    { jsonrpc: '2.0', error: { code, message }, id: null },
    { status, headers: { 'cache-control': 'no-store', ...headers } },
  );
}
