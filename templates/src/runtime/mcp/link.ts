import { describeError, log } from '../log.js';
import type { Environment } from '../settings/settings.js';
import { isLost, reasonOf, UpstreamError, wasNotSent } from './failures.js';
import { fillIn } from './fill-in.js';
import { openClient } from './open-client.js';
import { createSession, type Session } from './session.js';
import type { McpConnection, McpUpstream } from './upstream.js';

export type Health = 'idle' | 'up' | 'down';

/** The way to another server: one connection at a time, made when it is needed and again when it was lost. */
export type UpstreamLink = {
  upstream: McpUpstream;
  /** Why no connection can be made with this environment; empty when one can. */
  problems: string[];
  health: () => Health;
  /**
   * Runs over a connection. When it turns out to be lost, runs again over a new one if nothing was sent or the work is
   * `repeatable`. Rejects with UpstreamError when there is none, and with what `run` rejects with.
   */
  use: <Value>(run: (session: Session) => Promise<Value>, use: Use) => Promise<Value>;
  close: () => Promise<void>;
};

type Use = { repeatable: boolean; signal: AbortSignal };

type Route = { connection: McpConnection; failures: number; retryAt: number };

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export function createLink(
  upstream: McpUpstream,
  env: Environment,
  userAgent: string,
  now: () => number = Date.now,
): UpstreamLink {
  const { id, timeoutMs } = upstream;
  const filled = upstream.connections.map((connection) => fillIn(connection, env));
  const routes = filled.flatMap((one): Route[] =>
    'connection' in one ? [{ connection: one.connection, failures: 0, retryAt: 0 }] : [],
  );
  const problems =
    routes.length > 0 ? [] : filled.flatMap((o) => ('problem' in o ? o.problem : []));
  let current: Promise<Session> | undefined;
  let health: Health = 'idle';
  let ended = false;

  const drop = (session: Promise<Session>, why: string): void => {
    if (current !== session) return;
    current = undefined;
    health = 'down';
    if (!ended) log.warn('upstream lost', { upstream: id, reason: why });
    void session.then(({ client }) => client.close()).catch(() => {});
  };

  const connect = async (): Promise<Session> => {
    let last: unknown;
    for (const [index, route] of routes.entries()) {
      if (route.retryAt > now()) continue;
      try {
        // Where that fails, the server may have learnt a newer version.
        const handshake = upstream.handshake === true && route.failures === 0;
        const options = { id, userAgent, timeoutMs, handshake };
        const client = await openClient(route.connection, options);
        route.failures = 0;
        log.info('upstream connected', { upstream: id, connection: index + 1 });
        return createSession(client, timeoutMs);
      } catch (error) {
        last = error;
        route.failures += 1;
        const wait = Math.min(FIRST_WAIT_MS * 2 ** (route.failures - 1), LONGEST_WAIT_MS);
        route.retryAt = now() + wait * (0.5 + Math.random() / 2);
        const reason = reasonOf(error);
        log.warn('upstream not reached', { upstream: id, connection: index + 1, reason });
        log.debug('upstream not reached', { upstream: id, error: describeError(error) });
      }
    }
    const next = Math.max(0, Math.min(...routes.map(({ retryAt }) => retryAt)) - now());
    const why = last === undefined ? '' : ` (${reasonOf(last)})`;
    throw new UpstreamError(
      `The MCP server ${id} cannot be reached${why}. Nothing was sent; it is tried again in ${Math.ceil(next / 1_000)} s.`,
      { cause: last },
    );
  };

  const session = (): Promise<Session> => {
    if (current !== undefined) return current;
    const made: Promise<Session> = connect().then((opened) => {
      health = 'up';
      opened.client.onclose = () => drop(made, 'the connection was closed');
      if (ended) void opened.client.close();
      return opened;
    });
    current = made;
    made.catch(() => {
      if (current === made) current = undefined;
      health = 'down';
    });
    return made;
  };

  return {
    upstream,
    problems,
    health: () => health,
    use: async (run, { repeatable, signal }) => {
      for (let attempt = 0; ; attempt += 1) {
        const used = session();
        const opened = await unlessAborted(used, signal);
        try {
          return await run(opened);
        } catch (error) {
          if (!isLost(error) || signal.aborted) throw error;
          drop(used, reasonOf(error));
          const again = repeatable || wasNotSent(error);
          if (!again || attempt >= routes.length) throw error;
        }
      }
    },
    close: async () => {
      ended = true;
      const open = current;
      current = undefined;
      await open?.then(({ client }) => client.close()).catch(() => {});
    },
  };
}

/** The connection is made for others too: who gives up stops waiting, and it goes on. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
