import { PGlite } from '@electric-sql/pglite';
import { describe, expect, it } from 'vitest';
import type { SqlCell, SqlRows, SqlText } from '../../../../templates/src/runtime/sql/driver.js';
import { guard } from '../../../../templates/src/runtime/sql/guard/postgres.js';
import { guardDatabase, guardScript, WITHOUT_HIDDEN } from '../fixture.js';
import { judge } from './judge.js';

describe('the guard of PostgreSQL', () => {
  it('lets nothing pass that reads what is hidden', async () => {
    const [whole, open] = [await PGlite.create(), await PGlite.create()];
    await whole.exec(guardScript('postgres').join(';'));
    await open.exec([...guardScript('postgres'), ...WITHOUT_HIDDEN].join(';'));
    const run =
      (database: PGlite) =>
      async ({ text, values }: SqlText): Promise<SqlRows> => {
        const options = { rowMode: 'array' } as const;
        const { fields, rows } = await database.query<SqlCell[]>(text, [...values], options);
        return { columns: fields.map(({ name }) => name), rows, changes: 0, truncated: false };
      };
    const counts = await judge(
      guard,
      guardDatabase('postgres'),
      {
        session: { run: run(whole) },
        whole: (text) => run(whole)({ text, values: [] }),
        open: (text) => run(open)({ text, values: [] }),
      },
      900,
    );
    expect(counts.passed).toBeGreaterThan(100);
    expect(counts.ran).toBeGreaterThan(50);
    await Promise.all([whole.close(), open.close()]);
  }, 240_000);
});
