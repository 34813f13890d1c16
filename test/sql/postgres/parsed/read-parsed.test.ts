import { describe, expect, it } from 'vitest';
import { readParsed } from '../../../../src/sources/sql/postgres/parsed/read-parsed.js';
import { readFast, table, tableNames } from '../../support/postgres-reading.js';

describe('what one statement makes', () => {
  it.each([
    ['ADD d integer', ['a', 'b', 'c', 'd']],
    ['DROP b', ['a', 'c']],
    ['RENAME b TO z', ['a', 'z', 'c']],
    ['ADD IF NOT EXISTS b text', ['a', 'b', 'c']],
    ['DROP IF EXISTS q', ['a', 'b', 'c']],
  ])('ALTER TABLE t %s', async (change, columns) => {
    const reading = await readFast(
      `CREATE TABLE t (a integer, b text, c date); ALTER TABLE t ${change};`,
    );
    expect(reading.findings).toEqual([]);
    expect(table(reading, 't').columns.map(({ name }) => name)).toEqual(columns);
  });

  it.each([
    ['varchar(12)', { kind: 'text', sql: 'character varying(12)', length: 12 }],
    ['char', { kind: 'text', sql: 'character(1)', length: 1 }],
    ['decimal(7)', { kind: 'decimal', sql: 'numeric(7,0)', precision: 7, scale: 0 }],
    ['float(20)', { kind: 'float', sql: 'real' }],
    ['time(3)', { kind: 'time', sql: 'time(3) without time zone' }],
    ['_text', { kind: 'array', sql: 'text[]', element: { kind: 'text', sql: 'text' } }],
    ['bit varying(5)', { kind: 'other', sql: 'bit varying(5)', length: 5 }],
    ['interval minute to second(2)', { kind: 'interval', sql: 'interval minute to second(2)' }],
    ['t.a%TYPE', { kind: 'bigint', sql: 'bigint' }],
  ])('a column of type %s', async (written, type) => {
    const sql = written.includes('%')
      ? `CREATE TABLE t (a bigint); CREATE FUNCTION f(x ${written}) RETURNS int LANGUAGE sql AS 'SELECT 1';`
      : `CREATE TABLE t (a ${written});`;
    const reading = await readFast(sql);
    const [routine] = reading.model.functions;
    expect(routine?.arguments[0]?.type ?? table(reading, 't').columns[0]?.type).toEqual(type);
  });

  it('drops with CASCADE what depends, and nothing at all without', async () => {
    const made = `CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (a integer REFERENCES a);
      CREATE VIEW c AS SELECT id FROM a; CREATE VIEW d AS SELECT id FROM c;`;
    const kept = await readFast(`${made} DROP TABLE a;`);
    expect(tableNames(kept)).toEqual(['a', 'b', 'c', 'd']);
    const dropped = await readFast(`${made} DROP TABLE a CASCADE;`);
    expect(tableNames(dropped)).toEqual(['b']);
    expect(table(dropped, 'b').foreignKeys).toEqual([]);
  });

  it('follows the search path, also for the length of a transaction', async () => {
    const { model } = await readFast(`CREATE SCHEMA s; CREATE SCHEMA u;
      BEGIN; SET LOCAL search_path TO s, public; CREATE TABLE one (id integer); COMMIT;
      CREATE TABLE two (id integer);
      SELECT pg_catalog.set_config('search_path', '"u"', false); CREATE TABLE three (id integer);`);
    expect(model.tables.map(({ schema, name }) => `${schema}.${name}`)).toEqual([
      'public.two',
      's.one',
      'u.three',
    ]);
  });
});

it('columns of views are known by what they show, through other views', async () => {
  const reading = await readFast(`CREATE TABLE a (id integer, pin text); CREATE TABLE b (pin text);
    CREATE VIEW u AS SELECT pin AS x FROM a UNION SELECT pin FROM b;
    CREATE VIEW v AS SELECT s.x AS code, upper(s.x) AS loud FROM (SELECT * FROM u) s;`);
  const of = (name: string): object => ({ schema: 'public', table: name, column: 'pin' });
  expect(table(reading, 'v').columns.map(({ name, shows }) => [name, shows])).toEqual([
    ['code', [of('a'), of('b')]],
    ['loud', undefined],
  ]);
});

