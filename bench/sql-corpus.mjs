// Takes every schema of a corpus through the whole product in each profile and prints a table:
//   node bench/sql-corpus.mjs [folder] [--only text] [--profiles typed,hybrid,generic] [--most-tables N] [--tests] [--lanes 2] [--keep]
// For each: scaffold, type-check and build, start over stdio, tools/list by a 2026-07-28 client and by a v1 client, lint of the
// list, list and get on an empty embedded database, and a second run that changes nothing. With --tests instead: the project's
// own tests in the profile that is chosen by size, read-only and read-write. Ends with "N passed, N failed".
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { callListAndGet } from './support/call-list-and-get.mjs';
import {
  complaintOf,
  inProjectFolder,
  linkPackages,
  openCorpus,
  timed,
  tryAll,
} from './support/corpus.mjs';
import { lintToolList } from './support/lint-tool-list.mjs';
import { listTools } from './support/list-tools.mjs';
import { scaffoldDatabase } from './support/scaffold-database.mjs';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    profiles: { type: 'string', default: 'typed,hybrid,generic' },
    'most-tables': { type: 'string', default: 'Infinity' },
    tests: { type: 'boolean', default: false },
    lanes: { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
  },
});
const folder = openCorpus(positionals[0], 'sql');

/** Each schema of the corpus with its number of tables, as the counts beside it say. */
function readSchemas() {
  return ['postgres', 'mysql', 'sqlite'].flatMap((dialect) =>
    readdirSync(join(folder, dialect))
      .filter((file) => file.endsWith('.sql'))
      .map((file) => {
        const truth = join(folder, 'truth', dialect, file.replace(/sql$/, 'json'));
        const tables = existsSync(truth) ? JSON.parse(readFileSync(truth, 'utf8')).tables : 0;
        return { dialect, file: `${dialect}/${file}`, tables: Number(tables) || 0 };
      }),
  );
}

const HEAD = [
  'schema',
  'variant',
  'tables',
  'tools',
  'bytes',
  'calls',
  'make ms',
  'tsc ms',
  'run ms',
];
const WIDTHS = [32, 12, 6, 6, 8, 6, 7, 7, 7];
const line = (texts) =>
  texts
    .map((text, index) =>
      index < 2
        ? String(text ?? '-').padEnd(WIDTHS[index])
        : String(text ?? '-').padStart(WIDTHS[index]),
    )
    .join('  ');
const cells = (row) =>
  `${line([row.file, row.variant, row.tables, row.tools, row.bytes, row.calls, row.makeMs, row.tscMs, row.runMs])}  ` +
  (row.problems.length === 0 ? 'ok' : `FAILED ${row.problems.join('; ').slice(0, 600)}`);

/** Flags of the compiler that put the project's own tests beside it. */
const WITH_TESTS = ['--noEmit', 'false', '--outDir', 'build'];

/** A project in a folder of its own, compiled with its tests. */
async function makeProject(row, { dialect, file }, options, dir) {
  const made = await timed(row, 'makeMs', () =>
    scaffoldDatabase(join(folder, file), { dialect, ...options }, dir),
  );
  const { blueprint } = made;
  row.tables = Object.keys(blueprint.sources[0].database.tables).length;
  row.tools = blueprint.tools.length;
  linkPackages(dir);
  const complaint = await timed(row, 'tscMs', () => complaintOf(dir, WITH_TESTS));
  if (complaint) row.problems.push(complaint);
  return made;
}

async function tryProfile(schema, profile, shared) {
  const row = { file: schema.file, variant: profile, problems: [] };
  return inProjectFolder(row, values, async (dir) => {
    const { blueprint, files } = await makeProject(row, schema, { profile }, dir);
    const again = await scaffoldDatabase(join(folder, schema.file), {
      dialect: schema.dialect,
      profile,
    });
    if (JSON.stringify(again.files) !== JSON.stringify(files)) {
      row.problems.push('a second run gives other files');
    }
    const main = join(dir, 'build/src/main.js');
    await timed(row, 'runMs', async () => {
      row.problems.push(...(await tryLists(row, main, dir, blueprint.tools.length)));
      const address = await emptyDatabase(schema, dir, shared);
      const env = { [blueprint.sources[0].database.env]: address };
      shared.keys ??= keysOf(blueprint);
      const { problems, calls } = await callListAndGet({
        ...{ main, cwd: dir, env, blueprint },
        keys: shared.keys,
      });
      row.calls = calls;
      row.problems.push(...problems.slice(0, 3));
    });
  });
}

