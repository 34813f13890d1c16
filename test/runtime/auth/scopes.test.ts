import { once } from 'node:events';
import { connect } from 'node:net';
import type { ServerContext } from '@modelcontextprotocol/server';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Access } from '../../../templates/src/runtime/auth/access.js';
import { bearerAuth } from '../../../templates/src/runtime/auth/bearer-auth.js';
import { createCallSlots } from '../../../templates/src/runtime/calls/call-slots.js';
import { createCatalogue } from '../../../templates/src/runtime/catalogue.js';
import { createServerFactory } from '../../../templates/src/runtime/serve/create-server.js';
import { createRequestStates } from '../../../templates/src/runtime/input/request-states.js';
import { ownPrompts } from '../../../templates/src/runtime/offers/own-prompts.js';
import { ownResources } from '../../../templates/src/runtime/offers/own-resources.js';
import { createOwnServer } from '../../../templates/src/runtime/offers/own-server.js';
import { listenHttp, type HttpListener } from '../../../templates/src/runtime/serve/serve-http.js';
import type { ServerTool } from '../../../templates/src/runtime/tool.js';
import { createToolCalls } from '../../../templates/src/runtime/calls/tool-calls.js';
import { SERVER } from '../serve/support.js';
import { AUDIENCE, makeKey, startIssuer, token, type Key } from './support.js';

const METADATA = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';

let key: Key;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let http: HttpListener;
let ran: string[] = [];

const empty = { type: 'object', properties: {}, additionalProperties: false };

function tool(
  name: string,
  scopes: string[] | undefined,
  more: Partial<ServerTool> = {},
): ServerTool {
  return {
    name,
    description: `Does ${name}.`,
    inputSchema: empty,
    ...(scopes && { scopes }),
    handler: () => {
      ran.push(name);
      return `${name} done`;
    },
    ...more,
  };
}

const TOOLS: ServerTool[] = [
  tool('open', undefined),
  tool('read', ['pets:read']),
  tool('write', ['pets:read', 'pets:write']),
  tool('calls_write', ['pets:read'], {
    handler: async (_, { callTool }) => {
      ran.push('calls_write');
      return `then ${(await callTool('write')).data as string}`;
    },
  }),
  tool('secret', ['admin'], { unlisted: true }),
];

beforeAll(async () => {
  key = await makeKey('ES256', 'k');
  issuer = await startIssuer([key]);
  const access: Access = bearerAuth({
    issuer: { value: issuer.issuer },
    audience: { value: AUDIENCE },
    scopes: ['mcp'],
  })({ env: {}, title: 'Shop', tools: TOOLS });
  const own = createOwnServer(
    () => catalogue,
    (...call) => callTool(...call),
  );
  const value = (text: string) => ({ value: text });
  const catalogue = createCatalogue(
    TOOLS,
    [
      ownResources(
        [
          { name: 'free', uri: 'shop://free', content: { text: value('free') } },
          { name: 'pets', uri: 'shop://pets', content: { tool: 'read', with: {} } },
          {
            name: 'pet',
            uri: 'shop://pet/{id}',
            content: { tool: 'write', with: {} },
            complete: { id: { tool: 'write', with: {}, path: [] } },
          },
        ],
        own,
      ),
    ],
    [
      ownPrompts(
        [
          {
            name: 'sell',
            arguments: [{ name: 'id', required: true }],
            messages: [
              {
                role: 'user',
                resource: { text: [value('shop://pet/'), { ref: ['args', 'id'] }] },
              },
            ],
          },
          {
            name: 'tell',
            arguments: [],
            messages: [{ role: 'user', tool: 'read', with: {} }],
          },
        ],
        own,
      ),
    ],
  );
  const callTool = createToolCalls({
    ...{ catalogue, access },
    backends: [],
    problems: () => [],
    slots: createCallSlots({ concurrency: 2, queue: 8 }),
    timeoutMs: 5_000,
    maxResultChars: 10_000,
  });
  const factory = access.guard(createServerFactory(SERVER, catalogue, callTool), () => catalogue);
  http = await listenHttp({
    ...{ factory, access },
    ...{ env: {}, host: '127.0.0.1', port: 0, maxBodyBytes: 100_000 },
  });
});

afterAll(async () => {
  await http.close(1_000);
  await issuer.close();
});

const bearer = (scope: string) => token(key, { iss: issuer.issuer, scope });

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

type Version = '2026-07-28' | '2025-11-25';

