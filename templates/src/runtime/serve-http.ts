import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import type { McpServerFactory } from '@modelcontextprotocol/server';
import { readAllowLists } from './allow-lists.js';
import { createHttpApp } from './http-app.js';
import { describeError, log } from './log.js';
import type { Environment } from './settings.js';
import { warmUp } from './warm-up.js';

export type HttpListener = {
  /** Where clients connect to, e.g. `http://127.0.0.1:3000/mcp`. */
  url: string;
  /** Answers what was asked and closes; what is not done after `graceMs` is cut off. */
  close: (graceMs: number) => Promise<void>;
};

export type HttpListenerOptions = {
  factory: McpServerFactory;
  /** ALLOWED_HOSTS and ALLOWED_ORIGINS. */
  env: Environment;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Of a request. */
  maxBodyBytes: number;
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
}: HttpListenerOptions): Promise<HttpListener> {
  const app = createHttpApp({ factory, allow: readAllowLists(env, host), maxBodyBytes });
  await warmUp(app);
  const answer = toNodeHandler(app, {
    maxRequestBodySize: maxBodyBytes,
    onerror: (error) => log.debug('request failed', { error: describeError(error) }),
  });
  const exchanges = trackExchanges();
  const server = createServer((request, response) => {
    exchanges.add(request, response);
    answer(request, response).catch((error: unknown) => {
      log.error('response failed', { error: describeError(error) });
      response.destroy();
    });
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, host, port);

  const close = async (graceMs: number) => {
    app.drain();
    exchanges.drain(server);
    const closed = new Promise((resolve) => server.close(resolve));
    await Promise.race([exchanges.done(), delay(graceMs)]);
    await app.close();
    await Promise.race([closed, delay(CUT_OFF_MS)]);
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

/** Knows which requests are being answered. Subscriptions last until someone closes them and are not waited for. */
function trackExchanges() {
  const open = new Set<ServerResponse>();
  const watchers: (() => void)[] = [];
  let draining: Server | undefined;

  const closeAfter = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('connection', 'close');
  };
  return {
    add: (request: IncomingMessage, response: ServerResponse) => {
      if (draining) closeAfter(response);
      const waitedFor = request.headers['mcp-method'] !== 'subscriptions/listen';
      if (waitedFor) open.add(response);
      response.once('close', () => {
        open.delete(response);
        // Connections whose answer had begun before the end was known did not hear `Connection: close`.
        if (draining) setImmediate(() => draining?.closeIdleConnections());
        if (open.size === 0) for (const watcher of watchers.splice(0)) watcher();
      });
    },
    drain: (server: Server) => {
      draining = server;
      for (const response of open) closeAfter(response);
    },
    done: () =>
      new Promise<void>((resolve) => {
        if (open.size === 0) resolve();
        else watchers.push(resolve);
      }),
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
