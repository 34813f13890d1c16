import { describe, expect, it } from 'vitest';
import type { SqlDialect, SqlDatabase } from '../../../templates/src/runtime/sql/database.js';
import type { SqlDriver, SqlRows } from '../../../templates/src/runtime/sql/driver.js';
import { guard as mysql } from '../../../templates/src/runtime/sql/guard/mysql.js';
import { guard as postgres } from '../../../templates/src/runtime/sql/guard/postgres.js';
import { guard as sqlite } from '../../../templates/src/runtime/sql/guard/sqlite.js';
import { explainQuery, runQuery } from '../../../templates/src/runtime/sql/guard/run-query.js';
import { guardDatabase } from './fixture.js';
import { OPTIONS } from './run-strings.js';

const GUARDS = { postgres, mysql, sqlite };
const NO_ROWS: SqlRows = { columns: [], rows: [], changes: 0, truncated: false };

/** What is asked of the database before the statement runs, answered with nothing. */
function pass(
  dialect: SqlDialect,
  sql: string,
  { parameters = 0, more = {}, modes = '' }: Options = {},
): Promise<string> {
  const session = {
    run: async ({ text }: { text: string }) =>
      text.includes('sql_mode') ? { ...NO_ROWS, rows: [[modes, 'shop']] } : NO_ROWS,
  };
  const database = guardDatabase(dialect, more);
  return GUARDS[dialect]({ sql, parameters, database }, session).then(({ texts }) => texts(5)[0]);
}

type Options = { parameters?: number; more?: Partial<SqlDatabase>; modes?: string };

const refusal = (dialect: SqlDialect, sql: string, options?: Options): Promise<string> =>
  pass(dialect, sql, options).then(
    (text) => `passed as ${text}`,
    (error: Error) => `${error.name}: ${error.message}`,
  );

const ALLOWED =
  'is not allowed here. One SELECT (WITH, UNION and VALUES too) over the exposed tables is allowed.';