describe('what nobody would write', () => {
  it.each([
    ['deep', `CREATE TABLE a (x integer CHECK (x > ${'1 + '.repeat(50_000)}1));`],
    ['itself', 'CREATE TABLE a (id integer) INHERITS (a); CREATE VIEW v AS SELECT * FROM v;'],
  ])('costs its own statement: %s', async (_, sql) => {
    const reading = await readFast(`${sql} CREATE TABLE good (id integer);`);
    expect(tableNames(reading)).toEqual(['good']);
    expect(reading.skipped[0]?.what).toMatch(/^CREATE TABLE a/);
  });

  it('views over views in ever more ways are known by each column once, however deep', async () => {
    const union = (from: string): string =>
      Array(4).fill(`SELECT pin FROM ${from}`).join(' UNION ');
    const views = Array.from({ length: 24 }, (_, at) =>
      at === 0 ? 'CREATE TABLE v0 (pin text);' : `CREATE VIEW v${at} AS ${union(`v${at - 1}`)};`,
    );
    const reading = await readFast(views.join('\n'));
    expect(table(reading, 'v23').columns.map(({ shows }) => shows)).toEqual([
      [{ schema: 'public', table: 'v0', column: 'pin' }],
    ]);
  });

  it.each([
    ['columns twice again and again', 'SELECT * FROM', 'it has more columns than a query can'],
    ['queries twice again and again', 'SELECT 1 FROM', 'its queries are too many'],
  ])('a view with %s', async (_, select, why) => {
    const nested =
      select === 'SELECT * FROM'
        ? Array.from(
            { length: 30 },
            (_, at) => `q${at} AS (${select} ${from(at)} a, ${from(at)} b)`,
          )
        : [`q29 AS (${recursive(30)})`];
    const reading = await readFast(
      `CREATE TABLE good (id integer); CREATE VIEW v AS WITH ${nested.join()} SELECT 1 AS one FROM q29;`,
    );
    expect(tableNames(reading)).toEqual(['good']);
    expect(JSON.stringify(reading.skipped)).toContain(why);
  });

  it('a domain over domains without end is one of a kind that is not known', async () => {
    const domains = Array.from(
      { length: 4_000 },
      (_, at) => `CREATE DOMAIN d${at} AS ${at === 0 ? 'integer' : `d${at - 1}`};`,
    );
    const reading = await readFast(`${domains.join('')} CREATE TABLE t (near d9, far d3999);`);
    expect(table(reading, 't').columns.map(({ type }) => type.kind)).toEqual(['integer', 'other']);
  });

  it('heirs of each other are refused', async () => {
    const reading = await readFast(`CREATE TABLE a (id integer); CREATE TABLE b (id integer);
      ALTER TABLE a INHERIT b; ALTER TABLE b INHERIT a; ALTER TABLE a ALTER id SET NOT NULL;`);
    expect(reading.findings.map(({ message }) => message)).toEqual([
      'ALTER TABLE b could not be used: circular inheritance not allowed',
    ]);
    expect(table(reading, 'a').columns[0]?.nullable).toBe(false);
    expect(table(reading, 'b').inherits).toBeUndefined();
  });

  it('names of what every object has are names', async () => {
    const reading = await readFast(`CREATE TYPE "valueOf" AS ENUM ('a');
      CREATE TABLE "constructor" ("__proto__" integer PRIMARY KEY, "toString" "valueOf", "has" "hasOwnProperty");`);
    expect(
      table(reading, 'constructor').columns.map(({ name, type }) => [name, type.kind]),
    ).toEqual([
      ['__proto__', 'integer'],
      ['toString', 'enum'],
      ['has', 'other'],
    ]);
  });
});

