/**
 * What a call of another MCP server costs more through a generated server than directly: stdio → stdio, HTTP → HTTP and
 * HTTP → stdio, each with its direct baseline in the same run: `npm run build && node bench/federation.mjs [calls] [rounds]`. The
 * other server is the smallest there is, so that what is left is the way. Nothing is fetched.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { snapshotUpstream } from '../dist/sources/upstream/snapshot-upstream.js';
import { writeUpstreamSnapshot } from '../dist/sources/upstream/snapshot.js';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const ECHO = join(REPOSITORY, 'bench/support/echo-server.mjs');
const CALLS = Number(process.argv[2] ?? 1_000);
/** The ways take turns, so that what else the machine does meets them all. */
const ROUNDS = Number(process.argv[3] ?? 5);
const WARM_UP = 200;

const root = await mkdtemp(join(tmpdir(), 'bench-federation-'));
const closing = [() => rm(root, { recursive: true, force: true })];
try {
  const command = [process.execPath, ECHO, '--stdio'];
  const url = await startHttp(ECHO);
  const main = await generate({
    near: { connect: [{ command }], listed: await snapshotUpstream({ command }) },
    far: { connect: [{ url }], listed: await snapshotUpstream({ url }) },
  });
  const ours = { stdio: await overStdio([process.execPath, main, '--stdio']) };
  ours.http = await overHttp(await startHttp(main));
  const direct = { stdio: await overStdio(command), http: await overHttp(url) };
  const ways = [
    { name: 'stdio → stdio', client: ours.stdio, tool: 'near_echo', base: 'stdio' },
    { name: 'http → http', client: ours.http, tool: 'far_echo', base: 'http' },
    { name: 'http → stdio', client: ours.http, tool: 'near_echo', base: 'http' },
  ];
  const bases = Object.entries(direct).map(([base, client]) => ({
    ...{ name: `${base}, direct`, client, tool: 'echo', base },
  }));
  const all = [...bases, ...ways].map((way) => ({ ...way, times: [] }));
  for (const way of all) await calls(way, WARM_UP);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of all) way.times.push(...(await calls(way, Math.ceil(CALLS / ROUNDS))));
  }
  report(all);
} finally {
  for (const close of closing.reverse()) await close();
}

/** Ratios are of the fastest tenth: what else the machine does is in it least. */
function report(all) {
  const fastest = new Map(all.slice(0, 2).map(({ base, times }) => [base, at(times, 0.1)]));
  console.log(`${CALLS} calls one after another, Node ${process.version}; milliseconds per call`);
  console.log('way              p10    p50    p95  added  times direct');
  for (const { name, base, times } of all) {
    const p10 = at(times, 0.1);
    const shown = [p10, at(times, 0.5), at(times, 0.95), p10 - fastest.get(base)];
    const numbers = shown.map((ms) => ms.toFixed(2).padStart(5)).join('  ');
    console.log(`${name.padEnd(14)} ${numbers}  ${(p10 / fastest.get(base)).toFixed(2)}`);
  }
}

function at(times, share) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * share)];
}

async function generate(servers) {
  const given = join(root, 'given');
  await mkdir(given);
  const sources = {};
  for (const [id, { connect, listed }] of Object.entries(servers)) {
    await writeFile(join(given, `${id}.json`), writeUpstreamSnapshot(listed));
    sources[id] = { mcp: `${id}.json`, connect, prefix: id };
  }
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

async function overStdio([command, ...args]) {
  const env = { PATH: process.env.PATH ?? '' };
  return connected(new StdioClientTransport({ command, args, env, stderr: 'ignore' }));
}

async function overHttp(url) {
  return connected(new StreamableHTTPClientTransport(new URL(url)));
}

async function connected(transport) {
  const client = new Client(
    { name: 'bench', version: '1.0.0' },
    { versionNegotiation: { mode: 'auto' } },
  );
  await client.connect(transport);
  closing.push(() => client.close());
  return client;
}

async function startHttp(main) {
  const env = { PATH: process.env.PATH ?? '' };
  const child = spawn(process.execPath, [main, '--http', '--port', '0'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  closing.push(() => new Promise((resolve) => child.once('exit', resolve).kill('SIGTERM')));
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', () => reject(new Error(said)));
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const found = /url="([^"]+)"/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
}

async function calls({ client, tool }, count) {
  const times = [];
  for (let done = 0; done < count; done += 1) {
    const started = performance.now();
    const { isError, content } = await client.callTool({
      name: tool,
      arguments: { text: 'hello' },
    });
    times.push(performance.now() - started);
    if (isError) throw new Error(content[0].text);
  }
  return times;
}
