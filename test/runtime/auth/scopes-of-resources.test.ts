import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearerAuth } from '../../../templates/src/runtime/auth/bearer-auth.js';
import { toolsBehind } from '../../../templates/src/runtime/auth/tools-behind.js';
import { createWatching } from '../../../templates/src/runtime/changes/watching.js';
import { createCatalogue } from '../../../templates/src/runtime/catalogue.js';
import type { AskFiles } from '../../../templates/src/runtime/files/call-file-tool.js';
import { fileResources } from '../../../templates/src/runtime/files/file-resources.js';
import type { FileFolders } from '../../../templates/src/runtime/files/folders.js';
import { createScope } from '../../../templates/src/runtime/files/locate.js';
import { performFileAction } from '../../../templates/src/runtime/files/perform.js';
import { watchFiles } from '../../../templates/src/runtime/files/watch-files.js';
import { mcpPrompts } from '../../../templates/src/runtime/mcp/mcp-prompts.js';
import { mcpResources } from '../../../templates/src/runtime/mcp/mcp-resources.js';
import { sqlResources } from '../../../templates/src/runtime/sql/sql-resources.js';
import { assemble, type Assembled } from '../../../templates/src/runtime/start/assemble.js';
import type { ServerTool } from '../../../templates/src/runtime/tool.js';
import { backend } from '../changes/support.js';
import { SERVER } from '../serve/support.js';
import { AUDIENCE, listenTo, makeKey, OVER_HTTP, startIssuer, token, type Key } from './support.js';

let root: string;
let key: Key;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let server: Assembled;
let http: Awaited<ReturnType<typeof listenTo>>;

const tool = (name: string, does: object, scopes?: string[], readOnlyHint = true): ServerTool => ({
  ...{ name, description: name, annotations: { readOnlyHint }, ...does },
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  ...(scopes && { scopes }),
});

const FOLDERS: FileFolders = {
  id: 'docs',
  roots: [{ name: 'docs', env: 'DOCS' }],
  access: 'read-only',
  limits: { maxFileBytes: 1e6, maxBinaryBytes: 1e6, maxResults: 100, timeoutMs: 1_000 },
  exclude: [],
};

/** As the backend of folders has them, without a process of its own. */
function files() {
  const scope = createScope({ folders: FOLDERS, places: { docs: root }, maxResultChars: 1_000 });
  const ask: AskFiles = async ({ action, args }) => ({
    ok: true,
    answer: performFileAction(scope, action, args),
  });
  return backend({
    resources: { ...fileResources(['docs'], ask), watch: watchFiles(['docs'], ask) },
  });
}

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'scoped-'));
  await writeFile(join(root, 'one.txt'), 'of the first');
  key = await makeKey('ES256', 'k');
  issuer = await startIssuer([key]);
  server = assemble(
    {
      server: { ...SERVER, transports: ['http'] },
      backends: [files],
      tools: [
        tool('read_docs', { files: { source: 'docs', action: 'read' } }, ['docs:read', 'any']),
        tool('list_docs', { files: { source: 'docs', action: 'list' } }, ['any']),
      ],
      auth: bearerAuth({ issuer: { value: issuer.issuer }, audience: { value: AUDIENCE } }),
    },
    OVER_HTTP,
  );
  http = await listenTo(server);
});

afterAll(async () => {
  await http.close();
  await issuer.close();
  await rm(root, { recursive: true, force: true });
});

async function post(
  scope: string,
  method: string,
  params: Record<string, unknown>,
  url: string = http.url,
) {
  const bearer = await token(key, { iss: issuer.issuer, scope });
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      authorization: `Bearer ${bearer}`,
      'mcp-method': method,
      ...(typeof params['uri'] === 'string' && { 'mcp-name': params['uri'] }),
    },
    body: JSON.stringify({
      ...{ jsonrpc: '2.0', id: 1, method },
      params: { ...params, _meta: META },
    }),
  });
}

const ONE = 'files://docs/one.txt';

test('S6 a file asks for what the tool asks for that reads it, whatever others ask for', async () => {
  const refused = await post('any', 'resources/read', { uri: ONE });
  expect(refused.status).toBe(403);
  expect(refused.headers.get('www-authenticate')).toContain('the token lacks docs:read"');
  expect((await post('any', 'resources/read', { uri: 'files://docs/%6fne.txt' })).status).toBe(403);
  const given = await post('any docs:read', 'resources/read', { uri: ONE });
  expect(await given.text()).toContain('of the first');

  const complete = {
    ref: { type: 'ref/resource', uri: 'files://docs/{+path}' },
    argument: { name: 'path', value: '' },
  };
  expect((await post('docs:read', 'completion/complete', complete)).status).toBe(403);
  const names = await post('any', 'completion/complete', complete);
  expect(await names.text()).toContain('one.txt');
});

