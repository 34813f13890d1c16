/**
 * What a call of another MCP server costs more through a generated server than directly, over stdio and over HTTP:
 * `npm run build && node bench/federation.mjs [calls]`. The other server is the smallest there is (test/federation), so that
 * what is left is the way. Nothing is fetched.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { snapshotUpstream } from '../dist/sources/upstream/snapshot-upstream.js';
import { writeUpstreamSnapshot } from '../dist/sources/upstream/snapshot.js';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const CALLS = Number(process.argv[2] ?? 1_000);
const WARM_UP = 100;

const root = await mkdtemp(join(tmpdir(), 'bench-federation-'));
const closing = [() => rm(root, { recursive: true, force: true })];
try {
  const folder = join(root, 'state');
  await mkdir(folder);
  const command = [process.execPath, join(REPOSITORY, 'test/federation/fake-server.mjs'), folder];
  const main = await generate(command);
  const env = { PATH: process.env.PATH ?? '' };
  const rows = [
    await measured('direct, stdio', await overStdio(command, env), 'echo'),
    await measured(
      'through ours, stdio',
      await overStdio([process.execPath, main, '--stdio'], env),
      'echo',
    ),
    await measured('through ours, http', await overHttp(main, env), 'echo'),
  ];
  const [direct] = rows;
  console.log(`${CALLS} calls one after another, Node ${process.version}; milliseconds per call`);
  for (const { name, p50, p95 } of rows) {
    const added = name === direct.name ? '' : `  added p50 ${(p50 - direct.p50).toFixed(2)}`;
    console.log(`${name.padEnd(22)} p50 ${p50.toFixed(2)}  p95 ${p95.toFixed(2)}${added}`);
  }
} finally {
  for (const close of closing.reverse()) await close();
}

async function generate(command) {
  const given = join(root, 'given');
  await mkdir(given);
  await writeFile(
    join(given, 'fake.json'),
    writeUpstreamSnapshot(await snapshotUpstream({ command })),
  );
  const sources = { fake: { mcp: 'fake.json', connect: [{ command }] } };
  await writeFile(join(given, 'mcp.yaml'), JSON.stringify({ name: 'front', sources }));
  const out = join(root, 'out');
  const cli = join(REPOSITORY, 'bin/create-mcp-server.js');
  const argv = [cli, join(given, 'mcp.yaml'), out, '--yes', '--no-install'];
  execFileSync(process.execPath, argv, { stdio: ['ignore', 'ignore', 'inherit'] });
  await symlink(join(REPOSITORY, 'node_modules'), join(out, 'node_modules'));
  const tsc = join(REPOSITORY, 'node_modules/.bin/tsc');
  execFileSync(tsc, ['-p', 'tsconfig.build.json'], { cwd: out, stdio: 'inherit' });
  return join(out, 'dist/main.js');
}

async function overStdio([command, ...args], env) {
  const client = newClient();
  await client.connect(new StdioClientTransport({ command, args, env, stderr: 'ignore' }));
  closing.push(() => client.close());
  return client;
}

async function overHttp(main, env) {
  const child = spawn(process.execPath, [main, '--http', '--port', '0'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  closing.push(() => new Promise((resolve) => child.once('exit', resolve).kill('SIGTERM')));
  const url = await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the server ended')));
    child.stderr.on('data', (chunk) => {
      const found = /url="([^"]+)"/.exec(String(chunk))?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const client = newClient();
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  closing.push(() => client.close());
  return client;
}

function newClient() {
  return new Client({ name: 'bench', version: '1.0.0' });
}

async function measured(name, client, tool) {
  const call = () => client.callTool({ name: tool, arguments: { text: 'hello' } });
  for (let count = 0; count < WARM_UP; count += 1) await call();
  const times = [];
  for (let count = 0; count < CALLS; count += 1) {
    const started = performance.now();
    const { isError, content } = await call();
    times.push(performance.now() - started);
    if (isError) throw new Error(content[0].text);
  }
  times.sort((a, b) => a - b);
  return { name, p50: times[Math.floor(CALLS / 2)], p95: times[Math.floor(CALLS * 0.95)] };
}
