import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/diagnostics/diagnostic.js';
import type { Tool } from '../../../src/blueprint/types.js';
import type { SqlEntry } from '../../../src/sources/manifest/sql-source.js';
import { readBlueprint } from '../../../src/sources/read-blueprint.js';
import { createLoader } from '../../../src/sources/read/loader.js';

type Dialect = 'postgres' | 'mysql' | 'sqlite';

const SCHEMAS: Record<Dialect, string> = {
  postgres: `CREATE TYPE color AS ENUM ('red', 'blue');
    CREATE TABLE pens (id serial PRIMARY KEY, name text NOT NULL, price numeric(10,2), made date, color color, tags text[], big bigint, ok boolean, data jsonb);
    CREATE FUNCTION discount(price numeric, share float DEFAULT 0.1) RETURNS numeric LANGUAGE sql AS $$ SELECT price $$;`,
  mysql:
    'CREATE TABLE `pens` (`id` int NOT NULL AUTO_INCREMENT PRIMARY KEY, `name` varchar(20), `price` decimal(10,2), `made` date) ENGINE=InnoDB;',
  sqlite:
    'CREATE TABLE pens (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, price REAL, made DATE);',
};

async function read(dialect: Dialect, queries: NonNullable<SqlEntry['queries']>) {
  const file = 'specs/db.sql';
  const known = new Map([[file, { file, text: SCHEMAS[dialect] }]]);
  const blueprint = await readBlueprint(
    {
      manifestVersion: 1,
      name: 'server',
      version: '1.0.0',
      serve: { transports: ['stdio'] },
      sources: { db: { sql: file, dialect, queries } },
    },
    { load: createLoader({ base: '/nowhere', known }) },
  );
  const tools = new Map(blueprint.tools.map((tool) => [tool.name, tool]));
  return { tool: (name: string): Tool => tools.get(name)!, findings: blueprint.findings };
}

const query = (sql: string, more: Partial<NonNullable<SqlEntry['queries']>[string]> = {}) => ({
  description: 'What it does',
  sql,
  ...more,
});

/** `query: why · fix` of every query that is refused. */
async function refusals(dialect: Dialect, queries: Record<string, ReturnType<typeof query>>) {
  try {
    await read(dialect, queries);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(({ code, message, fix, origin }) => {
      expect(code).toBe('MCP844');
      expect(origin?.file).toBe('mcp.yaml');
      expect(origin?.path.slice(0, 3)).toEqual(['sources', 'db', 'queries']);
      return `${message} · ${fix}`;
    });
  }
  throw new Error('nothing was refused');
}