test('S6 changes are told to those alone who may read what changes', async () => {
  const listen = async (scope: string) => {
    const notifications = { resourceSubscriptions: [ONE] };
    const response = await post(scope, 'subscriptions/listen', { notifications });
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return new TextDecoder().decode(value);
  };
  expect(await listen('any docs:read')).toContain(
    '"resourceSubscriptions":["files://docs/one.txt"]',
  );
  expect(await listen('any')).not.toContain('one.txt');
});

test('S6 what a source has besides tools asks for its scopes where it has no tool', () => {
  const link = {
    upstream: {
      ...{ id: 'up', uriPrefix: 'up+' },
      resources: [{ own: 'x://a', listed: { uri: 'up+x://a' } }],
      templates: [{ own: 'x://t/{id}', listed: { uriTemplate: 'up+x://t/{id}' } }],
      prompts: [{ own: 'ask', listed: { name: 'up_ask' } }],
    },
  } as never;
  const database = { id: 'db', tables: { pet: { name: 'pet', columns: {} } } };
  const never: AskFiles = () => Promise.reject(new Error('nobody asks'));
  const catalogue = createCatalogue(
    [],
    [
      mcpResources([link], 1_000),
      sqlResources({ db: database as never }),
      fileResources(['docs'], never),
    ],
    [mcpPrompts([link], 1_000)],
  );
  const offers = {
    sources: { up: ['u'], db: ['d'], docs: ['f'] },
    prompts: { up_ask: ['p'] },
  };
  const asked = (method: string, params: object) =>
    toolsBehind(catalogue, { method, params }, offers).flatMap(({ scopes = [] }) => scopes);
  const template = (uri: string, name: string) => ({
    ref: { type: 'ref/resource', uri },
    argument: { name, value: '' },
  });
  const prompt = {
    ref: { type: 'ref/prompt', name: 'up_ask' },
    argument: { name: 'a', value: '' },
  };
  expect(asked('resources/read', { uri: 'up+x://a' })).toEqual(['u']);
  expect(asked('resources/read', { uri: 'up+x://t/7' })).toEqual(['u']);
  expect(asked('completion/complete', template('up+x://t/{id}', 'id'))).toEqual(['u']);
  expect(asked('prompts/get', { name: 'up_ask' })).toEqual(['u', 'p']);
  expect(asked('completion/complete', prompt)).toEqual(['u', 'p']);
  expect(asked('resources/read', { uri: 'db://db/schema' })).toEqual(['d']);
  expect(asked('completion/complete', template('db://db/tables/{table}', 'table'))).toEqual(['d']);
  expect(asked('resources/read', { uri: 'files://docs/a.txt' })).toEqual(['f']);
  expect(asked('completion/complete', template('files://docs/{+path}', 'path'))).toEqual(['f']);
  expect(asked('resources/read', { uri: 'files://other/a.txt' })).toEqual([]);

  const set = tool('set', { mcp: { source: 'up', tool: 'set' } }, ['up:write'], false);
  const writing = createCatalogue([set], [mcpResources([link], 1_000)]);
  const read = { method: 'resources/read', params: { uri: 'up+x://a' } };
  const scopes = (said: typeof offers | undefined) =>
    toolsBehind(writing, read, said).flatMap((one) => one.scopes ?? []);
  expect(scopes(offers)).toEqual(['u']);
  expect(scopes(undefined)).toEqual(['up:write']);
});

test('S6 over HTTP a file of a source without tools asks for the scopes of the source', async () => {
  const assembled = assemble(
    {
      server: { ...SERVER, transports: ['http'] },
      backends: [files],
      tools: [],
      auth: bearerAuth({
        ...{ issuer: { value: issuer.issuer }, audience: { value: AUDIENCE } },
        offers: { sources: { docs: ['docs:read'] } },
      }),
    },
    OVER_HTTP,
  );
  const other = await listenTo(assembled);
  try {
    const refused = await post('any', 'resources/read', { uri: ONE }, other.url);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('the token lacks docs:read"');
    const given = await post('docs:read', 'resources/read', { uri: ONE }, other.url);
    expect(await given.text()).toContain('of the first');
    const notifications = { resourceSubscriptions: [ONE] };
    const response = await post('any', 'subscriptions/listen', { notifications }, other.url);
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    expect(new TextDecoder().decode(value)).not.toContain('one.txt');
    const metadata = await fetch(
      new URL('/.well-known/oauth-protected-resource/mcp', other.url).href,
    );
    expect(await metadata.json()).toMatchObject({ scopes_supported: ['docs:read'] });
  } finally {
    await other.close();
  }
});

