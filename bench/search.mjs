// What search_files of an emitted server takes beside ripgrep, on the same files; fails where they find different things.
//   node bench/search.mjs [--files 10000] [--runs 7]
// Needs `npm run build` and ripgrep (`rg`). The server is called over stdio by a client; ripgrep is started for each search.
// CPU is that of the server's process during the call, and of ripgrep's.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import {
  createLoader,
  planProject,
  readBlueprint,
  renderProject,
  writeManifest,
} from '../dist/index.js';
import { table } from './mock/table.mjs';
import { median } from './support/measured.mjs';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { files: { type: 'string', default: '10000' }, runs: { type: 'string', default: '7' } },
});
const count = Number(values.files);
const work = mkdtempSync(join(tmpdir(), 'bench-search-'));
const root = join(work, 'root');

const SEARCHES = [
  { name: 'text, in 10 files', args: { query: 'rareneedle' }, flags: ['-F'] },
  { name: 'text, in none', args: { query: 'is not there at all' }, flags: ['-F'] },
  { name: 'text, any case', args: { query: 'RareNeedle', ignore_case: true }, flags: ['-F', '-i'] },
  { name: 'expression', args: { query: 'rare[a-z]+le\\b', regex: true }, flags: [] },
  { name: 'expression, in none', args: { query: '\\d{4}-\\d{2}-\\d{2}T', regex: true }, flags: [] },
];

try {
  const bytes = makeFiles();
  const { client, pid } = await connect(await emit());
  const version = execFileSync('rg', ['--version'], { encoding: 'utf8' }).split('\n')[0];
  console.log(`${count} files, ${Math.round(bytes / 1e6)} MB; ${version}; medians in ms\n`);
  const rows = [];
  for (const search of SEARCHES) rows.push(await measured(client, pid, search));
  await client.close();
  console.log(
    table([['search', 'found', 'tool', 'rg', 'times', 'tool CPU', 'rg CPU', 'times CPU'], ...rows]),
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function measured(client, pid, { name, args, flags }) {
  const own = [];
  const other = [];
  let found;
  for (let run = 0; run <= Number(values.runs); run += 1) {
    const before = cpuOf(pid);
    let started = performance.now();
    const { structuredContent, isError } = await client.callTool({
      name: 'search_files',
      arguments: { ...args, limit: 1000 },
    });
    const wall = performance.now() - started;
    if (isError) throw new Error(`${name} failed`);
    found = structuredContent.matches.length;
    const cpu = cpuOf(pid) - before;
    started = performance.now();
    const rg = spawnSync(
      'bash',
      ['-c', 'time rg -n "$@"', 'rg', ...flags, '--', args.query, root],
      { encoding: 'utf8', env: { ...process.env, TIMEFORMAT: '%U %S' } },
    );
    const rgWall = performance.now() - started;
    const lines = rg.stdout.split('\n').filter(Boolean).length;
    if (lines !== found) throw new Error(`${name}: ${found} found, ${lines} by ripgrep`);
    const [user, system] = rg.stderr.trim().split(' ').map(Number);
    // The first one fills the caches.
    if (run === 0) continue;
    own.push({ wall, cpu });
    other.push({ wall: rgWall, cpu: (user + system) * 1_000 });
  }
  const of = (list, key) => median(list.map((one) => one[key]));
  const pair = (key) => [of(own, key), of(other, key)];
  const [wall, rgWall] = pair('wall');
  const [cpu, rgCpu] = pair('cpu');
  return [
    name,
    String(found),
    ...[wall, rgWall].map((ms) => String(Math.round(ms))),
    (wall / rgWall).toFixed(1),
    ...[cpu, rgCpu].map((ms) => String(Math.round(ms))),
    (cpu / rgCpu).toFixed(1),
  ];
}

/** User and system time in ms, of Linux's clock with its 100 ticks a second. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Folders of a hundred files each, of lines of words; every thousandth file has the needle. */
function makeFiles() {
  const words = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu'.split(' ');
  let seed = 1;
  const next = (n) => (seed = (seed * 48_271) % 2_147_483_647) % n;
  let bytes = 0;
  for (let file = 0; file < count; file += 1) {
    const lines = Array.from({ length: 80 }, () =>
      Array.from({ length: 10 }, () => words[next(words.length)]).join(' '),
    );
    if (file % 1_000 === 500) lines[40] += ' rareneedle';
    const path = join(root, `folder-${Math.floor(file / 100)}`, `file-${file}.md`);
    mkdirSync(dirname(path), { recursive: true });
    const text = `${lines.join('\n')}\n`;
    bytes += text.length;
    writeFileSync(path, text);
  }
  return bytes;
}

async function emit() {
  const manifest = {
    manifestVersion: 1,
    name: 'search-server',
    version: '1.0.0',
    sources: { files: { filesystem: ['${FILES_ROOT}'], limits: { timeoutMs: 60_000 } } },
    serve: { transports: ['stdio'] },
  };
  const blueprint = await readBlueprint(manifest, { load: createLoader({ base: work }) });
  const plan = planProject(blueprint, {
    manifestText: writeManifest(manifest),
    specs: [],
    generatorVersion: '0.0.0',
  });
  const project = join(work, 'project');
  for (const { path, text } of await renderProject(plan, {})) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(project, 'node_modules'));
  const tsc = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: project });
  return project;
}

async function connect(project) {
  const client = new Client({ name: 'bench', version: '1.0.0' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(project, 'dist/main.js'), '--stdio'],
    cwd: project,
    env: { PATH: process.env.PATH, FILES_ROOT: root },
    stderr: 'ignore',
  });
  await client.connect(transport);
  return { client, pid: transport.pid };
}
