// What comes out of this generator and of others for the same documents; nothing is asserted.
//   node bench/peers.mjs --peers folder [--only openapi-mcp] [--patience 120] [document …]
// Needs `npm run build` before, and the network once: npm installs the others into the folder. Without documents, those that
// speed is measured with. "same twice": whether a second run gives the same bytes; "longest": lines of the longest source.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { table } from './mock/table.mjs';
import { measureNode } from './support/measured.mjs';
import { installPeers } from './support/peers.mjs';
import { writeSpeedDocuments } from './support/speed-documents.mjs';

const CLI = fileURLToPath(new URL('../bin/create-mcp-server.js', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: 'string' },
    only: { type: 'string' },
    patience: { type: 'string', default: '120' },
  },
});
if (values.peers === undefined) throw new Error('--peers says where the others are installed');
const limits = { timeoutMs: Number(values.patience) * 1000 };
const generators = {
  'create-mcp-server': (document, out) => {
    const env = { XDG_CACHE_HOME: join(dirname(out), 'cache') };
    const argv = [CLI, document, out, '--yes', '--no-install', '--quiet'];
    return measureNode(argv, { ...limits, env });
  },
  ...(await installPeers(resolve(values.peers), { only: values.only })),
};
const work = mkdtempSync(join(tmpdir(), 'peers-'));
const given = positionals.map((path) => ({ name: basename(path), document: resolve(path) }));
const documents = given.length > 0 ? given : writeSpeedDocuments(work);
const rows = [
  ['document', 'generator', 'CPU ms', 'peak MB', 'files', 'kB', 'longest', 'tests', 'same twice'],
];
try {
  for (const { name, document } of documents) {
    for (const [generator, run] of Object.entries(generators)) {
      rows.push([name, generator, ...(await look(document, run))]);
    }
  }
  console.log(table(rows));
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function look(document, run) {
  const folder = mkdtempSync(join(work, 'run-'));
  try {
    // The name of the folder becomes the name of the project: it is the same both times.
    const [first, second] = [join(folder, '1', 'server'), join(folder, '2', 'server')];
    const { cpuMs, peakMb } = await run(document, first, limits);
    await run(document, second, limits);
    const files = texts(first);
    const isSame = JSON.stringify([...files]) === JSON.stringify([...texts(second)]);
    const sources = [...files].filter(([path]) => path.endsWith('.ts'));
    const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    return [
      Math.round(cpuMs),
      Math.round(peakMb),
      files.size,
      Math.round(bytes / 1000),
      Math.max(...sources.map(([, text]) => text.split('\n').length)),
      sources.filter(([path]) => path.endsWith('.test.ts')).length,
      isSame ? 'yes' : 'no',
    ];
  } catch (error) {
    return [error.message.split('\n').slice(0, 3).join(' ').slice(0, 200), ...Array(6).fill('')];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function texts(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile());
  const files = paths.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(files.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]));
}