describe('a refused statement says what is wrong and what is allowed', () => {
  it.each<[SqlDialect, string, string]>([
    ['postgres', 'DELETE FROM customers', `DELETE ${ALLOWED}`],
    [
      'postgres',
      'WITH x AS (DELETE FROM orders RETURNING id) SELECT id FROM x',
      `DELETE ${ALLOWED}`,
    ],
    ['postgres', 'SELECT id FROM orders FOR UPDATE', `FOR UPDATE or FOR SHARE ${ALLOWED}`],
    ['postgres', 'SELECT id INTO x FROM orders', `SELECT INTO ${ALLOWED}`],
    ['postgres', 'SELECT 1; SELECT 2', 'Only one statement can be run at a time.'],
    ['postgres', '', 'There is no statement.'],
    ['postgres', 'SELEC 1', 'The statement cannot be read: syntax error at or near "SELEC".'],
    [
      'postgres',
      'SELECT * FROM custmers',
      'There is no table "custmers"; did you mean customers? Tables: customers, orders, items, group, notes, badges, known, big_orders, sales.regions.',
    ],
    [
      'postgres',
      'SELECT c.nme FROM customers c',
      'customers has no column "nme"; did you mean name? Columns: id, name, email, city, updated_at, secret.',
    ],
    [
      'postgres',
      'SELECT pg_sleep(1)',
      'The function pg_sleep is not allowed here. Functions that only compute are.',
    ],
    [
      'postgres',
      'SELECT uper(name) FROM customers',
      'The function uper is not allowed here. Functions that only compute are; did you mean upper?',
    ],
    [
      'postgres',
      'SELECT * FROM pg_class',
      'pg_class cannot be read: the catalogue of the database is closed. The tools that describe tables say what there is.',
    ],
    ['postgres', 'SELECT $1', 'There is no value for $1: parameters has 0.'],
    ['postgres', "SELECT 'x'::regclass", `The type regclass ${ALLOWED}`],
    ['sqlite', 'SELECT 1; SELECT 2', 'Only one statement can be run at a time.'],
    ['sqlite', 'PRAGMA query_only', `PRAGMA ${ALLOWED}`],
    ['sqlite', 'SELECT 1 IN orders', `IN without a list or a SELECT ${ALLOWED}`],
    [
      'sqlite',
      'SELECT * FROM ordrs',
      'There is no table "ordrs"; did you mean orders? Tables: customers, orders, items, group, notes, badges, known, big_orders, pages.',
    ],
    [
      'sqlite',
      "SELECT load_extension('x')",
      'The function "load_extension" is not allowed here. Functions that only compute are.',
    ],
    [
      'sqlite',
      "SELECT 'a",
      'The statement cannot be read: a string or a name in quotes is not closed.',
    ],
    ['sqlite', 'SELECT ?', 'The statement has 1 parameter (?), but parameters has 0.'],
    ['mysql', 'SELECT @@datadir', `The character "@" ${ALLOWED}`],
    ['mysql', 'SELECT 1 /*! + 1 */', `A comment that servers run ${ALLOWED}`],
    ['mysql', 'SELECT 1 INTO OUTFILE "x"', `INTO ${ALLOWED}`],
    [
      'mysql',
      'SELECT sleep(1)',
      'The function "sleep" is not allowed here. Functions that only compute are.',
    ],
  ])('%s: %s', async (dialect, sql, message) => {
    expect(await refusal(dialect, sql)).toBe(`UserInputError: ${message}`);
  });

  it('also for one that is too long, too deep or holds half a character', async () => {
    const driver = { dialect: 'sqlite' } as SqlDriver;
    const run = (sql: string, parameters?: unknown[]) =>
      runQuery(
        guardDatabase('sqlite'),
        driver,
        { sql, limit: 1, ...(parameters && { parameters }) },
        OPTIONS,
      );
    await expect(run(`SELECT '${'x'.repeat(20_000)}'`)).rejects.toThrow(
      'The statement is longer than 20000 characters: ask for less at a time.',
    );
    await expect(run("SELECT '\ud800'")).rejects.toThrow('a character that no database can read');
    await expect(run('SELECT ?', [{}])).rejects.toThrow(
      'parameters[0] must be a text, a number, true, false, null or a list of these.',
    );
    expect(await refusal('mysql', `SELECT ${'('.repeat(500)}1${')'.repeat(500)}`)).toBe(
      'UserInputError: The statement cannot be read: it is nested too deep.',
    );
    for (const deep of [`SELECT 1${' + 1'.repeat(4_990)}`, `SELECT 1${'+1'.repeat(9_990)}`]) {
      expect(await refusal('postgres', deep)).toBe(
        'UserInputError: The statement cannot be read: it is nested too deep.',
      );
    }
    expect(await refusal('postgres', 'SELECT 1')).toMatch(/^passed/);
  });

  it('where the project has no guard', async () => {
    const driver = { dialect: 'oracle' } as unknown as SqlDriver;
    const query = { sql: 'SELECT 1', limit: 1 };
    await expect(explainQuery(guardDatabase('sqlite'), driver, query, OPTIONS)).rejects.toThrow(
      'This server takes no statements of its callers.',
    );
  });
});

