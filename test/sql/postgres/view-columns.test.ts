import { describe, expect, it } from 'vitest';
import { read, readFast, table } from '../support/postgres-reading.js';
import { ruleColumns } from '../../../src/sources/sql/postgres/rule-columns.js';

const SCHEMA = `
  CREATE TABLE a (id integer, pin text); CREATE TABLE b (id integer, code text);
  CREATE VIEW v AS WITH u AS (SELECT pin FROM a UNION SELECT code FROM b) SELECT b.id, u.pin AS shown FROM u, b;
  CREATE VIEW w AS SELECT id, upper(shown) AS shown FROM v;
  CREATE VIEW x AS SELECT shown AS again FROM v UNION SELECT code FROM b;`;

describe('columns of views', () => {
  it.each([
    ['exactly', read],
    ['fast', readFast],
  ])(
    'are those that a UNION inside WITH gives them, at whatever place, read %s',
    async (_, how) => {
      const reading = await how(SCHEMA);
      const shows = (view: string): unknown[] =>
        table(reading, view).columns.map((column) => [
          column.name,
          column.shows?.map((one) => `${one.table}.${one.column}`),
        ]);
      expect(shows('v')).toEqual([
        ['id', ['b.id']],
        ['shown', ['a.pin', 'b.code']],
      ]);
      expect(shows('w')).toEqual([
        ['id', ['b.id']],
        ['shown', undefined],
      ]);
      expect(shows('x')).toEqual([['again', ['b.code', 'a.pin']]]);
    },
  );

  it('of a UNION of thousands are known', async () => {
    const parts = Array.from({ length: 2_000 }, () => 'SELECT pin FROM a').join(' UNION ALL ');
    const reading = await read(`CREATE TABLE a (pin text); CREATE VIEW many AS ${parts};`);
    expect(table(reading, 'many').columns.map(({ shows }) => shows)).toEqual([
      [{ schema: 'public', table: 'a', column: 'pin' }],
    ]);
  });

  it('of views over views that grow by one each are all known', async () => {
    const views = Array.from({ length: 100 }, (_, at) =>
      at === 0
        ? 'CREATE TABLE v0 (pin text);'
        : `CREATE VIEW v${at} AS SELECT *, pin AS c${at} FROM v${at - 1};`,
    );
    const last = table(await read(views.join('\n')), 'v99').columns;
    expect(last).toHaveLength(100);
    expect(new Set(last.flatMap(({ shows = [] }) => shows.map((one) => one.table)))).toEqual(
      new Set(['v0']),
    );
  });
});

it('a rule that is none says nothing', () => {
  expect(ruleColumns('')).toEqual(new Map());
  expect(ruleColumns('({QUERY :targetList ({TARGETENTRY')).toEqual(new Map());
});
