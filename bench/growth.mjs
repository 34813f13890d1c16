// How CPU time and memory of scaffolding grow with the number of operations; nothing is asserted.
//   node bench/growth.mjs [--sizes 10,100,1000,10000] [--runs 2]
// Needs `npm run build` before. Synthetic documents, which differ in size alone, without a cache: "ms each" flat is linear.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { table } from './mock/table.mjs';
import { measureNode, median } from './support/measured.mjs';
import { syntheticDocument } from './support/synthetic-document.mjs';

const CLI = fileURLToPath(new URL('../bin/create-mcp-server.js', import.meta.url));
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10,100,1000,10000' },
    runs: { type: 'string', default: '2' },
  },
});
const work = mkdtempSync(join(tmpdir(), 'growth-'));
const rows = [['operations', 'CPU ms', 'ms each', 'peak MB']];
try {
  // What a start costs, whatever is made.
  const start = await measureNode([CLI, '--version']);
  rows.push([0, Math.round(start.cpuMs), '', Math.round(start.peakMb)]);
  for (const size of values.sizes.split(',').map(Number)) rows.push(await grow(size));
  console.log(table(rows));
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function grow(size) {
  const document = join(work, `operations-${size}.json`);
  writeFileSync(document, JSON.stringify(syntheticDocument(size)));
  const measured = [];
  for (let run = 0; run < Number(values.runs); run += 1) {
    const folder = mkdtempSync(join(work, 'run-'));
    const argv = [CLI, document, join(folder, 'server'), '--yes', '--no-install', '--quiet'];
    const env = { XDG_CACHE_HOME: join(folder, 'cache') };
    measured.push(await measureNode(argv, { env }));
    rmSync(folder, { recursive: true, force: true });
  }
  const cpuMs = median(measured.map((usage) => usage.cpuMs));
  const peakMb = median(measured.map((usage) => usage.peakMb));
  return [size, Math.round(cpuMs), (cpuMs / size).toFixed(2), Math.round(peakMb)];
}