describe('queries of PostgreSQL', () => {
  it('are typed by the database: parameters and results', async () => {
    const { tool } = await read('postgres', {
      find_pens: query(
        'SELECT id, name, price, made, color, tags, big, ok, data FROM pens WHERE made >= :since AND color = :color AND id = ANY(:ids) AND big > :big AND (data ? :key OR price < :price::numeric)',
      ),
    });
    const { inputSchema, binding, annotations, description } = tool('find_pens');
    expect(description).toBe('What it does');
    expect(annotations).toEqual({ readOnlyHint: true, openWorldHint: false });
    expect(inputSchema).toMatchObject({
      properties: {
        since: { type: 'string', description: 'YYYY-MM-DD' },
        color: { type: 'string', enum: ['red', 'blue'] },
        ids: { type: 'array', items: { type: 'integer' } },
        big: { type: ['integer', 'string'] },
        key: { type: 'string' },
        price: { type: ['number', 'string'] },
      },
      required: ['since', 'color', 'ids', 'big', 'key', 'price'],
      additionalProperties: false,
    });
    expect(binding).toEqual({
      kind: 'sql',
      source: 'db',
      action: 'statement',
      text: 'SELECT id, name, price, made, color, tags, big, ok, data FROM pens WHERE made >= $1 AND color = $2 AND id = ANY($3) AND big > $4 AND (data ? $5 OR price < $6::numeric)',
      parameters: [
        { argument: 'since', kind: 'date' },
        { argument: 'color', kind: 'enum' },
        { argument: 'ids', kind: 'array' },
        { argument: 'big', kind: 'bigint' },
        { argument: 'key', kind: 'text' },
        { argument: 'price', kind: 'decimal' },
      ],
    });
    expect(tool('find_pens').resultType).toMatchObject({
      properties: {
        rows: {
          items: {
            properties: {
              id: { type: ['number', 'string', 'null'] },
              name: { type: ['string', 'number', 'null'] },
              tags: { type: ['array', 'null'] },
              ok: { type: ['boolean', 'number', 'null'] },
            },
          },
        },
      },
      required: ['rows', 'truncated'],
    });
    expect(tool('find_pens').example).toMatchObject({ since: '2024-01-01', big: 1, price: 1 });
  });

  it('may call functions of the schema', async () => {
    const { tool } = await read('postgres', {
      cheaper: query('SELECT id, discount(price) AS less FROM pens WHERE id = :id'),
    });
    expect(tool('cheaper').inputSchema).toMatchObject({ properties: { id: { type: 'integer' } } });
    // The embedded database of the tests has no functions.
    expect(tool('cheaper').example).toBeUndefined();
    expect(await refusals('postgres', { none: query('SELECT no_such_function(1)') })).toEqual([
      'the query none cannot be used: function no_such_function(integer) does not exist (at "no_such_function(1)") · No function matches the given name and argument types. You might need to add explicit type casts.',
    ]);
  });

  it('keep the schemas that mcp.yaml gives, and change data only where they say so', async () => {
    const { tool } = await read('postgres', {
      rename_pen: query('UPDATE pens SET name = :name WHERE id = :id RETURNING id;', {
        writes: true,
        single: true,
        parameters: { name: { type: 'string', maxLength: 20 } },
      }),
      drop_pens: query('DELETE FROM pens WHERE name = :name', { writes: true }),
    });
    const rename = tool('rename_pen');
    expect(rename.inputSchema).toMatchObject({
      properties: { name: { type: 'string', maxLength: 20 }, id: { type: 'integer' } },
    });
    expect(rename.annotations).toEqual({
      ...{ readOnlyHint: false, destructiveHint: true, openWorldHint: false },
    });
    expect(rename.binding).toMatchObject({
      text: 'UPDATE pens SET name = $1 WHERE id = $2 RETURNING id',
      writes: true,
      single: true,
    });
    expect(rename.resultType).toMatchObject({ properties: { row: { type: ['object', 'null'] } } });
    expect(tool('drop_pens').resultType).toMatchObject({ required: ['changes'] });
    expect(tool('drop_pens').example).toEqual({ name: expect.any(String) });
  });

  it('are refused with what is wrong, where, and what to do', async () => {
    const found = await refusals('postgres', {
      no_table: query('SELECT * FROM pencils'),
      no_column: query('SELECT nam FROM pens WHERE id = :id'),
      unused: query('SELECT 1', { parameters: { id: {} } }),
      unnamed: query('SELECT * FROM pens WHERE id = $1'),
      two: query('SELECT 1; SELECT 2'),
      writes: query('DELETE FROM pens'),
      hidden_write: query('WITH d AS (DELETE FROM pens RETURNING id) SELECT * FROM d'),
      locks: query('SELECT id FROM pens FOR UPDATE'),
      makes: query('CREATE TABLE x (id int)', { writes: true }),
      broken: query('SELEC 1'),
      nothing: query('-- nothing'),
      list_pens: query('SELECT 1'),
    });
    expect(found).toEqual([
      'the query unused cannot be used: the parameter id is not used · write :id where the value belongs, or take it out of parameters',
      'the query unnamed cannot be used: $1 stands in it without a name · write :name in its place; each name becomes an argument of the tool',
      'the query two cannot be used: it is more than one statement · make a query of each of them',
      'the query writes cannot be used: it changes data · add writes: true to it if it may',
      'the query hidden_write cannot be used: it changes data · add writes: true to it if it may',
      'the query locks cannot be used: it locks rows, as only what writes may · leave the lock (FOR UPDATE and the like) out, or add writes: true to it',
      'the query makes cannot be used: Create cannot be a tool · a query is one SELECT, INSERT, UPDATE or DELETE',
      'the query broken cannot be used: syntax error at or near "SELEC" · correct the statement; values stand in it as :name only',
      'the query nothing cannot be used: there is no statement in it · correct the statement; values stand in it as :name only',
      'the query list_pens cannot be used: there is a tool list_pens already · give the query another name, or a prefix to the source',
      'the query no_table cannot be used: relation "pencils" does not exist (at "pencils") · the tables are pens',
      'the query no_column cannot be used: column "nam" does not exist (at "nam FROM pens") · did you mean name? pens has id, name, price, made, color, tags, big, ok, data',
    ]);
  });
});

