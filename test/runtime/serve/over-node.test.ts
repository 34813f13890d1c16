import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { answerOverNode } from '../../../templates/src/runtime/serve/answer-over-node.js';
import type { HttpApp } from '../../../templates/src/runtime/serve/http-app.js';
import { gate } from './support.js';

type Fetch = HttpApp['fetch'];
type Sent = { method?: string; headers?: Record<string, string>; body?: string | string[] };

let stop = (): unknown => undefined;
afterEach(() => stop());

/** Answers on loopback by `fetch` with bodies of at most 1,000 bytes. */
async function serve(fetch: Fetch, readsBody = true, stuckMs = 60_000) {
  const closed = gate();
  const server = createServer((incoming, outgoing) => {
    const options = { app: { fetch }, maxBodyBytes: 1_000, readsBody, stuckMs };
    outgoing.once('close', () => closed.open());
    void answerOverNode(incoming, outgoing, options);
  });
  stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const send = (path: string, { method = 'POST', headers = {}, body = [] }: Sent = {}) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = httpRequest({ port, host: '127.0.0.1', path, method, headers }, resolve);
      outgoing.on('error', reject);
      for (const part of [body].flat()) outgoing.write(part);
      outgoing.end();
    });
  return Object.assign(send, { port, closed: closed.opened });
}

const told: Fetch = async (request, read) =>
  Response.json({
    url: new URL(request.url).pathname,
    method: request.method,
    kind: request.headers.get('x-kind'),
    body: await request.text(),
    read,
  });

test('a request arrives with its headers, and its body both in it and beside it', async () => {
  const send = await serve(told);
  const response = await send('/a?b=c', { headers: { 'x-kind': 'one' }, body: ['{"é"', ':1}'] });
  expect(JSON.parse(await text(response))).toEqual({
    ...{ url: '/a', method: 'POST', kind: 'one' },
    ...{ body: '{"é":1}', read: '{"é":1}' },
  });
});

test.each(['GET', 'DELETE'])('%s without a body has none', async (method) => {
  const send = await serve(told);
  const response = await send('/', { method });
  expect(JSON.parse(await text(response))).toMatchObject({ method, body: '', read: '' });
});

test('an answer goes out whole, with its length, and one without a body without', async () => {
  const send = await serve(async (request) =>
    request.method === 'GET'
      ? new Response(null, { status: 202 })
      : Response.json('é', { status: 201, headers: { 'x-own': '1' } }),
  );
  const response = await send('/', { body: '{}' });
  expect(response.statusCode).toBe(201);
  expect(response.headers).toMatchObject({
    ...{ 'content-type': 'application/json', 'content-length': '4', 'x-own': '1' },
  });
  expect(await text(response)).toBe('"é"');
  const empty = await send('/', { method: 'GET' });
  expect([empty.statusCode, await text(empty)]).toEqual([202, '']);
});

test.each([
  ['says so', { headers: { 'content-length': '1001' }, body: 'x'.repeat(1_001) }],
  ['does not', { body: ['x'.repeat(600), 'x'.repeat(600)] }],
])('a body that is too large is refused, where it %s beforehand', async (_, sent: Sent) => {
  let asked = false;
  const send = await serve(async () => {
    asked = true;
    return new Response();
  });
  // Who is still sending may find the connection closed before the answer.
  const response = await send('/', sent).catch(() => undefined);
  expect([413, undefined]).toContain(response?.statusCode);
  expect(asked).toBe(false);
});

test('where the headers are enough, the body is not read', async () => {
  const send = await serve(told, false);
  const response = await send('/', { body: 'x'.repeat(2_000) });
  expect(JSON.parse(await text(response))).toMatchObject({ body: '', read: '' });
});

test.each([
  'TRACE /mcp HTTP/1.1\r\nHost: localhost',
  'OPTIONS * HTTP/1.1\r\nHost: localhost',
  'GET http://example.com/mcp HTTP/1.1\r\nHost: localhost',
  'GET /mcp HTTP/1.1\r\nHost: user@localhost',
])('what cannot be a request to it is refused: %j', async (head) => {
  let asked = false;
  const { port } = await serve(async () => {
    asked = true;
    return new Response();
  });
  const socket = connect(port, '127.0.0.1');
  socket.write(`${head}\r\nConnection: close\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  expect(asked).toBe(false);
});

test.each([
  ['an answer', () => new Response('x'.repeat(50_000_000))],
  [
    'a stream',
    () =>
      new Response('x'.repeat(50_000_000), { headers: { 'content-type': 'text/event-stream' } }),
  ],
])('%s that nobody reads is not kept', async (_, make) => {
  const { port, closed } = await serve(async () => make(), true, 100);
  const socket = connect(port, '127.0.0.1').pause();
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await closed;
  socket.destroy();
});

test('what goes wrong is an internal error that tells nothing', async () => {
  const send = await serve(() => Promise.reject(new Error('of a secret')));
  const response = await send('/');
  expect(response.statusCode).toBe(500);
  expect(JSON.parse(await text(response))).toEqual({
    jsonrpc: '2.0',
    error: { code: -32_603, message: 'Internal server error' },
    id: null,
  });
});

test('a stream goes out as it comes, and learns when nobody listens any more', async () => {
  const left = gate();
  const send = await serve(async ({ signal }) => {
    signal.addEventListener('abort', () => left.open());
    const start = (controller: ReadableStreamDefaultController<Uint8Array>) =>
      controller.enqueue(new TextEncoder().encode('data: 1\n\n'));
    const headers = { 'content-type': 'text/event-stream' };
    return new Response(new ReadableStream({ start }), { headers });
  });
  const response = await send('/');
  const [chunk] = (await once(response, 'data')) as [Buffer];
  expect(chunk.toString()).toBe('data: 1\n\n');
  response.destroy();
  await left.opened;
});

test('a stream that is larger than what is taken at once arrives whole', async () => {
  const part = new Uint8Array(200_000).fill(97);
  let left = 20;
  const send = await serve(async () => {
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      if ((left -= 1) < 0) controller.close();
      else controller.enqueue(part);
    };
    const headers = { 'content-type': 'text/event-stream' };
    return new Response(new ReadableStream({ pull }), { headers });
  });
  expect((await text(await send('/'))).length).toBe(4_000_000);
});
