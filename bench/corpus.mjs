// Takes every document of a corpus through the whole product and prints a table:
//   node bench/corpus.mjs [folder] [--only text] [--most-operations N] [--lanes 2] [--keep]
// For each: scaffold, type-check and build under the project's compiler, start over stdio, tools/list by a 2026-07-28 client and by a
// v1 client, lint of the list, names unique, and a second run that changes nothing. So many documents at a time as there are
// lanes: times are those of a busy machine. Ends with "N passed, N failed".
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  complaintOf,
  inProjectFolder,
  linkPackages,
  openCorpus,
  timed,
  tryAll,
} from './support/corpus.mjs';
import { listTools } from './support/list-tools.mjs';
import { lintToolList } from './support/lint-tool-list.mjs';
import { scaffold } from './support/scaffold.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    'most-operations': { type: 'string', default: 'Infinity' },
    lanes: { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
  },
});
const folder = openCorpus(positionals[0], 'openapi/dev');

/** The entry files that the corpus's MANIFEST.md lists, with their number of operations; null where it calls one broken. */
function readManifest() {
  const rows = readFileSync(join(folder, 'MANIFEST.md'), 'utf8').split('\n');
  return rows
    .filter((row) => /^\| [\w.-]+\.\w+|^\| [\w.-]+\/\S+\.\w+ /.test(row) && !row.includes('| ---'))
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .filter(([, file]) => existsSync(join(folder, file)))
    .map(([, file, , , counts]) => {
      const operations = Number(counts?.split('/')[1]);
      return { file, operations: Number.isFinite(operations) ? operations : null };
    });
}

const cells = (row) =>
  [
    row.file.slice(-42).padEnd(42),
    String(row.operations ?? '-').padStart(6),
    String(row.tools ?? '-').padStart(6),
    String(row.skipped ?? '-').padStart(5),
    String(row.bytes ?? '-').padStart(9),
    `${row.scaffoldMs ?? '-'}`.padStart(7),
    `${row.tscMs ?? '-'}`.padStart(7),
    row.problems.length === 0 ? 'ok' : `FAILED ${row.problems.join('; ').slice(0, 400)}`,
  ].join('  ');

async function tryDocument({ file, operations }) {
  const row = { file, operations, problems: [] };
  return inProjectFolder(row, values, async (dir) => {
    const made = await timed(row, 'scaffoldMs', () => scaffold(join(folder, file), dir));
    row.tools = made.tools;
    row.skipped = made.skipped;
    const again = await scaffold(join(folder, file), undefined);
    if (JSON.stringify(again.files) !== JSON.stringify(made.files))
      row.problems.push('a second run gives other files');
    if (operations !== null && made.tools < operations * 0.99)
      row.problems.push(`${made.tools} tools for ${operations} operations`);
    if (operations !== null && made.tools + made.skipped < operations)
      row.problems.push('operations are missing without a reason');
    linkPackages(dir);
    const complaint = await timed(row, 'tscMs', () => complaintOf(dir, ['--noEmit']));
    if (complaint) row.problems.push(complaint);
    await complaintOf(dir, ['-p', 'tsconfig.build.json']);
    const lists = await listTools(join(dir, 'dist/main.js'), dir);
    for (const { client, tools, error } of lists) {
      if (error) row.problems.push(`${client}: ${error}`);
      else if (tools.length !== made.tools) row.problems.push(`${client}: ${tools.length} tools`);
    }
    const list = lists[0]?.tools ?? [];
    row.bytes = Buffer.byteLength(JSON.stringify({ tools: list }));
    if (row.bytes > 10 * 1024 * 1024) row.problems.push('the list is over 10 MiB');
    row.problems.push(...lintToolList(list).slice(0, 3));
  });
}

const documents = readManifest()
  .filter(({ file }) => values.only === undefined || file.includes(values.only))
  .filter(({ operations }) => (operations ?? 0) <= Number(values['most-operations']));
console.log('document'.padEnd(42), '   ops   tools  skip      bytes  make ms   tsc ms  result');
await tryAll(documents, {
  lanes: values.lanes,
  tryOne: tryDocument,
  print: (row) => console.log(cells(row)),
});
