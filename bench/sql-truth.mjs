// What every SQL schema of the corpus is read as, against what a real server made of it.
// node bench/sql-truth.mjs [dialect] [file …]: a line per file, then every difference with its reason. Exit code 1 where a
// difference has none. Needs dist/ (npm run build).
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { countModel } from './support/count-model.mjs';
import { EXPLAINED } from './support/sql-truth-explained.mjs';

const corpus = fileURLToPath(new URL('../../shared/corpus/sql', import.meta.url));
const readers = {
  postgres: ['postgres/read-postgres.js', 'readPostgres'],
  mysql: ['mysql/read-mysql.js', 'readMysql'],
  sqlite: ['sqlite/read-sqlite.js', 'readSqlite'],
};
if (!existsSync(corpus)) {
  console.log(`no corpus at ${corpus}: nothing to compare`);
  process.exit(0);
}

const [only, ...names] = process.argv.slice(2);
const differences = [];
let equal = 0;
let files = 0;
console.log(`${'file'.padEnd(32)} tables columns   fk  skipped  findings   cpu s   wall s  equal`);
for (const [dialect, [module, reader]] of Object.entries(readers)) {
  if (only !== undefined && only !== dialect) continue;
  const path = new URL(`../dist/sources/sql/${module}`, import.meta.url);
  if (!existsSync(path)) {
    console.log(`${dialect}: no reader yet`);
    continue;
  }
  const { [reader]: read } = await import(path.href);
  for (const entry of readdirSync(`${corpus}/${dialect}`).sort()) {
    const name = entry.replace(/\.sql$/, '');
    if (names.length > 0 && !names.includes(name)) continue;
    await compare(dialect, name, read);
  }
}

async function compare(dialect, name, read) {
  files++;
  const text = readFileSync(`${corpus}/${dialect}/${name}.sql`, 'utf8');
  const truth = JSON.parse(readFileSync(`${corpus}/truth/${dialect}/${name}.json`, 'utf8'));
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { model, skipped, findings } = await read([{ path: `${name}.sql`, text }], {});
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
    `${`${dialect}/${name}`.padEnd(32)} ${columns.join(' ')} ${String(skipped.length).padStart(8)} ${String(findings.length).padStart(9)} ${times.join(' ')}  ${compared - wrong.length}/${compared}`,
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
