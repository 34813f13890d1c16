import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Access } from '../auth/access.js';
import { answerOverNode } from './answer-over-node.js';
import { isEveryAddress, readAllowLists } from './allow-lists.js';
import type { ServingFactory } from '../changes/announcing.js';
import type { Live } from '../changes/live.js';
import { createHttpApp } from './http-app.js';
import { describeError, log } from '../log.js';
import type { SessionsFactory } from '../sessions/sessions.js';
import { readList, type Environment } from '../settings/settings.js';
import { warmUp } from './warm-up.js';

export type HttpListener = {
  /** Where clients connect to, e.g. `http://127.0.0.1:3000/mcp`. */
  url: string;
  /** Answers what was asked and closes; what is not done after `graceMs` is cut off. */
  close: (graceMs: number) => Promise<void>;
};

export type HttpListenerOptions = {
  factory: ServingFactory;
  /** ALLOWED_HOSTS and ALLOWED_ORIGINS. */
  env: Environment;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Of a request. */
  maxBodyBytes: number;
  /** Why `/ready` says no, e.g. because settings are missing. */
  notReady?: string;
  /** A word on each server behind this one, for `/ready`. */
  health?: () => Record<string, string>;
  /** Who may call; everybody unless given. */
  access?: Access | undefined;
  /** What changes while the server runs. */
  live?: Pick<Live, 'bus' | 'watching'>;
  /** Of clients of versions before 2026-07-28. */
  sessions?: SessionsFactory | undefined;
};

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** Above the 60 s of common load balancers: the side that reuses connections should be the one that closes them. */
const KEEP_ALIVE_MS = 65_000;
const CUT_OFF_MS = 1_000;

/** Listens; rejects when the address cannot be used, and with SettingError. */
export async function listenHttp({
  factory,
  env,
  host,
  port,
  maxBodyBytes,
  notReady,
  health,
  access,
  live,
  sessions,
}: HttpListenerOptions): Promise<HttpListener> {
  const allow = readAllowLists(env, host);
  if (isEveryAddress(host) && readList(env, 'ALLOWED_HOSTS').length === 0) {
    log.warn('only callers on this machine are answered; set ALLOWED_HOSTS to the name others use');
  }
  const app = createHttpApp({
    ...{ factory, allow, maxBodyBytes, access, sessions },
    ...(notReady && { notReady }),
    ...(health && { health }),
    ...(live && { live }),
  });
  await warmUp(app);
  const answers = openResponses();
  const subscriptions = openResponses();
  let draining = false;
  const server = createServer((request, response) => {
    // The adapter makes a URL of it before the allow-list is asked.
    if (!URL.canParse(`http://${request.headers.host ?? ''}/`)) {
      response.writeHead(400, { connection: 'close' }).end();
      return;
    }
    // They last until someone ends them, so nothing waits for them.
    const subscribes =
      request.headers['mcp-method'] === 'subscriptions/listen' ||
      (sessions !== undefined && request.method === 'GET');
    (subscribes ? subscriptions : answers).add(response);
    if (draining) response.setHeader('connection', 'close');
    // Who has no token is told so by what stands in the headers: for them nothing is read and kept.
    const isNobody = access !== undefined && request.headers.authorization === undefined;
    const options = { app, maxBodyBytes, readsBody: !isNobody };
    answerOverNode(request, response, options).catch((error: unknown) => {
      log.error('response failed', { error: describeError(error) });
      response.destroy();
    });
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, host, port);

  const close = async (graceMs: number) => {
    draining = true;
    app.drain();
    answers.announceEnd();
    const closed = new Promise((resolve) => server.close(resolve));
    await Promise.race([answers.none(), delay(graceMs)]);
    await app.close();
    await Promise.race([Promise.all([answers.none(), subscriptions.none()]), delay(CUT_OFF_MS)]);
    // What is left are connections that wait for a request, and those that were cut off.
    server.closeAllConnections();
    await closed;
  };
  const { family, port: chosen } = server.address() as AddressInfo;
  const name = family === 'IPv6' && host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${chosen}/mcp`, close };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function openResponses() {
  const open = new Set<ServerResponse>();
  const watchers: (() => void)[] = [];

  return {
    add: (response: ServerResponse) => {
      open.add(response);
      response.once('close', () => {
        open.delete(response);
        if (open.size === 0) for (const watcher of watchers.splice(0)) watcher();
      });
    },
    /** Clients that keep connections open learn from the answer that this one ends. */
    announceEnd: () => {
      for (const response of open) {
        if (!response.headersSent) response.setHeader('connection', 'close');
      }
    },
    none: () =>
      new Promise<void>((resolve) => {
        if (open.size === 0) resolve();
        else watchers.push(resolve);
      }),
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
