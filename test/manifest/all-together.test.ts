import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as V1HttpTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseManifest } from '../../src/sources/manifest/manifest.js';
import { snapshotUpstream } from '../../src/sources/upstream/snapshot-upstream.js';
import { writeUpstreamSnapshot } from '../../src/sources/upstream/snapshot.js';
import { httpUpstream, type HttpUpstream } from '../federation/http-upstream.js';
import { makeKey, startIssuer, token, type Key } from '../runtime/auth/support.js';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import {
  connectStdio,
  ERAS,
  startHttp,
  type Era,
  type ServerProcess,
} from '../support/emitted-server.js';
import { newFolder } from '../support/new-folder.js';
import { startRecorder, type Recorder } from '../wire/recorder.js';

/** Two versions of one API, a folder, and another server that comes and goes; with sets, steps and scopes over all of them. */
const MANIFEST = `
name: together
sources:
  v1: { openapi: specs/v1.yaml, names: "v1_{name}", scopes: { read: [shop:read], write: [shop:write] } }
  v2: { openapi: specs/v2.yaml, names: "v2_{name}", scopes: { read: [shop:read], write: [shop:write] } }
  docs: { filesystem: ["\${DOCS_ROOT}"], names: "docs_{name}", scopes: { read: [docs:read] } }
  up:
    mcp: specs/up.yaml
    connect: [{ url: "\${UP_URL}" }]
    prefix: up
    whenUnavailable: hide
    scopes: { read: [up:read], write: [up:write] }
tools:
  v1_*: { deprecated: { message: Gone in May } }
  v1_getPet: { deprecated: { successor: v2_getPet } }
  v2_removePet: { hidden: true }
  v2_getInventory: { as: resource }
  docs_*: { hidden: true }
  restock:
    description: Finds an old pet, echoes it, and adds a new one.
    input: { type: object, properties: { petId: { type: integer } }, required: [petId] }
    scopes: [restock]
    steps:
      - { id: old, call: v1_getPet, with: { petId: "\${args.petId}" } }
      - { id: echo, call: up_echo, onError: continue }
      - { id: added, call: v2_addPet, with: { name: "Next to \${steps.old.name}", species: dog } }
      - { id: gone, call: v2_removePet, with: { petId: "\${args.petId}" } }
    result: { old: "\${steps.old.name}", echo: "\${steps.echo}", added: "\${steps.added.id}" }
toolsets:
  writing: { description: Changes things, tools: ["v2_add*", "v1_add*"], enabled: false }
  old: { description: The version before, tools: ["v1_*"], enabled: false }
resources:
  pet: { uri: "shop://pets/{petId}", tool: v1_getPet, complete: { petId: { tool: v2_listPets, path: "items[].id" } } }
prompts:
  advise:
    arguments: { petId: { required: true, complete: { tool: v2_listPets, path: "items[].id" } } }
    messages:
      - { tool: v2_getPet, with: { petId: "\${number(args.petId)}" } }
      - { resource: "files://docs/guide.md" }
serve:
  auth: { issuer: "\${OIDC_ISSUER}", audience: "\${file:/nowhere/mcp-url}", scopes: [mcp] }
`;

let project: EmittedProject;
let api: Recorder;
let upstream: HttpUpstream;
let key: Key;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let server: ServerProcess;
let env: Record<string, string>;