async function post(
  scope: string,
  version: Version,
  method: string,
  params: Record<string, unknown>,
  headers: Record<string, string> = {},
) {
  ran = [];
  const modern = version === '2026-07-28';
  const name = params['name'] ?? params['uri'];
  const response = await fetch(http.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': version,
      authorization: `Bearer ${await bearer(scope)}`,
      ...(modern && { 'mcp-method': method }),
      ...(modern && typeof name === 'string' && { 'mcp-name': name }),
      ...headers,
    },
    body: JSON.stringify({
      ...{ jsonrpc: '2.0', id: 1, method },
      params: { ...params, ...(modern && { _meta: META }) },
    }),
  });
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    body: await response.text(),
  };
}

const refused = (lacks: string, scope: string) => ({
  status: 403,
  challenge: `Bearer error="insufficient_scope", error_description="the token lacks ${lacks}", scope="${scope}", resource_metadata="${METADATA}"`,
  body: JSON.stringify({
    error: 'insufficient_scope',
    error_description: `the token lacks ${lacks}`,
  }),
});

const VERSIONS: Version[] = ['2026-07-28', '2025-11-25'];

describe.each(VERSIONS)('S6 scopes (%s)', (version) => {
  const CALLS: { has: string; name: string; lacks?: string; scope?: string }[] = [
    { has: 'mcp', name: 'open' },
    { has: '', name: 'open', lacks: 'mcp', scope: 'mcp' },
    { has: 'pets:read pets:write', name: 'write', lacks: 'mcp', scope: 'mcp' },
    { has: 'mcp', name: 'read', lacks: 'pets:read', scope: 'mcp pets:read' },
    { has: 'mcp pets:read', name: 'read' },
    { has: 'mcp pets:readx PETS:READ', name: 'read', lacks: 'pets:read', scope: 'mcp pets:read' },
    {
      has: 'mcp pets:read',
      name: 'write',
      lacks: 'pets:write',
      scope: 'mcp pets:read pets:write',
    },
    {
      has: 'mcp',
      name: 'write',
      lacks: 'pets:read pets:write',
      scope: 'mcp pets:read pets:write',
    },
    { has: 'mcp pets:read pets:write', name: 'write' },
  ];
  test.each(CALLS)('$name with "$has"', async ({ has, name, lacks, scope }) => {
    const answer = await post(has, version, 'tools/call', { name, arguments: {} });
    if (lacks !== undefined) {
      expect(answer).toEqual(refused(lacks, scope ?? ''));
      expect(ran).toEqual([]);
      return;
    }
    expect(answer.status).toBe(200);
    expect(answer.body).toContain(`${name} done`);
    expect(ran).toEqual([name]);
  });

  test('arguments are not looked at before', async () => {
    const params = { name: 'read', arguments: { wrong: 1 } };
    expect(await post('mcp', version, 'tools/call', params)).toEqual(
      refused('pets:read', 'mcp pets:read'),
    );
  });

  test('a tool that a handler calls asks for its own', async () => {
    const params = { name: 'calls_write', arguments: {} };
    const answer = await post('mcp pets:read', version, 'tools/call', params);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain(
      "write needs what the caller's token lacks: pets:write. Nothing was called.",
    );
    expect(ran).toEqual(['calls_write']);
    const all = await post('mcp pets:read pets:write', version, 'tools/call', params);
    expect(all.body).toContain('then write done');
    expect(ran).toEqual(['calls_write', 'write']);
  });

  test('a tool that is not listed does not exist, whatever it would need', async () => {
    const answer = await post('mcp', version, 'tools/call', { name: 'secret', arguments: {} });
    expect(answer.status).not.toBe(403);
    expect(answer.body).toContain('Tool secret not found');
  });

  test('what is made of a tool asks for what the tool asks for', async () => {
    const read = (uri: string) => post('mcp', version, 'resources/read', { uri });
    expect((await read('shop://free')).status).toBe(200);
    expect(await read('shop://pets')).toEqual(refused('pets:read', 'mcp pets:read'));
    const write = refused('pets:read pets:write', 'mcp pets:read pets:write');
    expect(await read('shop://pet/7')).toEqual(write);
    const sell = { name: 'sell', arguments: { id: '7' } };
    expect(await post('mcp', version, 'prompts/get', sell)).toEqual(write);
    const tell = { name: 'tell', arguments: {} };
    expect(await post('mcp', version, 'prompts/get', tell)).toEqual(
      refused('pets:read', 'mcp pets:read'),
    );
    const complete = {
      ref: { type: 'ref/resource', uri: 'shop://pet/{id}' },
      argument: { name: 'id', value: '' },
    };
    expect(await post('mcp', version, 'completion/complete', complete)).toEqual(write);
    expect(ran).toEqual([]);

    const granted = await post('mcp pets:read pets:write', version, 'prompts/get', sell);
    expect(granted.status).toBe(200);
    expect(granted.body).toContain('write done');
  });

  test('lists are the same for everybody who may call at all', async () => {
    const few = await post('mcp', version, 'tools/list', {});
    const all = await post('mcp pets:read pets:write admin', version, 'tools/list', {});
    expect(few.status).toBe(200);
    expect(few.body).toBe(all.body);
    expect(few.body).toContain('"name":"write"');
    if (version === '2026-07-28') expect(few.body).toContain('"cacheScope":"private"');
    expect(few.body).not.toContain('"cacheScope":"public"');
  });
});