test('S6 all streams of one caller have one share of what is watched', async () => {
  const watching = createWatching(
    [{ watch: () => ({ ready: Promise.resolve(), stop: () => {} }) }],
    () => {},
    2,
  );
  const guarded = server.access!.watching(watching, () => createCatalogue([]));
  const begun = async (claims: object, uris: string[]) => {
    const given = await token(key, { iss: issuer.issuer, ...claims });
    const headers = { authorization: `Bearer ${given}` };
    const seen: boolean[] = [];
    await server.access!.admit(new Request('http://localhost/mcp', { headers }), async () => {
      const stream = Symbol('request');
      for (const uri of uris) seen.push(guarded.watch(uri, stream) !== undefined);
      return new Response();
    });
    return seen;
  };
  expect(await begun({ sub: 'ada' }, ['a:1', 'a:2', 'a:3'])).toEqual([true, true, false]);
  expect(await begun({ sub: 'ada', client_id: 'b' }, ['a:3', 'a:1'])).toEqual([false, true]);
  expect(await begun({ sub: 'bob' }, ['a:3', 'a:1'])).toEqual([true, true]);
  expect(await begun({ sub: undefined, client_id: 'ada' }, ['a:3'])).toEqual([true]);
});

const scopesBehind = (
  catalogue: ReturnType<typeof createCatalogue>,
  method: string,
  params: object,
) => toolsBehind(catalogue, { method, params }).flatMap(({ scopes = [] }) => scopes);

test('S6 tables ask for what all tools ask for that tell of them, or that read them', () => {
  const database = { id: 'db', tables: { pet: { name: 'pet', columns: {} } } };
  const resources = [sqlResources({ db: database as never })];
  const read = { uri: 'db://db/tables/pet' };
  const list = tool('list_pets', { sql: { source: 'db', action: 'list' } }, ['a', 'b']);
  const get = tool('get_pet', { sql: { source: 'db', action: 'get' } }, ['b', 'c']);
  const other = tool('other', { sql: { source: 'else', action: 'describe' } }, ['x']);
  const write = tool('add_pet', { sql: { source: 'db', action: 'create' } }, ['w'], false);
  const all = createCatalogue([list, get, other, write], resources);
  expect(scopesBehind(all, 'resources/read', read)).toEqual(['b']);
  expect(scopesBehind(all, 'resources/read', { uri: 'db://db/schema' })).toEqual(['b']);
  const describe = tool('describe', { sql: { source: 'db', action: 'describe' } }, ['d']);
  const typed = createCatalogue([list, get, describe], resources);
  expect(scopesBehind(typed, 'resources/read', read)).toEqual(['d']);
  const complete = {
    ref: { type: 'ref/resource', uri: 'db://db/tables/{table}' },
    argument: { name: 'table', value: '' },
  };
  expect(scopesBehind(typed, 'completion/complete', complete)).toEqual(['d']);
});

test('S6 what another server has besides tools asks for what all its tools ask for', () => {
  const link = {
    upstream: {
      ...{ id: 'up', uriPrefix: 'up+' },
      resources: [{ own: 'x://a', listed: { uri: 'up+x://a' } }],
      templates: [{ own: 'x://t/{id}', listed: { uriTemplate: 'up+x://t/{id}' } }],
      prompts: [{ own: 'ask', listed: { name: 'up_ask' } }],
    },
  } as never;
  const writes = tool('set', { mcp: { source: 'up', tool: 'set' } }, ['up:write'], false);
  const reads = tool('get', { mcp: { source: 'up', tool: 'get' } }, ['up:read']);
  const made = (tools: ServerTool[]) =>
    createCatalogue(tools, [mcpResources([link], 1_000)], [mcpPrompts([link], 1_000)]);
  const both = made([writes, reads]);
  expect(scopesBehind(both, 'resources/read', { uri: 'up+x://a' })).toEqual(['up:read']);
  expect(scopesBehind(both, 'resources/read', { uri: 'up+x://t/7' })).toEqual(['up:read']);
  expect(scopesBehind(both, 'prompts/get', { name: 'up_ask' })).toEqual(['up:read']);
  expect(scopesBehind(made([writes]), 'prompts/get', { name: 'up_ask' })).toEqual(['up:write']);
  expect(scopesBehind(both, 'resources/read', { uri: 'x://a' })).toEqual([]);
});
