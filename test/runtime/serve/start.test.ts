import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as V1Stdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectHttp, ERAS, type AnyClient, type Era } from './support.js';

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, '../../..');
const SECRET = 'sesame-open-7';

const MAIN = `
import { httpBackend } from './runtime/http/http-backend.js';
import { start } from './runtime/start.js';
const request = (path, security) => ({ source: 'shop', method: 'GET', path, ...(security && { security }),
  parameters: [{ argument: 'id', in: 'path' }] });
const inputSchema = { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'], additionalProperties: false };
await start({
  server: { name: 'shop', title: 'Shop', version: '1.2.3', transports: ['stdio', 'http'] },
  backends: [httpBackend({ shop: { id: 'shop', servers: { default: { env: 'SHOP_URL' } }, securitySchemes: { key: { type: 'bearer', env: 'SHOP_TOKEN' } } } })],
  tools: [
    { name: 'get_pet', description: 'Finds a pet.', annotations: { readOnlyHint: true }, inputSchema, request: request('/pets/{id}') },
    { name: 'get_order', description: 'Finds an order.', inputSchema, request: request('/orders/{id}', [{ key: [] }]) },
  ],
});
`;

let folder: string;
let main: string;
let upstream: Server;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runtime-'));
  const config = {
    extends: join(repository, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      rootDir: join(repository, 'templates/src'),
      outDir: join(folder, 'dist'),
      typeRoots: [join(repository, 'node_modules/@types')],
    },
    include: [join(repository, 'templates/src/runtime')],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  await run(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', folder]);
  main = join(folder, 'dist/main.js');
  await writeFile(main, MAIN);

  upstream = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ path: request.url, auth: request.headers.authorization }));
  }).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const { port } = upstream.address() as AddressInfo;
  env = { PATH: process.env['PATH'] ?? '', SHOP_URL: `http://127.0.0.1:${port}/v1` };
}, 60_000);

afterAll(async () => {
  upstream.closeAllConnections();
  upstream.close();
  await rm(folder, { recursive: true, force: true });
});

function startProcess(argv: string[], extra: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...argv], { env: { ...env, ...extra } });
  const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as unknown);
  return { child, exited, stdout: text(child.stdout) };
}

async function lineWith(child: ChildProcess, part: string): Promise<string> {
  for await (const line of createInterface(child.stderr as NodeJS.ReadableStream)) {
    if (line.includes(part)) return line;
  }
  throw new Error(`${part} was never logged`);
}

async function startHttp(extra: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, '--http', '--port', '0'], {
    env: { ...env, ...extra },
  });
  const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as unknown);
  const stdout = text(child.stdout);
  const line = await lineWith(child, 'serving on http');
  return { child, exited, stdout, url: /url="([^"]+)"/.exec(line)?.[1] ?? '' };
}

async function connectProcess(era: Era, extra: Record<string, string> = {}): Promise<AnyClient> {
  const parameters = {
    command: process.execPath,
    args: [main],
    env: { ...env, ...extra },
    stderr: 'ignore' as const,
  };
  const identity = { name: 'test', version: '0' };
  if (era === 'v1') {
    const client = new V1Client(identity);
    await client.connect(new V1Stdio(parameters));
    return client as unknown as AnyClient;
  }
  const mode = era === 'v2 on 2026-07-28' ? { pin: '2026-07-28' } : ('legacy' as const);
  const client = new Client(identity, { versionNegotiation: { mode } });
  await client.connect(new StdioClientTransport(parameters));
  return client;
}

describe.each(ERAS)('a process, with a client of %s', (era) => {
  test('calls the upstream over stdio', async () => {
    const client = await connectProcess(era, { SHOP_TOKEN: SECRET });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([
      'get_pet',
      'get_order',
    ]);
    const result = await client.callTool({ name: 'get_order', arguments: { id: 7 } });
    // The upstream repeats the credential, and it stays here all the same.
    expect(result.content).toEqual([
      { type: 'text', text: '{"path":"/v1/orders/7","auth":"Bearer ***"}' },
    ]);
    await client.close();
  });

  test('calls the upstream over HTTP, and ends on SIGTERM', async () => {
    const { child, exited, stdout, url } = await startHttp();
    const client = await connectHttp(era, url);
    const found = await client.callTool({ name: 'get_pet', arguments: { id: 7 } });
    expect(found.content).toEqual([{ type: 'text', text: '{"path":"/v1/pets/7"}' }]);
    const lacking = await client.callTool({ name: 'get_order', arguments: { id: 7 } });
    expect(lacking.isError).toBe(true);
    expect(JSON.stringify(lacking.content)).toContain('SHOP_TOKEN');
    await client.close();
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(await stdout).toBe('');
  });
});

describe('a process', () => {
  test('says at start which secrets are missing and what that disables', async () => {
    const { child, exited } = startProcess([]);
    const line = await lineWith(child, 'SHOP_TOKEN');
    expect(line).toContain('WARN');
    expect(line).toContain('(disables get_order)');
    child.stdin.end();
    expect(await exited).toBe(0);
  });

  test.each([
    [{}, 200, 'ready'],
    [{ SHOP_URL: '' }, 503, 'every tool lacks settings: see the log'],
  ])('with %o /ready answers %d', async (extra, code, status) => {
    const { child, exited, url } = await startHttp(extra as Record<string, string>);
    const ready = await fetch(new URL('/ready', url));
    expect([ready.status, await ready.json()]).toEqual([code, { status }]);
    expect((await fetch(new URL('/health', url))).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
  });

  test('answers what came before the end of its input, and writes nothing else to stdout', async () => {
    const { child, exited, stdout } = startProcess(['--stdio'], { LOG_LEVEL: 'debug' });
    child.stderr.resume();
    const call = { name: 'get_pet', arguments: { id: 1 } };
    child.stdin.end(
      `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: call })}\n`,
    );
    expect(JSON.parse(await stdout)).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { content: [{ type: 'text', text: '{"path":"/v1/pets/1"}' }] },
    });
    expect(await exited).toBe(0);
  });

  const answers: {
    argv: string[];
    extra?: Record<string, string>;
    code: number;
    out: string;
    err: string;
  }[] = [
    { argv: ['--version'], code: 0, out: '1.2.3\n', err: '' },
    { argv: ['--nope'], code: 2, out: '', err: "Unknown option '--nope'" },
    {
      argv: [],
      extra: { CALL_TIMEOUT_MS: '1s' },
      code: 2,
      out: '',
      err: 'CALL_TIMEOUT_MS must be',
    },
    { argv: [], extra: { LOG_LEVEL: 'loud' }, code: 2, out: '', err: 'LOG_LEVEL must be one of' },
    {
      argv: ['--http'],
      extra: { ALLOWED_HOSTS: '*' },
      code: 2,
      out: '',
      err: 'ALLOWED_HOSTS must list host names',
    },
  ];
  test.each(answers)('$argv $extra → $code', async ({ argv, extra, code, out, err }) => {
    const { child, exited, stdout } = startProcess(argv, extra);
    const stderr = text(child.stderr);
    expect([await exited, await stdout]).toEqual([code, out]);
    expect(await stderr).toContain(err);
  });

  test('--help names the options', async () => {
    const { exited, stdout } = startProcess(['--help']);
    expect(await stdout).toContain('--port <number>');
    expect(await exited).toBe(0);
  });
});