describe('what takes too long', () => {
  const files = [
    { path: '1.sql', text: 'CREATE TABLE a (id integer); CREATE VIEW v AS SELECT id FROM a;' },
  ];

  it('in all is refused', async () => {
    await expect(readParsed(files, { timeoutMs: 0 })).rejects.toThrow('took longer than 0 s');
  });

  it('in one statement is left out', async () => {
    const reading = await readParsed(files, { statementTimeoutMs: 0 });
    expect(tableNames(reading)).toEqual(['a']);
    expect(reading.skipped).toMatchObject([
      { what: 'CREATE VIEW v', reason: 'ran longer than 0 s' },
    ]);
  });
});

it('a typed table with a column that its type does not have is refused', async () => {
  const { skipped } = await readFast(
    'CREATE TABLE a (id integer); CREATE TYPE t AS (x integer); CREATE TABLE b OF t (y WITH OPTIONS DEFAULT 1);',
  );
  expect(skipped).toMatchObject([
    { what: 'CREATE TABLE b OF t', reason: 'column "y" does not exist' },
  ]);
});

describe('what takes a database to know', () => {
  it('columns of a view are left out, and told', async () => {
    const reading = await readFast(`CREATE TABLE a (id integer, at geometry);
      CREATE VIEW v AS SELECT id, st_area(at) AS area, st_x(at) FROM a;`);
    expect(table(reading, 'v').columns.map(({ name }) => name)).toEqual(['id']);
    expect(reading.findings).toMatchObject([
      {
        code: 'MCP815',
        message: 'public.v is read without area, st_x: the fast reader cannot tell their types',
        origin: { position: { line: 2 } },
      },
    ]);
  });

  it('a view without a single known column is skipped', async () => {
    const { skipped } = await readFast(
      'CREATE TABLE a (g box); CREATE VIEW v AS SELECT mystery(g) AS m FROM a;',
    );
    expect(skipped).toMatchObject([
      { what: 'CREATE VIEW v', reason: 'the type of m is not known without a database' },
    ]);
  });

  it('calls of functions of the script are told, those of PostgreSQL are not', async () => {
    const { findings } = await readFast(`CREATE TABLE a (id integer);
      CREATE FUNCTION grow() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREATE TABLE b (id int)'; END $$;
      SELECT pg_catalog.setval('a_id_seq', 1);
      SELECT grow();`);
    expect(findings.map(({ code, origin }) => [code, origin?.position?.line])).toEqual([
      ['MCP814', 4],
    ]);
  });

  it('a check with an expression that is seldom part of one is told by its name', async () => {
    const reading = await readFast(
      'CREATE TABLE a (x xml CONSTRAINT odd CHECK (x IS DOCUMENT), n integer CHECK (n > 1));',
    );
    expect(table(reading, 'a').checks).toEqual([{ name: 'a_n_check', expression: '(n > 1)' }]);
    expect(reading.findings).toMatchObject([
      {
        code: 'MCP816',
        message: 'the check odd of public.a was left out: the fast reader cannot write it down',
      },
    ]);
  });

  it('a block with more than statements of its own is told', async () => {
    const { findings, model } = await readFast(`CREATE TABLE a (id integer);
      DO $$ BEGIN IF (SELECT count(*) FROM a) > 1 THEN DROP TABLE a; END IF; END $$;`);
    expect(model.tables).toHaveLength(1);
    expect(findings.map(({ code }) => code)).toEqual(['MCP814']);
  });
});

const from = (at: number): string => (at === 0 ? 'good' : `q${at - 1}`);

/** WITH RECURSIVE within the first part of WITH RECURSIVE, which is looked at twice. */
function recursive(depth: number): string {
  if (depth === 0) return 'SELECT 1 AS n';
  return `WITH RECURSIVE r AS (SELECT n FROM (${recursive(depth - 1)}) s UNION SELECT n FROM r) SELECT n FROM r`;
}