beforeAll(async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'guide.md'), 'Mind the dogs.');
  api = await startRecorder();
  upstream = await httpUpstream();
  key = await makeKey('ES256', 'k');
  issuer = await startIssuer([key]);
  const snapshot = join(newFolder(), 'up.json');
  writeFileSync(snapshot, writeUpstreamSnapshot(await snapshotUpstream({ url: upstream.url })));
  const { manifestVersion: _, ...custom } = parseManifest(MANIFEST, 'mcp.yaml');
  const documents = {
    v1: 'fixtures/petstore/openapi.yaml',
    v2: 'fixtures/petstore/openapi.yaml',
    up: relative('.', snapshot),
  };
  project = await emitProject({ name: 'together', documents, custom });
  const needed = project.blueprint.sources.flatMap(({ settings }) => settings);
  env = {
    ...Object.fromEntries(
      needed.map(({ env: name }) => [name, /URL$/.test(name) ? api.origin : 'x']),
    ),
    DOCS_ROOT: folder,
    UP_URL: upstream.url,
    AVAILABILITY_CHECK_MS: '200',
  };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/mcp`;
  server = await startHttp(project, { ...env, OIDC_ISSUER: issuer.issuer, MCP_URL: url }, port);
}, 180_000);

afterAll(async () => {
  await server?.stop();
  await issuer?.close();
  await api?.close();
  await upstream?.stop();
  await project?.remove();
});

async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  taken.close();
  await once(taken, 'close');
  return port;
}

/** A client over HTTP whose token has these scopes. */
async function connect(era: Era, scope: string): Promise<Client> {
  const given = await token(key, { iss: issuer.issuer, aud: server.url, scope });
  const requestInit = { headers: { authorization: `Bearer ${given}` } };
  const url = new URL(server.url);
  if (era === 'v1') {
    const client = new V1Client({ name: 'test', version: '0' });
    await client.connect(new V1HttpTransport(url, { requestInit }));
    return client as unknown as Client;
  }
  const modern = { versionNegotiation: { mode: { pin: '2026-07-28' } } } as const;
  const client = new Client(
    { name: 'test', version: '0' },
    era === 'v2 on 2026-07-28' ? modern : {},
  );
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
  return client;
}

const json = (value: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
const REX = json({ id: 1, name: 'Rex', species: 'dog' });
const LISTED = json({ items: [{ id: 7, name: 'Ada', species: 'dog' }], total: 1 });
const ALL = 'mcp shop:read shop:write docs:read up:read up:write restock';

it('type-checks, and its own tests pass', { timeout: 180_000 }, async () => {
  expect(await project.typecheck()).toBe('');
  const { failures } = await project.ownTests();
  expect(failures).toEqual([]);
});

it('says what callers need, of what has no tool that is shown too', () => {
  const { auth, findings, tools } = project.blueprint;
  expect(auth?.offers).toEqual({ sources: { docs: ['docs:read'], up: ['up:read'] } });
  expect(tools.find(({ name }) => name === 'restock')?.scopes).toEqual([
    ...['restock', 'shop:read', 'up:write', 'shop:write'],
  ]);
  expect(findings.filter(({ code }) => code.startsWith('MCP73')).map((one) => one.message)).toEqual(
    [
      'tools.restock calls v1_getPet, which is deprecated',
      'resources.pet calls v1_getPet, which is deprecated',
    ],
  );
});

const ON = ['v2_cancelOrder', 'v2_getOrder', 'v2_getPet', 'v2_getPetPhoto', 'v2_listOrders'];
const SHOWN = [...['restock', 'up_echo', 'up_hang', 'up_steps'], ...ON, 'v2_listPets'];
const names = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name);
const sent = () => api.take().map(({ method, target }) => `${method} ${target}`);
const textOf = (result: unknown) =>
  (result as { content: { text: string }[] }).content.map(({ text }) => text).join();
const contentsOf = (result: unknown) =>
  (result as { contents: { text: string }[] }).contents.map(({ text }) => text).join();
const INVENTORY = 'v2://v2_getInventory';
const TEMPLATE = { type: 'ref/resource', uri: 'shop://pets/{petId}' } as const;

describe.each(ERAS)('a client of %s', (era) => {
  describe.each(['http', 'stdio'] as const)('over %s', (over) => {
    let client: Client;
    beforeAll(async () => {
      client =
        over === 'http'
          ? await connect(era, ALL)
          : ((await connectStdio(project, era, env)).client as Client);
      const isThere = async () => expect(await names(client)).toContain('up_echo');
      await vi.waitFor(isThere, { timeout: 30_000 });
      api.take();
    }, 60_000);
    afterAll(() => client?.close());

    it('has what is there, on and not hidden', async () => {
      const listed = await names(client);
      expect(listed.slice(0, SHOWN.length)).toEqual(SHOWN);
      expect(listed.includes('toolsets')).toBe(over === 'stdio');
      expect(listed.filter((name) => /^v1_|^docs_|add|remove|Inventory/.test(name))).toEqual([]);
      const { resources } = await client.listResources();
      expect(resources.map(({ uri }) => uri)).toEqual(['fake://one', INVENTORY]);
      const { resourceTemplates } = await client.listResourceTemplates();
      expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
        ...['files://docs/{+path}', 'shop://pets/{petId}'],
      ]);
    });

    it('reaches through steps what is off, deprecated or hidden, and not by itself', async () => {
      api.answerWith([REX, json({ id: 9, name: 'New', species: 'dog' }), json({})]);
      const done = await client.callTool({ name: 'restock', arguments: { petId: 1 } });
      expect(JSON.parse(textOf(done))).toEqual({ old: 'Rex', echo: 'echo', added: 9 });
      expect(sent()).toEqual(['GET /pets/1', 'POST /pets', 'DELETE /pets/1']);
      for (const [name, set] of [
        ['v1_getPet', 'old'],
        ['v1_addPet', 'writing'],
        ['v2_addPet', 'writing'],
      ] as const) {
        const refused = await client.callTool({ name, arguments: {} });
        expect(refused.isError).toBe(true);
        expect(textOf(refused)).toContain(`${name} was not called: it belongs to the toolset`);
        expect(textOf(refused)).toContain(set);
      }
      for (const name of ['v2_removePet', 'v2_getInventory', 'docs_read_file']) {
        await expect(client.callTool({ name, arguments: {} })).rejects.toThrow(
          `Tool ${name} not found`,
        );
      }
      expect(sent()).toEqual([]);
    });

    it('reads and is prompted with what is made of such, and completes from it', async () => {
      api.answerWith([REX, LISTED, LISTED, REX]);
      expect(contentsOf(await client.readResource({ uri: 'shop://pets/1' }))).toContain('Rex');
      const argument = { name: 'petId', value: '' };
      expect((await client.complete({ ref: TEMPLATE, argument })).completion.values).toEqual(['7']);
      const ref = { type: 'ref/prompt', name: 'advise' } as const;
      expect((await client.complete({ ref, argument })).completion.values).toEqual(['7']);
      const { messages } = await client.getPrompt({ name: 'advise', arguments: { petId: '1' } });
      expect(JSON.stringify(messages)).toContain('Rex');
      expect(JSON.stringify(messages)).toContain('Mind the dogs.');
      expect(sent()).toEqual(['GET /pets/1', 'GET /pets', 'GET /pets', 'GET /pets/1']);
      expect(contentsOf(await client.readResource({ uri: INVENTORY }))).toBe('{"ok":true}');
      const uri = 'files://docs/guide.md';
      expect(contentsOf(await client.readResource({ uri }))).toBe('Mind the dogs.');
      expect(sent()).toEqual(['GET /inventory']);
    });

    it.runIf(over === 'stdio')('switches the version before on and off again', async () => {
      const change = (args: object) =>
        client.callTool({ name: 'toolsets', arguments: { ...args } });
      await change({ enable: ['old'] });
      // One set that is on suffices.
      expect(await names(client)).toEqual(expect.arrayContaining(['v1_getPet', 'v1_addPet']));
      expect(await names(client)).not.toContain('v2_addPet');
      api.answerWith([REX]);
      const found = await client.callTool({ name: 'v1_getPet', arguments: { petId: 1 } });
      expect(textOf(found)).toContain('Rex');
      await change({ disable: ['old'] });
      expect(await names(client)).not.toContain('v1_getPet');
    });
  });

  it.each([
    ['restock', 'shop:write', 'call', { name: 'restock', arguments: { petId: 1 } }],
    ['restock', 'up:write', 'call', { name: 'restock', arguments: { petId: 1 } }],
    ['restock', 'restock', 'call', { name: 'restock', arguments: { petId: 1 } }],
    ['a tool as a resource', 'shop:read', 'read', { uri: INVENTORY }],
    ['a resource of a tool that is off', 'shop:read', 'read', { uri: 'shop://pets/1' }],
    ['a file of hidden tools', 'docs:read', 'read', { uri: 'files://docs/guide.md' }],
    ['another server', 'up:read', 'read', { uri: 'fake://one' }],
    ['a prompt with such a file', 'docs:read', 'prompt', { petId: '1' }],
    ['completion', 'shop:read', 'complete', { name: 'petId', value: '' }],
  ] as const)('without its scope there is no %s: %s', async (_, scope, how, given) => {
    const rest = ALL.split(' ').filter((one) => one !== scope);
    const client = await connect(era, rest.join(' '));
    api.take();
    const asked =
      how === 'call'
        ? client.callTool(given)
        : how === 'read'
          ? client.readResource(given)
          : how === 'prompt'
            ? client.getPrompt({ name: 'advise', arguments: given })
            : client.complete({ ref: TEMPLATE, argument: given });
    await expect(asked).rejects.toThrow(/insufficient.scope/i);
    expect(sent()).toEqual([]);
    await client.close();
  });
});

it('while the other server is away its tools and resources are not listed, and steps say so', async () => {
  const client = await connect('v2 on 2026-07-28', ALL);
  const uris = async () => (await client.listResources()).resources.map(({ uri }) => uri);
  await upstream.stop();
  await expect.poll(() => names(client), { timeout: 30_000 }).not.toContain('up_echo');
  expect(await uris()).toEqual([INVENTORY]);
  api.answerWith([REX, json({ id: 9, name: 'New', species: 'dog' }), json({})]);
  const done = await client.callTool({ name: 'restock', arguments: { petId: 1 } });
  expect(JSON.parse(textOf(done))).toMatchObject({
    old: 'Rex',
    echo: { error: expect.stringMatching(/./) as string },
    added: 9,
  });
  await upstream.start();
  await expect.poll(() => names(client), { timeout: 30_000 }).toContain('up_echo');
  expect(await uris()).toContain('fake://one');
  await client.close();
}, 90_000);
