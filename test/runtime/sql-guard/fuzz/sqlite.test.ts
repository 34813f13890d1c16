import { describe, expect, it } from 'vitest';
import { guard } from '../../../../templates/src/runtime/sql/guard/sqlite.js';
import { runScript } from '../../sql/support/bench.js';
import { sqliteDriver } from '../../sql/support/sqlite-driver.js';
import { guardDatabase, guardScript, WITHOUT_HIDDEN } from '../fixture.js';
import { OPTIONS } from '../run-strings.js';
import { judge } from './judge.js';

describe('the guard of SQLite', () => {
  it('lets nothing pass that reads what is hidden', async () => {
    const [whole, open] = [sqliteDriver(), sqliteDriver()];
    await runScript(whole, guardScript('sqlite'));
    await runScript(open, [...guardScript('sqlite'), ...WITHOUT_HIDDEN]);
    const run = (driver: typeof whole) => (text: string) =>
      driver.read((session) => session.run({ text, values: [] }), OPTIONS);
    const counts = await judge(
      guard,
      guardDatabase('sqlite'),
      {
        session: { run: (statement) => whole.read((it) => it.run(statement), OPTIONS) },
        whole: run(whole),
        open: run(open),
      },
      2_200,
    );
    expect(counts.passed).toBeGreaterThan(300);
    expect(counts.ran).toBeGreaterThan(100);
    await Promise.all([whole.close(), open.close()]);
  }, 120_000);
});
