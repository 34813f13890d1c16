// Emitted servers against mocks of their own documents: valid arguments must get no 4xx.
//   node bench/mock.mjs [--seconds 90] [--calls 200] [--verbose] [document or folder …]
// Needs `npm run build` before, and the network once, to install prism. Without arguments: the fixtures and, where it is
// there, every document of the corpus below 1.5 MB that has examples. Exit code 1 when a request was found wrong (4xx); `none`
// are right requests for which the document has no answer.
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { callExamples } from './mock/call-examples.mjs';
import { table } from './mock/table.mjs';

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));
const CORPUS = fileURLToPath(new URL('../../shared/corpus/openapi/dev', import.meta.url));
const MAX_BYTES = 1_500_000;
const KINDS = ['2xx', '4xx', 'none', 'refused', 'other'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '90' },
    calls: { type: 'string', default: '200' },
    verbose: { type: 'boolean', default: false },
  },
});
const options = { seconds: Number(values.seconds), calls: Number(values.calls) };
const documents =
  positionals.length > 0 ? await found(positionals) : await found([FIXTURES, CORPUS]);

const rows = [['document', 'tools', 'examples', 'called', ...KINDS, 'share of 2xx']];
const totals = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
const misses = [];
for (const document of documents) rows.push(await row(document));
console.log(table(rows));
printMisses();
const called = KINDS.reduce((sum, kind) => sum + totals[kind], 0);
console.log(
  `\n${documents.length} documents, ${called} calls: ` +
    KINDS.map((kind) => `${totals[kind]} ${kind}`).join(', ') +
    ` (${share(totals['2xx'], called)})`,
);
process.exitCode = totals['4xx'] > 0 ? 1 : 0;

async function row(document) {
  const name = join(basename(dirname(document)), basename(document));
  try {
    const { tools, examples, outcomes, cut } = await callExamples(document, options);
    const counts = KINDS.map((kind) => outcomes.filter((outcome) => outcome.kind === kind).length);
    KINDS.forEach((kind, index) => (totals[kind] += counts[index]));
    for (const outcome of outcomes) {
      if (outcome.kind !== '2xx') misses.push({ document: name, ...outcome });
    }
    process.stderr.write(`${name}: ${counts[0]} of ${outcomes.length}\n`);
    const part = share(counts[0], outcomes.length) + (cut ? ', cut' : '');
    return [name, tools, examples, outcomes.length, ...counts, part];
  } catch (error) {
    const why = error.message.split('\n')[0].slice(0, 120);
    process.stderr.write(`${name}: ${why}\n`);
    return [name, 0, 0, 0, ...KINDS.map(() => 0), why];
  }
}

/** Misses of one document by reason, digits and names left out of the comparison. */
function printMisses() {
  const groups = new Map();
  for (const { document, kind, reason, tool } of misses) {
    const key = `${document}  ${kind}  ${reason.replace(/\d{4,}|Reference: \w+/g, '…')}`;
    groups.set(key, [...(groups.get(key) ?? []), tool]);
  }
  for (const [key, tools] of groups) {
    const shown = values.verbose ? tools : tools.slice(0, 3);
    const more = tools.length > shown.length ? ` and ${tools.length - shown.length} more` : '';
    console.log(`\n${key.slice(0, 500)}\n    ${shown.join(', ')}${more}`);
  }
}

function share(part, whole) {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** Documents among files and folders; in folders, those that are small and have examples. */
async function found(paths) {
  const lists = await Promise.all(
    paths.map(async (path) => {
      const info = await stat(path).catch(() => undefined);
      if (info === undefined) return [];
      return info.isDirectory() ? withExamples(path) : [path];
    }),
  );
  return lists.flat();
}

async function withExamples(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map(({ name }) => join(folder, name));
  const nested = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name, 'openapi.yaml'));
  const chosen = [];
  for (const file of [...files, ...nested].sort()) {
    const info = await stat(file).catch(() => undefined);
    if (info === undefined || info.size > MAX_BYTES) continue;
    const text = await readFile(file, 'utf8');
    if (/["']?(openapi|swagger)["']?\s*:/.test(text) && /["']?examples?["']?\s*:/.test(text)) {
      chosen.push(file);
    }
  }
  return chosen;
}
