// CPU time and peak memory of scaffolding, through the real command line in a process of its own; nothing is asserted.
//   node bench/speed.mjs [--peers folder] [--patience 120] [--large] [--runs 3] [--only github] [--corpus folder]
// Needs `npm run build` before. With --peers side by side with other generators, which npm installs into the folder on first
// use; one that takes more than --patience seconds is ended. --large adds Microsoft Graph. Without the corpus, synthetic
// documents of the same numbers of operations are taken. Ratios are to openapi-mcp-generator in the same run.
import { mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { table } from './mock/table.mjs';
import { measureCommand, measureNode, median } from './support/measured.mjs';
import { installPeers, isFast } from './support/peers.mjs';
import { writeSpeedDocuments } from './support/speed-documents.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CLI = join(ROOT, 'bin/create-mcp-server.js');
const { values } = parseArgs({
  options: {
    peers: { type: 'string' },
    patience: { type: 'string', default: '120' },
    large: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    corpus: { type: 'string' },
  },
});
/** One that takes longer is measured once: what it costs is clear then. */
const LONG_MS = 20_000;
const peers = values.peers === undefined ? {} : await installPeers(resolve(values.peers));
const work = mkdtempSync(join(tmpdir(), 'speed-'));
const failed = new Set();
const HEAD = ['document', 'operations', 'run', 'CPU ms', 'lowest', 'peak MB', 'of peer'];

try {
  const { corpus, large, only } = values;
  for (const subject of writeSpeedDocuments(work, { corpus, large, only })) {
    const runs = await repeat(subject);
    const fast = Object.keys(runs).find(isFast);
    const baseline = fast && median(runs[fast].map(({ cpuMs }) => cpuMs));
    const rows = Object.entries(runs).map(([title, measured]) =>
      row(subject, title, measured, baseline),
    );
    // Each as soon as it is there: the whole takes long.
    console.log(`${table([HEAD, ...rows])}\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Every kind of run in turn, so that a busy moment of the machine strikes all of them alike. */
async function repeat({ name, document, changed }) {
  const runs = {};
  const take = (title, usage) => (runs[title] ??= []).push(usage);
  for (let index = 0; index < Number(values.runs); index += 1) {
    const folder = mkdtempSync(join(work, 'run-'));
    const cache = { XDG_CACHE_HOME: join(folder, 'cache') };
    const project = join(folder, 'cold');
    take('cold', await scaffold(document, project, cache));
    take('warm', await scaffold(document, join(folder, 'warm'), cache));
    // What two runs remember of the change must not help one another.
    const other = { XDG_CACHE_HOME: join(folder, 'other-cache') };
    await cp(cache.XDG_CACHE_HOME, other.XDG_CACHE_HOME, { recursive: true });
    take('one operation changed', await scaffold(changed, join(folder, 'changed'), cache));
    take('check', await measureNode([CLI, 'check', project, '--quiet'], { env: other }));
    take(
      'check --full',
      await measureNode([CLI, 'check', project, '--full', '--quiet'], { env: other }),
    );
    take('regenerate, one changed', await regenerate(project, changed, other));
    await takePeers(runs, take, document, folder);
    if (name === 'github') take('tsc of the project', typeCheck(project));
    rmSync(folder, { recursive: true, force: true });
  }
  return runs;
}

/** Those that refuse a document, or need too long, have no row for it. */
async function takePeers(runs, take, document, folder) {
  for (const [name, run] of Object.entries(peers)) {
    if (failed.has(`${name} ${document}`) || runs[name]?.[0].cpuMs > LONG_MS) continue;
    try {
      const output = join(folder, name.replaceAll(/\W+/g, '-'), 'server');
      take(name, await run(document, output, { timeoutMs: Number(values.patience) * 1000 }));
    } catch (error) {
      failed.add(`${name} ${document}`);
      console.error(`${name}: ${basename(document)}: ${error.message.slice(0, 600)}`);
    }
  }
}

function scaffold(document, output, env) {
  const argv = [CLI, document, output, '--yes', '--no-install', '--quiet'];
  return measureNode(argv, { env });
}

/** As after a pull of the document: its pinned copy differs from what the project was made of. */
async function regenerate(project, changed, env) {
  const [pinned] = readdirSync(join(project, 'specs'));
  await cp(changed, join(project, 'next.json'));
  renameSync(join(project, 'next.json'), join(project, 'specs', pinned));
  return measureNode([CLI, 'regenerate', project, '--quiet'], { env });
}

function typeCheck(project) {
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const { status, cpuMs, output } = measureCommand(tsc, ['--noEmit'], { cwd: project });
  if (status !== 0) console.error(`tsc found errors:\n${output.slice(0, 2000)}`);
  return { cpuMs };
}

function row({ name, operations }, title, measured, baseline) {
  const times = measured.map(({ cpuMs }) => cpuMs);
  const peaks = measured.map(({ peakMb }) => peakMb).filter((peak) => peak !== undefined);
  const cpu = median(times);
  return [
    name,
    operations,
    title,
    Math.round(cpu),
    Math.round(Math.min(...times)),
    peaks.length === 0 ? '' : Math.round(median(peaks)),
    baseline === undefined || peaks.length === 0 ? '' : `${(cpu / baseline).toFixed(1)} ×`,
  ];
}
