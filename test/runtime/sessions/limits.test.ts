import { request as httpRequest } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { until } from '../changes/support.js';
import { toolOf } from '../handler/support.js';
import { gate } from '../serve/support.js';
import {
  end,
  eventsOf,
  hello,
  messagesOf,
  open,
  post,
  request,
  serve,
  streamOf,
  type Parts,
} from './support.js';

let server: Awaited<ReturnType<typeof serve>>;
afterEach(() => server.close(0));

async function start(parts: Parts = {}): Promise<string> {
  server = await serve(parts);
  return server.url;
}

const call = (id: number, name: string) => request(id, 'tools/call', { name, arguments: {} });
const errorOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { error: { message: string } }).error.message,
];
const NO_ID = [400, 'A request needs the Mcp-Session-Id that the answer to initialize has told'];
const UNKNOWN = [404, 'Session not found'];

test('ids are 32 random bytes, and other ids are not known', async () => {
  const url = await start();
  const ids = new Set<string>();
  for (let times = 0; times < 10; times += 1) {
    const { 'mcp-session-id': id } = await open(url);
    expect(id).toMatch(/^[\w-]{43}$/);
    ids.add(id!);
  }
  expect(ids.size).toBe(10);
  const other = { 'mcp-session-id': 'x'.repeat(43) };
  expect(await errorOf(await post(url, request(1, 'ping'), other))).toEqual(UNKNOWN);
  expect(await errorOf(await hello(url, other))).toEqual(UNKNOWN);
  expect(await errorOf(await streamOf(url, other))).toEqual(UNKNOWN);
  expect(await errorOf(await end(url, other))).toEqual(UNKNOWN);
  expect(await errorOf(await post(url, request(1, 'ping')))).toEqual(NO_ID);
  expect(await errorOf(await streamOf(url, {}))).toEqual(NO_ID);
  expect(await errorOf(await end(url, {}))).toEqual(NO_ID);
});

test('there are only so many, until one ends', async () => {
  const url = await start({ facts: { max: 2 } });
  const [first] = [await open(url), await open(url)];
  const refused = await hello(url);
  expect(refused.headers.get('retry-after')).toBe('30');
  expect(await errorOf(refused)).toEqual([503, 'Too many sessions are open: try again later']);
  expect((await end(url, first)).status).toBe(200);
  expect(await errorOf(await post(url, request(1, 'ping'), first))).toEqual(UNKNOWN);
  for (let times = 0; times < 50; times += 1) await end(url, await open(url));
  await open(url);
  expect((await hello(url)).status).toBe(503);
});