async function tryLists(row, main, dir, expected) {
  const problems = [];
  const lists = await listTools(main, dir);
  for (const { client, tools, error } of lists) {
    if (error) problems.push(`${client}: ${error}`);
    else if (tools.length !== expected) problems.push(`${client}: ${tools.length} tools`);
  }
  const list = lists[0]?.tools ?? [];
  row.bytes = Buffer.byteLength(JSON.stringify({ tools: list }));
  return [...problems, ...lintToolList(list).slice(0, 3)];
}

/** One empty database serves all profiles: what it is made of is the same in each. */
async function emptyDatabase(schema, dir, shared) {
  if (shared.address === undefined) {
    const driver = schema.dialect === 'postgres' ? 'pglite' : 'sqlite';
    shared.folder = mkdtempSync(join(tmpdir(), 'sql-corpus-data-'));
    const address = `${driver}:${join(shared.folder, 'db')}`;
    await run(process.execPath, [
      join(here, 'support/make-embedded.mjs'),
      join(dir, 'build/src'),
      address,
    ]);
    shared.address = address;
  }
  return shared.address;
}

/** A key of each table, as the examples of its own tool have it. */
function keysOf({ tools }) {
  return new Map(
    tools
      .filter(({ binding, example }) => binding.action === 'get' && binding.table && example)
      .map(({ binding, example }) => [binding.table, example.key]),
  );
}

async function tryTests(schema, access) {
  const row = { file: schema.file, variant: access, problems: [] };
  return inProjectFolder(row, values, async (dir) => {
    await makeProject(row, schema, { access }, dir);
    const { failures, passed } = await timed(row, 'runMs', () => ownTests(dir));
    row.calls = passed;
    row.problems.push(...failures.slice(0, 4));
  });
}

/** What fails of the project's own tests, and how many pass. */
async function ownTests(dir) {
  const argv = [join(dir, 'build/test/generated/run.js')];
  const options = { cwd: dir, maxBuffer: 2 ** 28, timeout: 600_000 };
  const { stdout, code } = await run(process.execPath, argv, options).catch((error) => error);
  const passed = Number(/^ℹ pass (\d+)/m.exec(stdout)?.[1] ?? 0);
  const end = stdout.slice(stdout.indexOf('✖ failing tests:'));
  const names = [...end.matchAll(/^✖ (.+) \([\d.]+ms\)\n\s+(.+)(?:\n\s+(.+))?/gm)];
  const failures = names.map(([, name, why, more = '']) => `${name}: ${why} ${more}`.slice(0, 250));
  if (code !== undefined && failures.length === 0) failures.push(stdout.slice(-300));
  if (passed === 0) failures.push('no test passed');
  return { failures, passed };
}

async function trySchema(schema) {
  if (values.tests) {
    return [await tryTests(schema, 'read-only'), await tryTests(schema, 'read-write')];
  }
  const shared = {};
  const rows = [];
  try {
    for (const profile of values.profiles.split(',')) {
      rows.push(await tryProfile(schema, profile, shared));
    }
  } finally {
    if (shared.folder) rmSync(shared.folder, { recursive: true, force: true });
  }
  return rows;
}

const schemas = readSchemas()
  .filter(({ file }) => values.only === undefined || file.includes(values.only))
  .filter(({ tables }) => tables <= Number(values['most-tables']));
console.log(line(HEAD.with(5, values.tests ? 'passed' : 'calls')), ' result');
await tryAll(schemas, {
  lanes: values.lanes,
  tryOne: trySchema,
  print: (row) => console.log(cells(row)),
});
