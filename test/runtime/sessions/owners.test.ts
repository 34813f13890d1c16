import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { bearerAuth } from '../../../templates/src/runtime/auth/bearer-auth.js';
import { AUDIENCE, makeKey, startIssuer, token, type Key } from '../auth/support.js';
import { backend } from '../changes/support.js';
import { toolOf } from '../handler/support.js';
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
} from './support.js';

let key: Key;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let server: Awaited<ReturnType<typeof serve>>;
let url: string;
let reads = 0;

beforeAll(async () => {
  key = await makeKey('ES256', 'k');
  issuer = await startIssuer([key]);
});
afterAll(() => issuer.close());
beforeEach(async () => {
  reads = 0;
  const auth = bearerAuth({ issuer: { value: issuer.issuer }, audience: { value: AUDIENCE } });
  const locked = { name: 'read', scopes: ['stock'] };
  const resources = {
    resources: [{ uri: 'shop://stock', name: 'stock' }],
    templates: [],
    read: (uri: string) => {
      reads += 1;
      return [{ uri, text: 'full' }];
    },
    needs: () => ({ tools: ['read'] }),
    watch: () => ({ ready: Promise.resolve(), stop: () => {} }),
  };
  const tools = [
    toolOf('free', () => 'done'),
    toolOf('read', () => 'secret', locked),
    toolOf('asks', async (_, { ask }) => {
      const [root] = await ask.roots('where');
      return root?.uri ?? '';
    }),
  ];
  server = await serve({
    auth,
    tools,
    backends: [backend({ resources })],
    facts: { perCaller: 2 },
  });
  url = server.url;
});
afterEach(() => server.close(0));

const by = async (claims: object = {}) => ({
  authorization: `Bearer ${await token(key, { iss: issuer.issuer, client_id: 'app', ...claims })}`,
});
const call = (name: string) => request(1, 'tools/call', { name, arguments: {} });
const STRONG = { scope: 'stock' };

test('a session is there for nobody but who opened it', async () => {
  const session = await open(url, await by());
  for (const other of [{ sub: 'eve' }, { client_id: 'other' }, { sub: undefined }]) {
    const foreign = { ...session, ...(await by(other)) };
    const refused = await post(url, call('free'), foreign);
    expect([refused.status, await refused.json()]).toEqual([
      404,
      { jsonrpc: '2.0', error: { code: -32_001, message: 'Session not found' }, id: null },
    ]);
    expect((await streamOf(url, foreign)).status).toBe(404);
    expect((await end(url, foreign)).status).toBe(404);
  }
  const nobody = { 'mcp-session-id': session['mcp-session-id'] };
  expect((await post(url, call('free'), nobody)).status).toBe(401);
  expect((await streamOf(url, nobody)).status).toBe(401);
  expect((await end(url, nobody)).status).toBe(401);
  // With another token of the same.
  const own = { ...session, ...(await by({ jti: '2' })) };
  expect(await messagesOf(await post(url, call('free'), own))).toMatchObject([
    { result: { content: [{ text: 'done' }] } },
  ]);
});

test('each has so many, and takes none from others', async () => {
  const session = await open(url, await by());
  await open(url, await by({ client_id: 'other' }));
  const refused = await hello(url, await by());
  expect([refused.status, await refused.json()]).toMatchObject([
    429,
    { error: { message: 'Too many sessions of yours are open: end one, or try later' } },
  ]);
  await open(url, await by({ sub: 'eve' }));
  await end(url, session);
  await open(url, await by());
});

test('a token that says of nobody whose it is opens none', async () => {
  const refused = await hello(url, await by({ sub: undefined, client_id: undefined }));
  expect(refused.status).toBe(403);
});

test('what a call may is what its own token says, not the one that opened the session', async () => {
  const strong = await open(url, await by(STRONG));
  const weaker = await post(url, call('read'), { ...strong, ...(await by()) });
  expect(weaker.status).toBe(403);
  expect(weaker.headers.get('www-authenticate')).toContain('scope="stock"');
  const weak = await open(url, await by());
  expect((await post(url, call('read'), weak)).status).toBe(403);
  const stronger = await post(url, call('read'), { ...weak, ...(await by(STRONG)) });
  expect(await messagesOf(stronger)).toMatchObject([{ result: { content: [{ text: 'secret' }] } }]);
});

test('what a strong token was told is not told again to a weak one', async () => {
  const strong = await open(url, await by(STRONG));
  const next = eventsOf(await post(url, call('read'), strong));
  const headers = { 'last-event-id': (await next())!.id };
  const answer = await next();
  const weak = { ...strong, ...(await by()) };
  const refused = await streamOf(url, weak, { headers });
  expect(refused.status).toBe(403);
  expect(await refused.text()).not.toContain('secret');
  const again = eventsOf(await streamOf(url, strong, { headers }));
  expect(await again()).toEqual(answer);
});

test('who may not read a resource does not hear of it', async () => {
  const subscribe = request(1, 'resources/subscribe', { uri: 'shop://stock' });
  const weak = await open(url, await by());
  const refused = await post(url, subscribe, weak);
  expect(refused.status).toBe(403);
  expect(refused.headers.get('www-authenticate')).toContain('scope="stock"');
  expect(reads).toBe(0);
  const strong = { ...weak, ...(await by(STRONG)) };
  expect(await messagesOf(await post(url, subscribe, strong))).toMatchObject([{ result: {} }]);
});

test('what a call asks is answered by its caller alone', async () => {
  const session = await open(url, await by(), { roots: {} });
  const next = eventsOf(await post(url, call('asks'), session));
  await next();
  const asked = JSON.parse((await next())!.data) as { id: number; method: string };
  expect(asked.method).toBe('roots/list');
  const answer = (uri: string) => ({
    ...{ jsonrpc: '2.0', id: asked.id },
    result: { roots: [{ uri }] },
  });
  const eve = { ...session, ...(await by({ sub: 'eve' })) };
  expect((await post(url, answer('file:///eve'), eve)).status).toBe(404);
  expect((await post(url, answer('file:///ada'), session)).status).toBe(202);
  expect(JSON.parse((await next())!.data)).toMatchObject({
    result: { content: [{ text: 'file:///ada' }] },
  });
});

test('the stream ends with the token that opened it', async () => {
  const session = await open(url, await by());
  // Clocks may differ by half a minute.
  const old = { ...session, ...(await by({ exp: -28 })) };
  const stream = await streamOf(url, old);
  expect(stream.status).toBe(200);
  expect(await stream.text()).toBe(': open\n\n');
  expect((await post(url, call('free'), session)).status).toBe(200);
});