describe('queries of SQLite', () => {
  it('are prepared; what a value is compared with says what it is', async () => {
    const { tool } = await read('sqlite', {
      find_pens: query(
        'SELECT id, name AS label FROM pens p WHERE p.price BETWEEN :low AND :high AND name LIKE :text AND id IN (:one, :two) OR :any IS NULL LIMIT :most',
      ),
    });
    expect(tool('find_pens').inputSchema['properties']).toMatchObject({
      low: { type: 'number' },
      high: { type: 'number' },
      text: { type: 'string' },
      one: { type: 'integer' },
      two: { type: 'integer' },
      any: { type: ['string', 'number', 'boolean'] },
      most: { type: 'integer' },
    });
    expect(tool('find_pens').binding).toMatchObject({
      parameters: [
        { argument: 'low', kind: 'float' },
        { argument: 'high', kind: 'float' },
        { argument: 'text', kind: 'text' },
        { argument: 'one', kind: 'integer' },
        { argument: 'two', kind: 'integer' },
        { argument: 'any', kind: 'any' },
        { argument: 'most', kind: 'integer' },
      ],
    });
    expect(tool('find_pens').resultType).toMatchObject({
      properties: { rows: { items: { properties: { id: {}, label: {} } } } },
    });
  });

  it('are refused where SQLite refuses them', async () => {
    const found = await refusals('sqlite', {
      no_table: query('SELECT * FROM pen'),
      no_column: query('SELECT p.pric FROM pens p'),
      two: query('SELECT 1; SELECT 2;'),
      writes: query('WITH x AS (SELECT 1) DELETE FROM pens'),
      attach: query("ATTACH 'x' AS y", { writes: true }),
    });
    expect(found.map((line) => line.replace(/^the query (\w+) cannot be used: /, '$1: '))).toEqual([
      'two: it is more than one statement · make a query of each of them',
      'writes: it changes data · add writes: true to it if it may',
      'attach: ATTACH cannot be a tool · a query is one SELECT, INSERT, UPDATE or DELETE',
      'no_table: no such table: pen · did you mean pens? the tables are pens',
      'no_column: no such column: p.pric · did you mean price? pens has id, name, price, made',
    ]);
  });
});

describe('queries of MySQL', () => {
  it('are read as far as that goes without a server, and that is said', async () => {
    const { tool, findings } = await read('mysql', {
      by_month: query(
        "SELECT p.id, p.made, DATE_FORMAT(p.made, '%Y') AS y FROM pens p WHERE p.price > :price AND p.made >= :since",
      ),
      plain: query('SELECT p.name FROM pens p'),
    });
    expect(findings.filter(({ code }) => code === 'MCP850').map(({ message }) => message)).toEqual([
      'the query by_month is checked only for its tables and the columns that are named with them',
      'the query plain is checked only for its tables and the columns that are named with them',
    ]);
    expect(tool('by_month').binding).toMatchObject({
      text: "SELECT p.id, p.made, DATE_FORMAT(p.made, '%Y') AS y FROM pens p WHERE p.price > ? AND p.made >= ?",
      parameters: [
        { argument: 'price', kind: 'decimal' },
        { argument: 'since', kind: 'date' },
      ],
    });
    // Only what SQLite understands as well can be tried in the tests of the project.
    expect(tool('by_month').example).toBeUndefined();
    expect(tool('plain').example).toEqual({});
  });

  it('are refused for tables and columns that are not there', async () => {
    const found = await refusals('mysql', {
      no_table: query('SELECT * FROM pencils'),
      no_table_changed: query('UPDATE pencils SET a = 1', { writes: true }),
      in_a_subquery: query('SELECT * FROM (SELECT x.id FROM pencils x) t'),
      no_column: query('SELECT p.nam FROM pens p'),
    });
    expect(found).toEqual([
      'the query no_table cannot be used: there is no table pencils · the tables are pens',
      'the query no_table_changed cannot be used: there is no table pencils · the tables are pens',
      'the query in_a_subquery cannot be used: there is no table pencils · the tables are pens',
      'the query no_column cannot be used: pens has no column nam (at "nam FROM pens") · did you mean name? pens has id, name, price, made',
    ]);
  });
});