test('scp, as other servers write it, is read too', async () => {
  for (const scp of [['mcp', 'pets:read'], 'mcp pets:read']) {
    const value = await token(key, { iss: issuer.issuer, scp });
    const transport = new StreamableHTTPClientTransport(new URL(http.url), {
      requestInit: { headers: { authorization: `Bearer ${value}` } },
    });
    const client = new Client({ name: 'test', version: '0' });
    await client.connect(transport);
    const { content } = await client.callTool({ name: 'read', arguments: {} });
    expect(content).toEqual([{ type: 'text', text: 'read done' }]);
    await client.close();
  }
});

test('a header that names another tool than the body changes nothing', async () => {
  const write = { name: 'write', arguments: {} };
  const answer = await post('mcp', '2026-07-28', 'tools/call', write, { 'mcp-name': 'open' });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain('-32020');
  const open = { name: 'open', arguments: {} };
  const other = await post('mcp', '2026-07-28', 'tools/call', open, { 'mcp-name': 'write' });
  expect(other.status).toBe(400);
  const method = await post('mcp', '2026-07-28', 'tools/call', write, {
    'mcp-method': 'tools/list',
  });
  expect(method.status).toBe(400);
  // Without the headers it is a request of 2025, in whose body the name counts.
  expect(await post('mcp', '2025-11-25', 'tools/call', write, { 'mcp-name': 'open' })).toEqual(
    refused('pets:read pets:write', 'mcp pets:read pets:write'),
  );
  expect(ran).toEqual([]);
});

test.each(['2025-03-26', '2025-11-25', '2026-07-28'])(
  'a batch hides nothing (%s)',
  async (version) => {
    ran = [];
    const call = (id: number, name: string) => ({
      ...{ jsonrpc: '2.0', id, method: 'tools/call' },
      params: { name, arguments: {} },
    });
    const response = await fetch(http.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': version,
        authorization: `Bearer ${await bearer('mcp')}`,
      },
      body: JSON.stringify([call(1, 'open'), call(2, 'write')]),
    });
    expect([400, 403]).toContain(response.status);
    await response.text();
    expect(ran).toEqual([]);
  },
);

test('S15 who has no token is answered before the body has come', async () => {
  const { hostname, port } = new URL(http.url);
  const socket = connect(Number(port), hostname);
  const head = ['POST /mcp HTTP/1.1', `Host: ${hostname}`, 'Content-Type: application/json'];
  socket.write(`${[...head, 'Content-Length: 90000', 'Connection: close'].join('\r\n')}\r\n\r\n{`);
  const [first] = (await once(socket, 'data')) as [Buffer];
  expect(first.toString()).toMatch(/^HTTP\/1.1 401 /);
  socket.destroy();
});

test('what was asked of one user is not answered by another', async () => {
  const states = createRequestStates({});
  const context = (subject: string) =>
    ({
      mcpReq: { method: 'tools/call' },
      http: { authInfo: { token: '', clientId: 'app', scopes: [], extra: { subject } } },
    }) as unknown as ServerContext;
  const state = await states.mint({ call: 'c', asked: {}, answers: {} }, context('ada'));
  await expect(states.verify(state, context('ada'))).resolves.toMatchObject({ call: 'c' });
  await expect(states.verify(state, context('bob'))).rejects.toThrow();
});

test('callers at the same time keep apart', async () => {
  const scopes = ['mcp', 'mcp pets:read', 'mcp pets:read pets:write'];
  const params = { name: 'calls_write', arguments: {} };
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      post(scopes[index % 3] ?? '', '2026-07-28', 'tools/call', params),
    ),
  );
  const kinds = answers.map(({ status, body }) =>
    status === 403 ? 'refused' : body.includes('then write done') ? 'done' : 'lacks',
  );
  expect(kinds).toEqual(Array.from({ length: 10 }, () => ['refused', 'lacks', 'done']).flat());
});
