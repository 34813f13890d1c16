// Takes every document of a corpus through the whole product and prints a table:
//   node bench/corpus.mjs [folder] [--only text] [--most-operations N] [--lanes 2] [--keep]
// For each: scaffold, type-check and build under the project's compiler, start over stdio, tools/list by a 2026-07-28 client and by a
// v1 client, lint of the list, names unique, and a second run that changes nothing. So many documents at a time as there are
// lanes: times are those of a busy machine. Ends with "N passed, N failed".
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { listTools } from './support/list-tools.mjs';
import { lintToolList } from './support/lint-tool-list.mjs';
import { scaffold } from './support/scaffold.mjs';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    'most-operations': { type: 'string', default: 'Infinity' },
    lanes: { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
  },
});
const folder = resolve(positionals[0] ?? join(here, '../../shared/corpus/openapi/dev'));
if (!existsSync(join(folder, 'MANIFEST.md'))) {
  console.log(`no corpus at ${folder}: nothing was tried`);
  process.exit(0);
}

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
  const dir = mkdtempSync(join(tmpdir(), 'corpus-'));
  try {
    const started = Date.now();
    const made = await scaffold(join(folder, file), dir);
    row.scaffoldMs = Date.now() - started;
    row.tools = made.tools;
    row.skipped = made.skipped;
    const again = await scaffold(join(folder, file), undefined);
    if (JSON.stringify(again.files) !== JSON.stringify(made.files))
      row.problems.push('a second run gives other files');
    if (operations !== null && made.tools < operations * 0.99)
      row.problems.push(`${made.tools} tools for ${operations} operations`);
    if (operations !== null && made.tools + made.skipped < operations)
      row.problems.push('operations are missing without a reason');
    symlinkSync(join(here, '../node_modules'), join(dir, 'node_modules'));
    const compileStarted = Date.now();
    const complaints = await tsc(['--noEmit'], dir);
    row.tscMs = Date.now() - compileStarted;
    if (complaints) row.problems.push(`tsc: ${complaints.split('\n').slice(0, 2).join(' ')}`);
    await tsc(['-p', 'tsconfig.build.json'], dir);
    const lists = await listTools(join(dir, 'dist/main.js'), dir);
    for (const { client, tools, error } of lists) {
      if (error) row.problems.push(`${client}: ${error}`);
      else if (tools.length !== made.tools) row.problems.push(`${client}: ${tools.length} tools`);
    }
    const list = lists[0]?.tools ?? [];
    row.bytes = Buffer.byteLength(JSON.stringify({ tools: list }));
    if (row.bytes > 10 * 1024 * 1024) row.problems.push('the list is over 10 MiB');
    row.problems.push(...lintToolList(list).slice(0, 3));
  } catch (error) {
    row.problems.push(
      String(error?.stack ?? error)
        .split('\n')
        .slice(0, 2)
        .join(' '),
    );
  } finally {
    if (!values.keep) rmSync(dir, { recursive: true, force: true });
    else console.error(dir);
  }
  return row;
}

/** What the compiler says against the project in `cwd`; undefined when it is content. */
async function tsc(argv, cwd) {
  const program = join(here, '../node_modules/.bin/tsc');
  return run(program, argv, { cwd, maxBuffer: 2 ** 28 }).then(
    () => undefined,
    (error) => error.stdout || error.message,
  );
}

/** Takes documents as long as there are some; rows appear in the order of the documents. */
async function lane() {
  for (const [index, document] of queue) {
    rows[index] = await tryDocument(document);
    for (; rows[printed] !== undefined; printed += 1) console.log(cells(rows[printed]));
  }
}

const documents = readManifest()
  .filter(({ file }) => values.only === undefined || file.includes(values.only))
  .filter(({ operations }) => (operations ?? 0) <= Number(values['most-operations']));
console.log('document'.padEnd(42), '   ops   tools  skip      bytes  make ms   tsc ms  result');
const queue = documents.entries();
const rows = [];
let printed = 0;
await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
const failed = rows.filter(({ problems }) => problems.length > 0).length;
console.log(`${documents.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