describe('what is made of a statement', () => {
  const columns =
    '"id" AS "id", "name" AS "name", "email" AS "email", "city" AS "city", "updated_at" AS "updated_at"';

  it('has a subselect of visible columns in the place of each table', async () => {
    expect(await pass('postgres', 'SELECT name FROM customers c; -- all')).toBe(
      `SELECT * FROM (SELECT name FROM (SELECT ${columns}, '•••'::pg_catalog.text AS "secret" FROM "public"."customers") c\n) AS "query" LIMIT 5`,
    );
    expect(await pass('sqlite', 'SELECT name /* x */ FROM [customers];')).toBe(
      `SELECT * FROM (SELECT name FROM (SELECT ${columns}, '•••' AS "secret" FROM main."customers") AS "customers") LIMIT 5`,
    );
    expect(await pass('mysql', 'SELECT id FROM `group` g -- all\nORDER BY id')).toBe(
      'SELECT * FROM (SELECT id FROM (SELECT `id` AS `id`, `from` AS `from` FROM `group`) g ORDER BY id LIMIT 5) AS `query` LIMIT 5',
    );
  });

  it('calls functions of PostgreSQL by their full name, and gives WITH names of its own', async () => {
    expect(await pass('postgres', "WITH t AS (SELECT lower('A')) SELECT * FROM t")).toBe(
      'SELECT * FROM (WITH "cte·0·t" AS (SELECT pg_catalog.lower(\'A\')) SELECT * FROM "cte·0·t" AS "t"\n) AS "query" LIMIT 5',
    );
  });

  it('keeps a table of PostgreSQL as it is under GROUP BY, where nothing hidden can be meant', async () => {
    const grouped = (sql: string) => pass('postgres', sql);
    expect(await grouped('SELECT o.id, o.state FROM orders o GROUP BY o.id')).toContain(
      'FROM "public"."orders" o GROUP BY',
    );
    for (const sql of [
      'SELECT * FROM orders o GROUP BY o.id',
      'SELECT o.* FROM orders o GROUP BY o.id',
      'SELECT o FROM orders o GROUP BY o.id',
      'SELECT hidden FROM orders o GROUP BY o.id',
      'SELECT o.id FROM orders o NATURAL JOIN items GROUP BY o.id',
      'SELECT o.id FROM orders o JOIN items i USING (hidden) GROUP BY o.id',
      'SELECT j.hidden FROM (orders o JOIN items i ON true) j GROUP BY j.hidden',
      'SELECT h FROM orders AS o(a, b, c, d, e, f, h) GROUP BY h',
      'SELECT o.id, o.state FROM orders o',
    ]) {
      expect(await grouped(sql)).toContain('FROM "public"."orders") ');
    }
  });

  it('has one function more for each that mcp.yaml allows', async () => {
    const more = { functions: ['similarity', 'lab.mix'] };
    expect(await pass('postgres', "SELECT similarity('a', 'b'), lab.mix(1)", { more })).toContain(
      "SELECT similarity('a', 'b'), lab.mix(1)",
    );
    expect(await refusal('postgres', "SELECT similarity('a', 'b')")).toContain('is not allowed');
    expect(await refusal('postgres', 'SELECT mix(1)', { more })).toContain('is not allowed');
    expect(await pass('mysql', 'SELECT similarity(1, 2)', { more })).toContain('similarity(1, 2)');
  });

  it('calls functions of MySQL itself and none that is stored under their name', async () => {
    expect(await pass('mysql', 'SELECT COUNT (*), lower/* x */(name) FROM customers')).toContain(
      'SELECT COUNT(*), lower(name) FROM',
    );
    expect(await refusal('mysql', 'SELECT `lower`(name) FROM customers')).toBe(
      'UserInputError: The function "lower" is not allowed here. Functions that only compute are.',
    );
  });

  it('means the same under every sql_mode', async () => {
    const sql = `SELECT "a\\'b", 'c\\'d' FROM \`group\``;
    expect(await pass('mysql', sql)).toContain("SELECT 'a''b', 'c''d' FROM");
    expect(await pass('mysql', 'SELECT "id" FROM "group"', { modes: 'ANSI_QUOTES' })).toContain(
      'SELECT `id` FROM (SELECT `id` AS `id`',
    );
    const noEscapes = { modes: 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES' };
    expect(await pass('mysql', "SELECT 'a\\'", noEscapes)).toContain("SELECT _utf8mb4 X'615c'");
    expect(await refusal('mysql', "SELECT 'a\\'")).toContain('is not closed');
    expect(await refusal('mysql', 'SELECT 1', { modes: 'PIPES_AS_CONCAT,ORACLE' })).toBe(
      'UserInputError: This server takes no statements in ORACLE mode.',
    );
  });
});
