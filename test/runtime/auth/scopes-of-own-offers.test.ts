import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearerAuth } from '../../../templates/src/runtime/auth/bearer-auth.js';
import { promptsBackend } from '../../../templates/src/runtime/offers/own-prompts.js';
import { resourcesBackend } from '../../../templates/src/runtime/offers/own-resources.js';
import { assemble } from '../../../templates/src/runtime/start/assemble.js';
import { SERVER } from '../serve/support.js';
import { AUDIENCE, listenTo, makeKey, OVER_HTTP, startIssuer, token, type Key } from './support.js';

let key: Key;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let http: Awaited<ReturnType<typeof listenTo>>;

const text = (value: string) => ({ text: { value } });

beforeAll(async () => {
  key = await makeKey('ES256', 'k');
  issuer = await startIssuer([key]);
  const server = assemble(
    {
      server: { ...SERVER, transports: ['http'] },
      backends: [
        resourcesBackend([
          { name: 'guide', uri: 'resource://guide', content: text('Be kind.') },
          { name: 'open', uri: 'resource://open', content: text('For all.') },
          {
            ...{ name: 'room', uri: 'room://{name}', content: text('A room.') },
            complete: { name: { values: ['attic'] } },
          },
        ]),
        promptsBackend([
          {
            ...{ name: 'greet', messages: [{ role: 'user', ...text('Hello.') }] },
            arguments: [{ name: 'who', required: false }],
            complete: { who: { values: ['Ada'] } },
          },
          {
            ...{ name: 'advise', arguments: [] },
            messages: [{ role: 'user', resource: { value: 'resource://guide' } }],
          },
        ]),
      ],
      tools: [],
      auth: bearerAuth({
        ...{ issuer: { value: issuer.issuer }, audience: { value: AUDIENCE } },
        offers: {
          resources: { 'resource://guide': ['staff'], 'room://{name}': ['rooms'] },
          prompts: { greet: ['desk'] },
        },
      }),
    },
    OVER_HTTP,
  );
  http = await listenTo(server);
});

afterAll(async () => {
  await http.close();
  await issuer.close();
});

/** What a caller with these scopes gets, or what the answer says that is lacking. */
async function ask(scope: string, method: string, params: Record<string, unknown>) {
  const bearer = await token(key, { iss: issuer.issuer, scope });
  const name = params['uri'] ?? params['name'];
  const response = await fetch(http.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      authorization: `Bearer ${bearer}`,
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
    },
    body: JSON.stringify({
      ...{ jsonrpc: '2.0', id: 1, method },
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
  if (response.status === 403)
    return /lacks [^"]*/.exec(response.headers.get('www-authenticate') ?? '')?.[0];
  return response.text();
}

const typed = (ref: object, name: string) => ({ ref, argument: { name, value: '' } });

test('S6 a text of mcp.yaml is read with its scopes alone', async () => {
  const read = (scope: string, uri: string) => ask(scope, 'resources/read', { uri });
  expect(await read('other', 'resource://guide')).toBe('lacks staff');
  expect(await read('staff', 'resource://guide')).toContain('Be kind.');
  expect(await read('other', 'resource://open')).toContain('For all.');
  expect(await read('staff', 'room://attic')).toBe('lacks rooms');
  expect(await read('rooms', 'room://attic')).toContain('A room.');
  const rooms = typed({ type: 'ref/resource', uri: 'room://{name}' }, 'name');
  expect(await ask('staff', 'completion/complete', rooms)).toBe('lacks rooms');
  expect(await ask('rooms', 'completion/complete', rooms)).toContain('attic');
});

test('S6 a prompt of mcp.yaml asks for its scopes, and for those of the resource that it puts in', async () => {
  const get = (scope: string, name: string) => ask(scope, 'prompts/get', { name });
  expect(await get('staff', 'greet')).toBe('lacks desk');
  expect(await get('desk', 'greet')).toContain('Hello.');
  expect(await get('desk', 'advise')).toBe('lacks staff');
  expect(await get('staff', 'advise')).toContain('Be kind.');
  const who = typed({ type: 'ref/prompt', name: 'greet' }, 'who');
  expect(await ask('staff', 'completion/complete', who)).toBe('lacks desk');
  expect(await ask('desk', 'completion/complete', who)).toContain('Ada');
});

test('where to get a token for them is said', async () => {
  const metadata = await fetch(new URL('/.well-known/oauth-protected-resource/mcp', http.url).href);
  expect(await metadata.json()).toMatchObject({ scopes_supported: ['staff', 'rooms', 'desk'] });
});