test('what is no beginning takes no place', async () => {
  const url = await start({ facts: { max: 1 } });
  expect((await hello(url, { accept: 'application/json' })).status).toBe(406);
  expect((await hello(url, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await post(url, request(1, 'initialize'))).status).toBe(400);
  expect((await post(url, 'x'.repeat(200_000))).status).toBe(413);
  await open(url);
});

test('one that nobody uses ends, and one whose stream is open does not', async () => {
  const url = await start({ facts: { idleSeconds: 0.2 } });
  const [used, idle] = [await open(url), await open(url)];
  const stream = await streamOf(url, used);
  await until(async () => (await statusLater(url, idle)) === 404);
  expect((await post(url, request(2, 'ping'), used)).status).toBe(200);
  await stream.body!.cancel();
  await until(async () => (await statusLater(url, used)) === 404);
});

/** After a pause that is longer than nobody may use it. */
async function statusLater(url: string, session: Record<string, string>) {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return (await post(url, request(1, 'ping'), session)).status;
}

test('Host, Origin and the size of a body are looked at in a session as before', async () => {
  const url = await start();
  const session = await open(url);
  const evil = { ...session, origin: 'https://evil.example' };
  expect((await post(url, request(1, 'ping'), evil)).status).toBe(403);
  expect((await streamOf(url, evil)).status).toBe(403);
  expect((await end(url, evil)).status).toBe(403);
  const status = await new Promise((resolve, reject) => {
    const headers = { ...session, host: 'evil.example' };
    httpRequest(url, { method: 'DELETE', headers }, ({ statusCode }) => resolve(statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
  const large = request(1, 'ping', { text: 'x'.repeat(100_000) });
  expect((await post(url, large, session)).status).toBe(413);
  expect((await post(url, request(1, 'ping'), session)).status).toBe(200);
});

test('a session has one stream, and another when nobody reads the first any more', async () => {
  const url = await start();
  const session = await open(url);
  const abort = new AbortController();
  const first = await streamOf(url, session, { signal: abort.signal });
  expect(first.status).toBe(200);
  expect((await streamOf(url, session)).status).toBe(409);
  abort.abort();
  await until(async () => (await streamOf(url, session)).status === 200);
});

test('only so many requests of a session are under way, and each id once', async () => {
  const finish = gate();
  const waits = toolOf('waits', async () => {
    await finish.opened;
    return 'done';
  });
  const url = await start({ tools: [waits] });
  const session = await open(url);
  const answers = Array.from({ length: 64 }, (_, id) => post(url, call(id, 'waits'), session));
  await Promise.all(answers);
  expect(await messagesOf(await post(url, call(64, 'waits'), session))).toMatchObject([
    { id: 64, error: { message: 'Too many requests of this session are under way' } },
  ]);
  expect(await messagesOf(await post(url, call(7, 'waits'), session))).toMatchObject([
    { id: 7, error: { message: 'A request of this id is under way' } },
  ]);
  finish.open();
  expect(await messagesOf(await answers[63]!)).toMatchObject([
    { id: 63, result: { content: [{ text: 'done' }] } },
  ]);
  await until(async () => {
    const [answer] = await messagesOf(await post(url, call(65, 'waits'), session));
    return JSON.stringify(answer).includes('done');
  });
});

test('a call that is cancelled is told to stop, and its stream ends', async () => {
  const begun = gate();
  let stopped = 0;
  const waits = toolOf('waits', (_, { signal }) => {
    begun.open();
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        stopped += 1;
        reject(new Error('aborted'));
      });
    });
  });
  const url = await start({ tools: [waits] });
  const session = await open(url);
  const answer = await post(url, call(5, 'waits'), session);
  await begun.opened;
  const params = { requestId: 5, reason: 'enough' };
  await post(url, { jsonrpc: '2.0', method: 'notifications/cancelled', params }, session);
  expect(await messagesOf(answer)).toEqual([
    { jsonrpc: '2.0', id: 5, error: { code: -32_000, message: 'The request was cancelled' } },
  ]);
  expect(stopped).toBe(1);
});

test('a session that ends takes its calls along', async () => {
  const [begun, stopped] = [gate(), gate<string>()];
  const waits = toolOf('waits', (_, { signal }) => {
    begun.open();
    signal.addEventListener('abort', () => stopped.open('stopped'));
    return new Promise(() => {});
  });
  const url = await start({ tools: [waits] });
  const session = await open(url);
  const answer = await post(url, call(5, 'waits'), session);
  await begun.opened;
  await end(url, session);
  expect(await stopped.opened).toBe('stopped');
  expect(await messagesOf(answer)).toEqual([]);
});

test('a client whose stream breaks reads on where it was', async () => {
  const finish = gate();
  const waits = toolOf('waits', async () => {
    await finish.opened;
    return 'done';
  });
  const url = await start({ tools: [waits] });
  const session = await open(url);
  const broken = new AbortController();
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, ...session, 'mcp-protocol-version': '2025-11-25' },
    body: JSON.stringify(call(5, 'waits')),
    signal: broken.signal,
  });
  const first = await eventsOf(answer)();
  expect(first?.data).toBe('');
  broken.abort();
  const after = { 'last-event-id': first!.id };
  const again = () => streamOf(url, session, { headers: after });
  await until(async () => {
    const resumed = await again();
    if (resumed.status !== 200) return false;
    finish.open();
    expect(await messagesOf(resumed)).toMatchObject([
      { id: 5, result: { content: [{ text: 'done' }] } },
    ]);
    return true;
  });
  expect((await streamOf(url, session, { headers: { 'last-event-id': '99' } })).status).toBe(400);
});

test('when the server stops, streams end and nothing is waited for but calls', async () => {
  const [begun, finish] = [gate(), gate()];
  const waits = toolOf('waits', async () => {
    begun.open();
    await finish.opened;
    return 'done';
  });
  const url = await start({ tools: [waits] });
  const session = await open(url);
  const next = eventsOf(await streamOf(url, session));
  const answer = await post(url, call(5, 'waits'), session);
  await begun.opened;
  const closed = server.close(60_000);
  finish.open();
  expect(await messagesOf(answer)).toMatchObject([{ id: 5, result: {} }]);
  expect(await next()).toBeUndefined();
  await closed;
});
