// What every SQL schema of the corpus is read as, against what a real server made of it.
// node bench/sql-truth.mjs [--fast] [dialect] [file …]: a line per file, then every difference with its reason. Exit code 1
// where a difference has none. With --fast PostgreSQL alone, by the reader that only parses; the last column says whether its
// whole model is that of the exact reader, text by text. Needs dist/ (npm run build).
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { countModel } from './support/count-model.mjs';
import { EXPLAINED } from './support/sql-truth-explained.mjs';

const corpus = fileURLToPath(new URL('../../shared/corpus/sql', import.meta.url));
const fast = process.argv.includes('--fast');
const [only = fast ? 'postgres' : undefined, ...names] = process.argv
  .slice(2)
  .filter((argument) => argument !== '--fast');
const exactPostgres = ['postgres/read-postgres.js', 'readPostgres'];
const readers = {
  postgres: fast ? ['postgres/parsed/read-parsed.js', 'readParsed'] : exactPostgres,
  mysql: ['mysql/read-mysql.js', 'readMysql'],
  sqlite: ['sqlite/read-sqlite.js', 'readSqlite'],
};
if (!existsSync(corpus)) {
  console.log(`no corpus at ${corpus}: nothing to compare`);
  process.exit(0);
}

const differences = [];
let equal = 0;
let files = 0;
console.log(`${'file'.padEnd(32)} tables columns   fk  skipped  findings   cpu s   wall s  equal`);
for (const [dialect, [module, reader]] of Object.entries(readers)) {
  if (only !== undefined && only !== dialect) continue;
  const read = await readerOf(module, reader);
  if (!read) {
    console.log(`${dialect}: no reader yet`);
    continue;
  }
  for (const entry of readdirSync(`${corpus}/${dialect}`).sort()) {
    const name = entry.replace(/\.sql$/, '');
    if (names.length > 0 && !names.includes(name)) continue;
    await compare(dialect, name, read);
  }
}

async function readerOf(module, name) {
  const path = new URL(`../dist/sources/sql/${module}`, import.meta.url);
  return existsSync(path) ? (await import(path.href))[name] : undefined;
}

/** What differs between the models of both readers, part by part. */
async function againstExact(files, model) {
  const read = await readerOf(...exactPostgres);
  const { model: exact } = await read(files, {});
  const parts = new Set();
  const walk = (one, other, path) => {
    if (isDeepStrictEqual(one, other)) return;
    const isTree = (value) => typeof value === 'object' && value !== null;
    const isList = Array.isArray(one) && Array.isArray(other);
    if (!isTree(one) || !isTree(other) || (isList && one.length !== other.length)) {
      parts.add(path);
      return;
    }
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      walk(one[key], other[key], isList ? path : path === '' ? key : `${path}.${key}`);
    }
  };
  walk(exact, model, '');
  return parts.size === 0 ? '  same model' : `  differs in ${[...parts].join(', ')}`;
}

async function compare(dialect, name, read) {
  files++;
  const text = readFileSync(`${corpus}/${dialect}/${name}.sql`, 'utf8');
  const truth = JSON.parse(readFileSync(`${corpus}/truth/${dialect}/${name}.json`, 'utf8'));
  const cpu = process.cpuUsage();
  const start = performance.now();
  const sources = [{ path: `${name}.sql`, text }];
  const { model, skipped, findings } = await read(sources, {});
  const wall = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const counts = countModel(model);
  const wrong = Object.keys(counts).filter(
    (metric) => typeof truth[metric] === 'number' && truth[metric] !== counts[metric],
  );
  for (const metric of wrong) {
    const reasons = EXPLAINED[`${dialect}/${name}`];
    const reason = reasons?.[metric] ?? reasons?.['*'];
    differences.push({
      file: `${dialect}/${name}`,
      metric,
      truth: truth[metric],
      ours: counts[metric],
      reason,
    });
  }
  const compared = Object.keys(counts).filter((metric) => typeof truth[metric] === 'number').length;
  if (wrong.length === 0) equal++;
  const columns = [counts.tables, counts.columns, counts.fk].map((count, index) =>
    String(count).padStart([6, 7, 4][index]),
  );
  const times = [(user + system) / 1e6, wall].map((seconds) => seconds.toFixed(2).padStart(8));
  console.log(
    `${`${dialect}/${name}`.padEnd(32)} ${columns.join(' ')} ${String(skipped.length).padStart(8)} ${String(findings.length).padStart(9)} ${times.join(' ')}  ${compared - wrong.length}/${compared}${fast ? await againstExact(sources, model) : ''}`,
  );
  if (process.env.VERBOSE) {
    for (const { what, reason, origin } of skipped)
      console.log(`    skipped ${origin.position?.line}: ${what}: ${reason}`);
    for (const { code, message, origin } of findings)
      console.log(`    ${code} ${origin?.position?.line}: ${message}`);
  }
}

const unexplained = differences.filter(({ reason }) => reason === undefined);
console.log(`\n${equal} of ${files} files equal on every count`);
for (const { file, metric, truth, ours, reason } of differences) {
  console.log(
    `${file.padEnd(32)} ${metric.padEnd(15)} truth ${String(truth).padStart(5)}  ours ${String(ours).padStart(5)}  ${reason ?? 'NOT EXPLAINED'}`,
  );
}
console.log(
  `${files - new Set(unexplained.map(({ file }) => file)).size} passed, ${new Set(unexplained.map(({ file }) => file)).size} failed`,
);
process.exit(unexplained.length > 0 ? 1 : 0);
