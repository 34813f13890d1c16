import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import {
  Client,
  ClientCredentialsProvider,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseManifest } from '../../src/sources/manifest/manifest.js';
import { makeKey, startIssuer, token, type Key } from '../runtime/auth/support.js';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import { connectStdio, startHttp, type ServerProcess } from '../support/emitted-server.js';
import { startRecorder, type Recorder } from '../wire/recorder.js';

const run = promisify(execFile);

const MANIFEST = `
name: guarded
sources:
  petstore: { openapi: specs/petstore.yaml, scopes: { read: [pets:read], write: [pets:write] } }
tools:
  getInventory: { scopes: [] }
  adopt:
    description: Finds a pet and adds another.
    input: { type: object, properties: { petId: { type: integer } }, required: [petId] }
    scopes: [adopt]
    steps:
      - { id: found, call: getPet, with: { petId: "\${args.petId}" } }
      - { call: addPet, with: { name: "Next to \${steps.found.name}", species: dog } }
serve:
  auth: { issuer: "\${OIDC_ISSUER}", audience: "\${MCP_URL}", scopes: [mcp] }
`;

let project: EmittedProject;
let api: Recorder;
let key: Key;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let server: ServerProcess;

beforeAll(async () => {
  api = await startRecorder();
  key = await makeKey('ES256', 'k');
  issuer = await startIssuer([key]);
  const { manifestVersion: _, ...custom } = parseManifest(MANIFEST, 'mcp.yaml');
  const documents = { petstore: 'fixtures/petstore/openapi.yaml' };
  project = await emitProject({ name: 'guarded', documents, custom });
  const port = await freePort();
  server = await startHttp(
    project,
    {
      ...apiEnv(),
      OIDC_ISSUER: issuer.issuer,
      MCP_URL: `http://127.0.0.1:${port}/mcp`,
      LOG_LEVEL: 'debug',
    },
    port,
  );
}, 120_000);

afterAll(async () => {
  await server?.stop();
  await issuer?.close();
  await api?.close();
  await project?.remove();
});

const apiEnv = () => ({ PETSTORE_BASE_URL: api.origin, PETSTORE_API_KEY: 'petkey' });

async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  taken.close();
  await once(taken, 'close');
  return port;
}

const bearer = (scope: string) =>
  token(key, { iss: issuer.issuer, aud: server.url, scope, note: 'canary' });

/** A client of 2026-07-28 with a token; its first refusal is kept, for it is told what to ask for. */
async function connect(given: string) {
  const refusals: { status: number; challenge: string | null }[] = [];
  const client = new Client(
    { name: 'test', version: '0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(
    new StreamableHTTPClientTransport(new URL(server.url), {
      requestInit: { headers: { authorization: `Bearer ${given}` } },
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        const { status, headers } = response;
        if (status >= 400) refusals.push({ status, challenge: headers.get('www-authenticate') });
        return response;
      },
    }),
  );
  return { client, refusals };
}

it('type-checks, and its own tests pass', { timeout: 120_000 }, async () => {
  expect(await project.typecheck()).toBe('');
  const { failures } = await project.ownTests();
  expect(failures).toEqual([]);
});

describe('over HTTP', () => {
  const metadata = () => server.url.replace('/mcp', '/.well-known/oauth-protected-resource/mcp');

  it('says to everybody where tokens come from', async () => {
    const response = await fetch(metadata());
    expect(await response.json()).toEqual({
      resource: server.url,
      authorization_servers: [issuer.issuer],
      scopes_supported: ['mcp', 'pets:write', 'adopt', 'pets:read'],
      bearer_methods_supported: ['header'],
      resource_name: 'Pet Shop',
    });
  });

  it('the token goes nowhere: not to the API, not into a result, not into the log', async () => {
    api.take();
    const given = await bearer('mcp pets:read');
    const { client, refusals } = await connect(given);
    const result = await client.callTool({ name: 'listPets', arguments: {} });
    expect(result.isError).not.toBe(true);
    const echoed = await client.callTool({ name: 'listPets', arguments: { cursor: given } });
    await client.callTool({ name: 'listPets', arguments: { [given]: given } });
    await client.close();
    expect(refusals).toEqual([]);
    const [request, second] = api.take();
    expect(request?.headers['authorization']).toBeUndefined();
    expect(JSON.stringify(request)).not.toContain(given);
    // What a caller gives as an argument is an argument.
    expect(second?.target).toContain(given);
    expect(JSON.stringify(echoed)).not.toContain(given);
    expect(server.stdout()).toBe('');
    expect(server.stderr()).not.toContain(given);
    expect(server.stderr()).not.toContain(given.split('.')[2]);
  });

  it('a tool made of steps asks for its own scope and for those of what it calls', async () => {
    api.take();
    const call = { name: 'adopt', arguments: { petId: 1 } };
    const { client, refusals } = await connect(await bearer('mcp adopt pets:read'));
    await expect(client.callTool(call)).rejects.toThrow();
    await client.close();
    expect(refusals).toEqual([
      {
        status: 403,
        challenge: `Bearer error="insufficient_scope", error_description="the token lacks pets:write", scope="mcp adopt pets:read pets:write", resource_metadata="${metadata()}"`,
      },
    ]);
    expect(api.take()).toEqual([]);

    const json = { headers: { 'content-type': 'application/json' }, body: '{"id":1,"name":"Rex"}' };
    api.answerWith([json, json]);
    const all = await connect(await bearer('mcp adopt pets:read pets:write'));
    const result = await all.client.callTool(call);
    await all.client.close();
    expect(result.isError).not.toBe(true);
    expect(api.take().map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /pets/1',
      'POST /pets',
    ]);
  });

  it('a client finds the authorization server by itself, and gets more when a tool asks', async () => {
    issuer.grant(['mcp', 'pets:read']);
    const client = new Client({ name: 'robot', version: '0' });
    const authProvider = new ClientCredentialsProvider({
      clientId: 'robot',
      clientSecret: 'shh',
      expectedIssuer: issuer.issuer,
    });
    await client.connect(new StreamableHTTPClientTransport(new URL(server.url), { authProvider }));
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('addPet');
    const inventory = await client.callTool({ name: 'getInventory', arguments: {} });
    expect(inventory.isError).not.toBe(true);
    expect(authProvider.tokens()?.scope).toBe('mcp');
    await client.callTool({ name: 'listPets', arguments: {} });
    expect(authProvider.tokens()?.scope).toBe('mcp pets:read');
    const add = { name: 'addPet', arguments: { name: 'Ada', species: 'dog' } };
    api.take();
    await expect(client.callTool(add)).rejects.toThrow();
    expect(api.take()).toEqual([]);
    await client.close();
  });
});

it('over stdio nobody is asked for a token, and no setting of it is missed', async () => {
  const { client, stderr } = await connectStdio(project, 'v2 on 2026-07-28', apiEnv());
  api.take();
  const add = { name: 'addPet', arguments: { name: 'Ada', species: 'dog' } };
  expect((await client.callTool(add)).isError).not.toBe(true);
  expect(api.take()).toHaveLength(1);
  await client.close();
  expect(stderr()).not.toContain('OIDC_ISSUER');
});

it('does not start over HTTP without an issuer', async () => {
  const env = { ...apiEnv(), MCP_URL: 'https://mcp.example.com/mcp' };
  const failed = await run(process.execPath, [project.main, '--http', '--port', '0'], {
    env,
  }).catch((error: { code: number; stderr: string }) => error);
  expect(failed).toMatchObject({
    code: 2,
    stderr: 'OIDC_ISSUER must be set: over HTTP this server answers only those who have a token\n',
  });
});
