import { describe, expect, test } from 'vitest';
import {
  isEveryAddress,
  readAllowLists,
} from '../../../templates/src/runtime/serve/allow-lists.js';
import { createHttpApp } from '../../../templates/src/runtime/serve/http-app.js';
import { LISTED, makeFactory } from './support.js';

function makeApp(env: Record<string, string> = {}, listenHost = '127.0.0.1') {
  const allow = readAllowLists(env, listenHost);
  return createHttpApp({ factory: makeFactory(), allow, maxBodyBytes: 1_000 });
}

function modern(method: string, params: object = {}, headers: Record<string, string> = {}) {
  return new Request('http://localhost/mcp', {
    method: 'POST',
    headers: {
      host: 'localhost:3000',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...headers,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method,
      params: {
        ...params,
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientInfo': { name: 'test', version: '0' },
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    }),
  });
}

describe('S4 only listed hosts and origins', () => {
  const hosts: { host: string; env?: Record<string, string>; listen?: string; status: number }[] = [
    { host: 'localhost', status: 200 },
    { host: 'LOCALHOST:8080', status: 200 },
    { host: '127.0.0.1:3000', status: 200 },
    { host: '[::1]:3000', status: 200 },
    { host: 'evil.example', status: 403 },
    { host: 'localhost.evil.example', status: 403 },
    { host: 'evil.example/localhost', status: 403 },
    { host: 'evil.example@localhost', status: 403 },
    { host: 'mcp.example.com', env: { ALLOWED_HOSTS: 'a.example, mcp.example.com' }, status: 200 },
    { host: 'mcp.example.com:8443', env: { ALLOWED_HOSTS: 'mcp.example.com:443' }, status: 200 },
    { host: 'x.mcp.example.com', env: { ALLOWED_HOSTS: 'mcp.example.com' }, status: 403 },
    { host: '192.168.1.5:3000', listen: '192.168.1.5', status: 200 },
    { host: '192.168.1.5:3000', listen: '0.0.0.0', status: 403 },
    { host: '0.0.0.0:3000', listen: '0.0.0.0', status: 403 },
  ];
  test.each(hosts)('Host $host → $status', async ({ host, env, listen, status }) => {
    const response = await makeApp(env, listen).fetch(modern('tools/list', {}, { host }));
    expect(response.status).toBe(status);
  });

  const origins: { origin: string; env?: Record<string, string>; status: number }[] = [
    { origin: 'http://localhost:5173', status: 200 },
    { origin: 'https://evil.example', status: 403 },
    { origin: 'null', status: 403 },
    { origin: 'http://localhost.evil.example', status: 403 },
    {
      origin: 'https://app.example.com',
      env: { ALLOWED_ORIGINS: 'https://app.example.com' },
      status: 200,
    },
    {
      origin: 'http://app.example.com',
      env: { ALLOWED_ORIGINS: 'https://app.example.com' },
      status: 403,
    },
    {
      origin: 'https://app.example.com:444',
      env: { ALLOWED_ORIGINS: 'https://app.example.com' },
      status: 403,
    },
    {
      origin: 'http://app.example.com:1',
      env: { ALLOWED_ORIGINS: 'app.example.com' },
      status: 200,
    },
  ];
  test.each(origins)('Origin $origin → $status', async ({ origin, env, status }) => {
    const response = await makeApp(env).fetch(modern('tools/list', {}, { origin }));
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a refusal is a JSON-RPC error without id', async () => {
    const response = await makeApp().fetch(modern('tools/list', {}, { host: 'evil.example' }));
    expect(await response.json()).toEqual({
      jsonrpc: '2.0',
      error: { code: -32000, message: 'Host is not allowed' },
      id: null,
    });
  });

  test.each([
    [{ ALLOWED_HOSTS: '*' }, 'ALLOWED_HOSTS must list host names, and * is not one'],
    [
      { ALLOWED_HOSTS: 'https://a.example' },
      'ALLOWED_HOSTS must list host names, and https://a.example is not one',
    ],
    [{ ALLOWED_ORIGINS: '*' }, 'ALLOWED_ORIGINS must list origins, and * is not one'],
    [
      { ALLOWED_ORIGINS: 'https://*.a.example' },
      'ALLOWED_ORIGINS must list origins, and https://*.a.example is not one',
    ],
  ])('%o is refused at start', (env, message) => {
    expect(() => readAllowLists(env, '127.0.0.1')).toThrow(message);
  });
});

