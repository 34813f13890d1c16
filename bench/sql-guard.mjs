// The guard of free queries: how many statements its tables have, how many it refuses by itself (no database behind it), and
// what it costs. node bench/sql-guard.mjs [--list]: with --list every statement with what became of it. Exit code 1 where a good
// one is refused. What the statements do to real servers is tested in test/runtime/sql-guard.
import '../test/support/typescript-loader.mjs';

const guardFile = (name) => import(`../templates/src/runtime/sql/guard/${name}.ts`);
const testFile = (name) => import(`../test/runtime/sql-guard/${name}.ts`);
const { guardDatabase } = await testFile('fixture');
const ROUNDS = 20;

const nothing = { columns: [], rows: [], changes: 0, truncated: false };
/** A database that answers with nothing. */
const session = {
  run: async ({ text }) =>
    text.includes('sql_mode') ? { ...nothing, rows: [['', 'shop']] } : nothing,
};

let wrong = 0;
console.log('dialect    good  refused   bad  refused by the guard   median ms   p95 ms');
for (const dialect of ['postgres', 'mysql', 'sqlite']) {
  const { guard } = await guardFile(dialect);
  const strings = await testFile(`strings/${dialect}`);
  const [good, bad] = ['GOOD', 'BAD'].map((kind) => strings[`${dialect.toUpperCase()}_${kind}`]);
  const database = guardDatabase(dialect);
  const check = (sql) => guard({ sql, parameters: 0, database }, session);
  const outcomes = async (all) => {
    const lines = [];
    for (const sql of all) {
      const why = await check(sql).then(
        () => undefined,
        (error) => error.message,
      );
      lines.push({ sql, why });
    }
    return lines;
  };
  const [ofGood, ofBad] = [await outcomes(good), await outcomes(bad)];
  const refused = (lines) => lines.filter(({ why }) => why !== undefined).length;
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const sql of good) {
      const start = performance.now();
      await check(sql).catch(() => undefined);
      times.push(performance.now() - start);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)].toFixed(2);
  console.log(
    [
      dialect.padEnd(8),
      String(good.length).padStart(6),
      String(refused(ofGood)).padStart(8),
      String(bad.length).padStart(5),
      String(refused(ofBad)).padStart(21),
      at(0.5).padStart(11),
      at(0.95).padStart(8),
    ].join(' '),
  );
  wrong += refused(ofGood);
  if (process.argv.includes('--list')) {
    for (const { sql, why } of [...ofGood, ...ofBad]) {
      console.log(`  ${JSON.stringify(sql)}\n    ${why ?? 'runs as a read of visible columns'}`);
    }
  }
}
process.exitCode = wrong > 0 ? 1 : 0;
