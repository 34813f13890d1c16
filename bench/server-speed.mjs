// What emitted servers cost at 10, 100 and 1,000 tools; nothing is asserted.
//   node bench/server-speed.mjs [--sizes 10,100,1000] [--runs 5] [--calls 2000]
// Needs `npm run build` before. Cold start: from nothing to the first tools/list over stdio. Calls: tools/call over HTTP by
// 8 clients of protocol 2026-07-28 that keep their connections, against a local API in another process.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { emitProject } from './mock/emitted.mjs';
import { table } from './mock/table.mjs';
import { measureNode, median } from './support/measured.mjs';
import { measureColdStart, startMeasuredServer } from './support/measured-server.mjs';
import { syntheticDocument } from './support/synthetic-document.mjs';

const CLIENTS = 8;
const WARM_UP = 500;
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,100,1000' },
    runs: { type: 'string', default: '5' },
    calls: { type: 'string', default: '2000' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const work = mkdtempSync(join(tmpdir(), 'server-speed-'));
const upstream = fork(fileURLToPath(new URL('support/upstream.mjs', import.meta.url)), {
  silent: true,
});
const projects = [];

try {
  const [server] = await once(upstream.stdout.setEncoding('utf8'), 'data');
  for (const size of sizes) projects.push(await emit(size, server.trim()));
  const empty = join(work, 'empty.mjs');
  writeFileSync(empty, '');
  const bare = await measureNode([empty]);
  console.log(`an empty program: ${Math.round(bare.cpuMs)} ms of CPU, ${mb(bare.peakMb)}\n`);
  console.log(`${table(await coldStarts())}\n`);
  console.log(table(await manyCalls()));
} finally {
  upstream.disconnect();
  for (const { project } of projects) await project.remove();
  rmSync(work, { recursive: true, force: true });
}

async function emit(size, server) {
  const document = syntheticDocument(size, { server });
  const file = join(work, `tools-${size}.json`);
  writeFileSync(file, JSON.stringify(document));
  const ids = Object.values(document.paths).flatMap((item) => item.get?.operationId ?? []);
  const gets = ids.filter((id) => id.endsWith('_get'));
  const step = Math.max(1, Math.floor(gets.length / 10));
  // A few of them, as models call them, from all over the list.
  const called = gets.filter((_, index) => index % step === 0).slice(0, 10);
  return { size, called, project: await emitProject(file) };
}

async function coldStarts() {
  const runs = new Map(projects.map(({ size }) => [size, []]));
  for (let run = 0; run < Number(values.runs); run += 1) {
    for (const { size, project } of projects) {
      runs.get(size).push(await measureColdStart(project));
    }
  }
  const rows = [['tools', 'list kB', 'CPU ms', 'of first', 'wall ms', 'RSS']];
  const middle = (size, key) => median(runs.get(size).map((usage) => usage[key]));
  for (const size of sizes) {
    const ratio = middle(size, 'cpuMs') / middle(sizes[0], 'cpuMs');
    rows.push([
      runs.get(size)[0].tools,
      Math.round(runs.get(size)[0].bytes / 1000),
      Math.round(middle(size, 'cpuMs')),
      times(ratio),
      Math.round(middle(size, 'wallMs')),
      mb(middle(size, 'rssMb')),
    ]);
  }
  return rows;
}

async function manyCalls() {
  const rows = [['tools', 'calls', 'CPU ms per call', 'of first', 'calls per second', 'RSS']];
  let first;
  for (const { size, called, project } of projects) {
    const server = await startMeasuredServer(project);
    try {
      await callAll(server, called, WARM_UP);
      const before = await server.usage();
      const started = performance.now();
      await callAll(server, called, Number(values.calls));
      const seconds = (performance.now() - started) / 1000;
      const { cpuMs, rssMb } = await server.usage();
      const each = (cpuMs - before.cpuMs) / Number(values.calls);
      first ??= each;
      const rate = Math.round(Number(values.calls) / seconds);
      rows.push([
        size,
        Number(values.calls),
        each.toFixed(2),
        times(each / first),
        rate,
        mb(rssMb),
      ]);
    } finally {
      await server.stop();
    }
  }
  return rows;
}

async function callAll(server, called, calls) {
  let next = 0;
  const client = async () => {
    while (next < calls) {
      const name = called[next++ % called.length];
      await server.call(name, { [name.replace(/get$/, 'id')]: 'a1' });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

function times(ratio) {
  return `${ratio.toFixed(2)} ×`;
}

function mb(megabytes) {
  return `${Math.round(megabytes)} MB`;
}