test.each([
  ['0.0.0.0', true],
  ['::', true],
  ['::1', false],
  ['127.0.0.1', false],
])('%s listens on every address: %s', (host, want) => {
  expect(isEveryAddress(host)).toBe(want);
});

describe('paths', () => {
  const get = (path: string, method = 'GET') =>
    new Request(`http://10.0.0.9${path}`, { method, headers: { host: '10.0.0.9' } });

  test('probes are answered whatever the Host', async () => {
    const app = makeApp();
    const health = await app.fetch(get('/health'));
    const ready = await app.fetch(get('/ready'));
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
    expect((await app.fetch(get('/health', 'POST'))).status).toBe(405);
  });

  test('while draining it is alive but not ready', async () => {
    const app = makeApp();
    app.drain();
    expect((await app.fetch(get('/health'))).status).toBe(200);
    expect((await app.fetch(get('/ready'))).status).toBe(503);
  });

  test('without anything that works it is alive but not ready, and says why', async () => {
    const app = createHttpApp({
      factory: makeFactory(),
      allow: readAllowLists({}, '127.0.0.1'),
      maxBodyBytes: 1_000,
      notReady: 'every tool lacks settings: see the log',
    });
    const ready = await app.fetch(get('/ready'));
    expect((await app.fetch(get('/health'))).status).toBe(200);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'every tool lacks settings: see the log' },
    ]);
  });

  test('everything else is a 404 in JSON, and only for listed hosts', async () => {
    const app = makeApp();
    const local = new Request('http://localhost/x', { headers: { host: 'localhost' } });
    const response = await app.fetch(local);
    expect([response.status, await response.json()]).toEqual([404, { error: 'not found' }]);
    expect((await app.fetch(get('/x'))).status).toBe(403);
  });

  test('gates run in order after Host and Origin, and may refuse', async () => {
    const seen: string[] = [];
    const app = createHttpApp({
      factory: makeFactory(),
      allow: readAllowLists({}, '127.0.0.1'),
      maxBodyBytes: 1_000,
      gates: [
        () => void seen.push('first'),
        () => Response.json({ error: 'slow down' }, { status: 429 }),
        () => void seen.push('never'),
      ],
    });
    expect((await app.fetch(modern('tools/list'))).status).toBe(429);
    expect((await app.fetch(modern('tools/list', {}, { host: 'evil.example' }))).status).toBe(403);
    expect(seen).toEqual(['first']);
  });
});

describe('2026-07-28 over HTTP', () => {
  test('lists say how long and for whom they may be kept', async () => {
    const response = await makeApp().fetch(modern('tools/list'));
    const { result } = (await response.json()) as { result: Record<string, unknown> };
    expect(result).toMatchObject({ ttlMs: 300_000, cacheScope: 'public', resultType: 'complete' });
  });

  test('a header that disagrees with the body is refused', async () => {
    const response = await makeApp().fetch(
      modern('tools/call', { name: 'get_pet', arguments: { id: 1 } }, { 'mcp-name': 'add_pet' }),
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: -32020 } });
  });

  test('a cursor that was never given is refused', async () => {
    const response = await makeApp().fetch(modern('tools/list', { cursor: 'x' }));
    expect(await response.json()).toMatchObject({
      error: { code: -32602, message: 'Unknown cursor: this list has one page' },
    });
  });

  test('a body that was read before is not read again, unless it is no JSON', async () => {
    const request = modern('tools/list');
    const asked = await request.clone().text();
    const headers = request.headers;
    const bare = new Request(request.url, { method: 'POST', headers });
    const response = await makeApp().fetch(bare, asked);
    expect(await response.json()).toMatchObject({ result: { tools: LISTED } });
    const broken = new Request(request.url, { method: 'POST', headers, body: '{' });
    const refused = await makeApp().fetch(broken, '{');
    expect(await refused.json()).toMatchObject({ error: { code: -32700 } });
  });

  test('S15 a body over the limit is refused', async () => {
    const params = { name: 'add_pet', arguments: { name: 'x'.repeat(1_000) } };
    const response = await makeApp().fetch(modern('tools/call', params, { 'mcp-name': 'add_pet' }));
    expect(response.status).toBe(413);
  });
});
