import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createCatalogue } from '../../templates/src/runtime/catalogue.js';
import { createServerFactory } from '../../templates/src/runtime/serve/create-server.js';
import { configureLog } from '../../templates/src/runtime/log.js';
import { mcpBackend } from '../../templates/src/runtime/mcp/mcp-backend.js';
import { listenHttp, type HttpListener } from '../../templates/src/runtime/serve/serve-http.js';
import type { McpSource } from '../../src/blueprint/upstream.js';
import { snapshotUpstream } from '../../src/sources/upstream/snapshot-upstream.js';
import { inFrontOf, type Calling } from './fake-upstream.js';
import { readFederation } from './support.js';

const TOOLS = [{ name: 'echo', description: 'Does echo.', inputSchema: { type: 'object' } }];

let upstream: HttpListener;
let front: Calling | undefined;
beforeEach(async () => {
  configureLog({}, () => {});
  upstream = await listen(0);
});
afterEach(async () => {
  await front?.link.close();
  await upstream.close(100);
});

function listen(port: number): Promise<HttpListener> {
  const factory = createServerFactory(
    { name: 'up', title: 'Up', version: '1.0.0', transports: ['http'] },
    createCatalogue(TOOLS),
    async () => ({ content: [{ type: 'text', text: 'over http' }] }),
  );
  return listenHttp({ factory, env: {}, host: '127.0.0.1', port, maxBodyBytes: 1_000_000 });
}

async function inFront(rest: object = {}) {
  const listed = await snapshotUpstream({ url: upstream.url });
  front = await inFrontOf(
    { connect: [{ url: upstream.url }], ...rest },
    { TOKEN: 'geheim' },
    {
      listed,
    },
  );
  return front;
}

it('a server of the newest version is called, and again after it was started anew', async () => {
  const { call, link } = await inFront();
  expect((await call('echo')).result.content).toEqual([{ type: 'text', text: 'over http' }]);
  const port = Number(new URL(upstream.url).port);
  await upstream.close(100);
  // Of a connection that was open it is not known what became of the call; a new one cannot be made.
  expect((await call('echo')).result.isError).toBe(true);
  const said = (await call('echo')).result.content[0];
  expect(said).toMatchObject({ text: expect.stringContaining('Nothing was sent') as string });
  expect(link.health()).toBe('down');
  upstream = await listen(port);
  await expect
    .poll(async () => (await call('echo')).result.isError, { timeout: 10_000 })
    .toBeUndefined();
  expect(link.health()).toBe('up');
});

it('gets the headers of mcp.yaml and nothing of what a caller sent; redirects lead nowhere else', async () => {
  const seen: IncomingHttpHeaders[] = [];
  const elsewhere = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  const target = () => (elsewhere.address() as AddressInfo).port;
  let reached = 0;
  elsewhere.on('request', () => (reached += 1));
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(307, { location: `http://localhost:${target()}/mcp` }).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const headers = { Authorization: 'Bearer ${TOKEN}' };
  const { call } = await inFront({ connect: [{ url: `http://127.0.0.1:${port}/mcp`, headers }] });
  expect((await call('echo')).result.isError).toBe(true);
  expect(seen[0]?.authorization).toBe('Bearer geheim');
  expect(reached).toBe(0);
  server.close();
  elsewhere.close();
});

it('what proves this server is in no text', async () => {
  const listed = await snapshotUpstream({ url: upstream.url });
  const headers = { Authorization: 'Bearer ${TOKEN}' };
  const connect = [{ url: upstream.url, headers }];
  const { blueprint } = await readFederation({ up: { connect, listed } });
  const source = blueprint.sources[0] as McpSource;
  const backend = mcpBackend({ up: source.upstream })({
    env: { TOKEN: 'geheim' },
    userAgent: 'test/1',
  } as Parameters<ReturnType<typeof mcpBackend>>[0]);
  expect(backend.redact?.('said geheim')).toBe('said ***');
  await backend.close();
});
