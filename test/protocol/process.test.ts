import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import { connectHttp, startHttp, type ServerProcess } from '../support/emitted-server.js';

let project: EmittedProject;

beforeAll(async () => {
  project = await emitProject({
    name: 'petstore',
    documents: { petstore: 'fixtures/petstore/openapi.yaml' },
  });
}, 120_000);

afterAll(() => project?.remove());

const running: ServerProcess[] = [];

// Only what a failed test left behind; the others have ended their server themselves.
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop('SIGKILL');
});

async function start(env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startHttp(project, env);
  running.push(server);
  return server;
}

type Got = { status: number | undefined; body: string };

/** Not fetch: that one lets nobody choose a Host. */
function ask(url: URL, headers: Record<string, string>, body?: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode, body }), reject);
    })
      .on('error', reject)
      .end(body);
  });
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'test', version: '0' },
  },
};
const POST_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};

describe('over HTTP', () => {
  test('answers its own machine and nobody else', async () => {
    const server = await start();
    const { host } = new URL(server.url);
    const call = (headers: Record<string, string>) =>
      ask(new URL(server.url), { ...POST_HEADERS, ...headers }, JSON.stringify(INITIALIZE));
    const table: [Record<string, string>, number][] = [
      [{ host }, 200],
      [{ host: 'localhost' }, 200],
      [{ host: 'attacker.example' }, 403],
      [{ host: '127.0.0.1.attacker.example' }, 403],
      [{ host, origin: 'https://attacker.example' }, 403],
      [{ host, origin: 'null' }, 403],
      [{ host, origin: `http://${host}` }, 200],
    ];
    const statuses = await Promise.all(
      table.map(async ([headers]) => [headers, (await call(headers)).status]),
    );
    expect(statuses).toEqual(table);
    const malformed = await call({ host: `${host}.attacker.example` });
    expect(malformed.status).toBe(400);
    expect(malformed.body).not.toContain('serverInfo');
    expect(await server.stop()).toBe(0);
  });

  test('says that it lives and that it is ready', async () => {
    const server = await start();
    const get = (path: string) => ask(new URL(path, server.url), {});
    expect(await get('/health')).toEqual({ status: 200, body: '{"status":"ok"}' });
    expect(await get('/ready')).toEqual({ status: 200, body: '{"status":"ready"}' });
    expect((await get('/elsewhere')).status).toBe(404);
    expect(await server.stop()).toBe(0);
    expect(server.stdout()).toBe('');
  });

  test('SIGTERM: what was asked is answered, then it ends with 0', async () => {
    const { upstream, asked, release, url } = await startSlowUpstream();
    const server = await start({ PETSTORE_BASE_URL: url });
    const client = await connectHttp('v2 on 2026-07-28', server.url);
    const call = client.callTool({ name: 'getInventory' });
    await asked;
    const stopped = server.stop('SIGTERM');
    release();
    expect((await call).content).toEqual([{ type: 'text', text: '{"available":2}' }]);
    expect(await stopped).toBe(0);
    await client.close();
    upstream.close();
  });
});

/** Answers when it is told to. */
async function startSlowUpstream() {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let tellAsked = () => {};
  const asked = new Promise<void>((resolve) => (tellAsked = resolve));
  const upstream: Server = createServer((_, response) => {
    tellAsked();
    void released.then(() => {
      response
        .writeHead(200, { 'content-type': 'application/json', connection: 'close' })
        .end('{"available":2}');
    });
  }).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  return { upstream, asked, release, url };
}

describe('over stdio', () => {
  /** Feeds lines to a server and gives everything that it wrote. */
  async function converse(
    lines: unknown[],
    end: 'eof' | 'SIGTERM',
    env = {},
    options: string[] = [],
  ) {
    const child = spawn(process.execPath, [...options, project.main], {
      cwd: project.root,
      env: { PATH: process.env['PATH'], ...env },
    });
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const stdout = text(child.stdout);
    const stderr = text(child.stderr);
    for (const line of lines) child.stdin.write(`${JSON.stringify(line)}\n`);
    if (end === 'eof') child.stdin.end();
    else child.stdout.once('data', () => child.kill('SIGTERM'));
    const [code] = await exited;
    return { code, stdout: await stdout, stderr: await stderr };
  }

  test('stdout holds nothing but the protocol, also when things go wrong', async () => {
    const { code, stdout } = await converse(
      [
        INITIALIZE,
        { jsonrpc: '2.0', method: 'notifications/initialized' },
        { jsonrpc: '2.0', id: 2, method: 'tools/list' },
        { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'getInventory' } },
        { jsonrpc: '2.0', id: 4, method: 'no/such/method' },
      ],
      'eof',
      { PETSTORE_BASE_URL: 'http://127.0.0.1:1', LOG_LEVEL: 'debug' },
    );
    const messages = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(messages.map(({ jsonrpc, id }) => [jsonrpc, id]).sort()).toEqual([
      ['2.0', 1],
      ['2.0', 2],
      ['2.0', 3],
      ['2.0', 4],
    ]);
    expect(messages.find(({ id }) => id === 3)?.result.isError).toBe(true);
    expect(messages.find(({ id }) => id === 4)?.error.code).toBe(-32601);
    expect(code).toBe(0);
  });

  test('SIGTERM ends it with 0', async () => {
    const { code, stdout } = await converse([INITIALIZE], 'SIGTERM');
    expect(JSON.parse(stdout).result.serverInfo).toMatchObject({ name: 'petstore' });
    expect(code).toBe(0);
  });

  test('the list is there before anything is loaded that only calls need', async () => {
    const trace = new URL('../cli/trace-imports.mjs', import.meta.url).href;
    const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
    const call = { ...list, id: 3, method: 'tools/call', params: { name: 'getInventory' } };
    const env = { PETSTORE_BASE_URL: 'http://127.0.0.1:1' };
    const loaded = async (...asked: object[]) => {
      const { stdout, stderr } = await converse([INITIALIZE, ...asked], 'eof', env, [
        '--import',
        trace,
      ]);
      expect(stdout.trimEnd().split('\n')).toHaveLength(1 + asked.length);
      const names = ['undici', 'cockatiel', 'lossless-json', '@cfworker/json-schema'];
      return names.filter((name) => stderr.includes(`/node_modules/${name}/`));
    };
    expect(await loaded(list)).toEqual([]);
    expect(await loaded(list, call)).toHaveLength(4);
  });

  test('says at its start which secrets are missing and what that disables', async () => {
    const { stderr } = await converse([INITIALIZE], 'eof', { PETSTORE_API_KEY: 'key-1' });
    expect(stderr).toContain('Set PETSTORE_STAFF_TOKEN.');
    expect(stderr).toContain('disables cancelOrder, getOrder, listOrders, placeOrder');
    expect(stderr).not.toContain('PETSTORE_API_KEY');
    const both = { PETSTORE_API_KEY: 'key-1', PETSTORE_STAFF_TOKEN: 'token-1' };
    const complete = await converse([INITIALIZE], 'eof', both);
    expect(complete.stderr).not.toContain('PETSTORE_');
    expect(complete.stderr).not.toMatch(/key-1|token-1/);
  });
});
