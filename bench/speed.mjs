// CPU time and peak memory of scaffolding, through the real command line in a process of its own; nothing is asserted.
//   node bench/speed.mjs [--peers] [--large] [--runs 3] [--only github] [--corpus folder]
// Needs `npm run build` before. Side by side with openapi-mcp-generator with --peers, which npm installs on first use;
// --large adds Microsoft Graph. Without the corpus, synthetic documents of the same numbers of operations are taken.
import { mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { table } from './mock/table.mjs';
import { measureCommand, measureNode, median } from './support/measured.mjs';
import { installPeer, PEER } from './support/peer.mjs';
import { writeSpeedDocuments } from './support/speed-documents.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const CLI = join(ROOT, 'bin/create-mcp-server.js');
const { values } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    corpus: { type: 'string' },
  },
});
const peer = values.peers ? await installPeer() : undefined;
const work = mkdtempSync(join(tmpdir(), 'speed-'));
const rows = [['document', 'operations', 'run', 'CPU ms', 'lowest', 'peak MB', 'of peer']];

try {
  const { corpus, large, only } = values;
  for (const subject of writeSpeedDocuments(work, { corpus, large, only })) {
    const runs = await repeat(subject);
    const baseline = runs[PEER] && median(runs[PEER].map(({ cpuMs }) => cpuMs));
    for (const [title, measured] of Object.entries(runs)) {
      rows.push(row(subject, title, measured, baseline));
    }
  }
  console.log(table(rows));
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
    take('one operation changed', await scaffold(changed, join(folder, 'changed'), cache));
    take('regenerate, one changed', await regenerate(project, changed, cache));
    if (peer) await takePeer(take, document, join(folder, 'peer'));
    if (name === 'github') take('tsc of the project', typeCheck(project));
    rmSync(folder, { recursive: true, force: true });
  }
  return runs;
}

/** Documents that the other generator refuses have no row for it. */
async function takePeer(take, document, output) {
  try {
    take(PEER, await measureNode(peer(document, output)));
  } catch (error) {
    console.error(`${PEER}: ${error.message.slice(0, 300)}`);
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
