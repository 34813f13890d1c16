import { describe, expect, it } from 'vitest';
import { readSqlite } from '../../../src/sources/sql/sqlite/read-sqlite.js';
import { runEngine } from '../../../src/sources/sql/sqlite/run-engine.js';

const chain = (length: number): string[] =>
  Array.from({ length }, (_, at) =>
    at === 0
      ? 'CREATE TABLE v0 (pin text)'
      : `CREATE VIEW v${at} AS SELECT *, pin AS c${at} FROM v${at - 1}`,
  );

describe('views over views', () => {
  it.each([
    ['in their order', (statements: string[]) => statements],
    ['the other way round', (statements: string[]) => [...statements].reverse()],
  ])('are read up to a limit, and told beyond it: %s', async (_, order) => {
    const text = order(chain(300)).join(';\n');
    const { model, skipped } = await readSqlite([{ path: 'x.sql', text }]);
    expect(model.tables).toHaveLength(61);
    expect(model.tables.find(({ name }) => name === 'v60')?.columns).toHaveLength(61);
    expect(skipped).toHaveLength(239);
    expect(skipped.find(({ what }) => what === 'CREATE VIEW v61')).toMatchObject({
      reason: 'it stands on more than 60 levels of queries and views',
    });
  });

  it('count the queries within each', async () => {
    const nested = (at: number): string => (at === 0 ? 'a' : `(SELECT * FROM ${nested(at - 1)})`);
    const text = `CREATE TABLE a (id integer); CREATE VIEW v AS SELECT * FROM ${nested(40)};
      CREATE VIEW w AS SELECT * FROM v; CREATE VIEW x AS SELECT id FROM ${nested(30).replace('FROM a', 'FROM v')};
      CREATE VIEW y AS SELECT * FROM z; CREATE VIEW z AS SELECT * FROM y;`;
    const { model, skipped } = await readSqlite([{ path: 'x.sql', text }]);
    expect(model.tables.map(({ name }) => name)).toEqual(['a', 'v', 'w']);
    expect(skipped.map(({ what }) => what)).toEqual([
      'CREATE VIEW x',
      'CREATE VIEW y',
      'CREATE VIEW z',
    ]);
  });

  it('never make the engine forget what it has without a word', async () => {
    const statements = chain(300).map((sql) => ({ sql }));
    await expect(
      runEngine({ path: ':memory:', statements, readOnly: false, timeoutMs: 30_000 }),
    ).rejects.toThrow('the engine cannot tell what it has: v0 is missing');
  });
});
