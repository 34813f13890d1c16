import { expect, test } from 'vitest';
import { readAllowLists } from '../../../templates/src/runtime/serve/allow-lists.js';
import { bearerAuth } from '../../../templates/src/runtime/auth/bearer-auth.js';
import { createHttpApp } from '../../../templates/src/runtime/serve/http-app.js';
import { makeFactory } from '../serve/support.js';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

function makeApp(resource = 'https://mcp.example.com/shop/mcp') {
  const access = bearerAuth({
    issuer: { value: 'https://id.example.com/realms/a' },
    audience: { value: 'api://shop' },
    resource: { value: resource },
    scopes: ['mcp'],
  })({
    env: {},
    title: 'Shop',
    tools: [
      { name: 'a', description: '', inputSchema: {}, scopes: ['pets:read', 'mcp'] },
      { name: 'b', description: '', inputSchema: {}, scopes: ['pets:write'], unlisted: true },
    ],
  });
  const allow = readAllowLists({}, '127.0.0.1');
  return createHttpApp({ factory: makeFactory(), allow, maxBodyBytes: 1_000, access });
}

const get = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  new Request(`http://localhost${path}`, {
    ...init,
    headers: { host: 'localhost', ...init.headers },
  });

test.each([WELL_KNOWN, `${WELL_KNOWN}/mcp`, `${WELL_KNOWN}/shop/mcp`])(
  'RFC 9728: %s says where tokens come from, to everybody',
  async (path) => {
    const response = await makeApp().fetch(get(path));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      resource: 'https://mcp.example.com/shop/mcp',
      authorization_servers: ['https://id.example.com/realms/a'],
      scopes_supported: ['mcp', 'pets:read', 'pets:write'],
      bearer_methods_supported: ['header'],
      resource_name: 'Shop',
    });
  },
);

test('the challenge names the document below the path of the resource', async () => {
  const response = await makeApp().fetch(get('/mcp', { method: 'POST' }));
  expect(response.headers.get('www-authenticate')).toBe(
    'Bearer scope="mcp", resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/shop/mcp"',
  );
  const root = await makeApp('https://mcp.example.com').fetch(get('/mcp', { method: 'POST' }));
  expect(root.headers.get('www-authenticate')).toBe(
    'Bearer scope="mcp", resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource"',
  );
});

test('Host and Origin come first, then the document, then the token', async () => {
  const app = makeApp();
  const status = async (request: Request) => (await app.fetch(request)).status;
  expect(await status(get(WELL_KNOWN, { headers: { host: 'evil.example' } }))).toBe(403);
  expect(await status(get(WELL_KNOWN, { headers: { origin: 'https://evil.example' } }))).toBe(403);
  expect(await status(get('/mcp', { headers: { host: 'evil.example' } }))).toBe(403);
  expect(await status(get(WELL_KNOWN, { method: 'POST' }))).toBe(405);
  expect(await status(get(`${WELL_KNOWN}/other`))).toBe(404);
  expect(await status(get('/health'))).toBe(200);
  for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS', 'PUT']) {
    expect(await status(get('/mcp', { method }))).toBe(401);
  }
});

test('S15 of who has no token the body is not read', async () => {
  let pulled = 0;
  const body = new ReadableStream(
    {
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1_000));
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
  expect((await makeApp().fetch(get('/mcp', init as never))).status).toBe(401);
  expect(pulled).toBe(0);
});
