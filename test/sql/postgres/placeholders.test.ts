import { describe, expect, it } from 'vitest';
import { fillVariables } from '../../../src/sources/sql/postgres/fill-variables.js';
import { readParsed } from '../../../src/sources/sql/postgres/parsed/read-parsed.js';
import { readPostgres } from '../../../src/sources/sql/postgres/read-postgres.js';
import { splitStatements } from '../../../src/sources/sql/postgres/split-statements.js';
import { lossLines } from '../support/read-model.js';

const readers = { exact: readPostgres, fast: readParsed };

describe.each(Object.entries(readers))('the %s reader', (_, read) => {
  it('installs the script of an extension in public', async () => {
    const text = `\\echo Use CREATE EXTENSION things to load this file. \\quit
      CREATE TYPE @extschema@.mood AS ENUM ('good', 'bad');
      CREATE TABLE @extschema@.things (id integer PRIMARY KEY, mood @extschema@.mood);
      SELECT pg_catalog.pg_extension_config_dump('things', '');
      CREATE TABLE notes (thing integer REFERENCES @extschema@.things, at @extschema:other@.mood);`;
    const reading = await read([{ path: 'a.sql', text }]);
    expect(reading.model.tables.map(({ schema, name }) => [schema, name])).toEqual([
      ['public', 'notes'],
      ['public', 'things'],
    ]);
    expect(reading.model.tables[0]!.foreignKeys[0]!.references.table).toBe('things');
    expect(
      reading.findings.map(({ code, message, origin }) => [code, message, origin?.position]),
    ).toEqual([
      [
        'MCP818',
        '@extschema@ has no value in the script: public was taken',
        { line: 2, column: 19 },
      ],
    ]);
    expect(lossLines(reading)).toEqual([]);
  });

  it('takes public for a schema that another program would fill in', async () => {
    const text = `CREATE TABLE @SHOP_SCHEMA@.shelf (id integer PRIMARY KEY);
      CREATE VIEW @SHOP_SCHEMA@.full_shelf AS SELECT id FROM @SHOP_SCHEMA@.shelf;
      CREATE TABLE IF NOT EXISTS \${db.schema}.item (id integer PRIMARY KEY, shelf integer REFERENCES \${db.schema}.shelf);
      ALTER TABLE {{ .Schema }}.item ADD COLUMN mail text DEFAULT 'a@b@c';
      COMMENT ON TABLE \${db.schema}.item IS 'See {{page}}.html';`;
    const reading = await read([{ path: 'a.sql', text }]);
    const { tables } = reading.model;
    expect(tables.map(({ schema, name }) => [schema, name])).toEqual([
      ['public', 'full_shelf'],
      ['public', 'item'],
      ['public', 'shelf'],
    ]);
    expect(tables[1]!.foreignKeys[0]!.references.table).toBe('shelf');
    expect(tables[1]!.columns[2]!.default).toBe("'a@b@c'::text");
    expect(tables[1]!.comment).toBe('See {{page}}.html');
    expect(
      reading.findings.map(({ code, message, origin }) => [code, message, origin?.position]),
    ).toEqual([
      [
        'MCP818',
        '@SHOP_SCHEMA@ has no value in the script: public was taken',
        { line: 1, column: 14 },
      ],
      [
        'MCP818',
        '${db.schema} has no value in the script: public was taken',
        { line: 3, column: 34 },
      ],
      [
        'MCP818',
        '{{ .Schema }} has no value in the script: public was taken',
        { line: 4, column: 19 },
      ],
    ]);
    expect(lossLines(reading)).toEqual([]);
  });

  it('fills in what psql would, and takes names for what nothing sets', async () => {
    const text = `\\set shop 'my shop'
      \\set most 9 9
      CREATE SCHEMA :"shop";
      CREATE TABLE :"shop".a (id integer PRIMARY KEY, n integer DEFAULT :most, t text DEFAULT ':most'::text);
      CREATE TABLE :WORKER.b (id integer PRIMARY KEY, d text DEFAULT '10 :most'::text):options;
      COMMENT ON TABLE :"shop".a IS :'word';`;
    const reading = await read([{ path: 'a.sql', text }]);
    const { tables } = reading.model;
    expect(tables.map(({ schema, name }) => [schema, name])).toEqual([
      ['my shop', 'a'],
      ['worker', 'b'],
    ]);
    expect(tables[0]!.columns.map((column) => column.default)).toEqual([
      undefined,
      '99',
      "':most'::text",
    ]);
    expect(tables[0]!.comment).toBe('word');
    expect(reading.findings.map(({ code, message }) => [code, message])).toEqual([
      ['MCP818', ':WORKER has no value in the script: WORKER was taken'],
      ['MCP818', ':options has no value in the script: nothing was taken'],
      ['MCP818', ":'word' has no value in the script: word was taken"],
    ]);
    expect(lossLines(reading)).toEqual([]);
  });

  it('reads views and defaults that call functions of a library', async () => {
    const text = `CREATE FUNCTION lag_of(pid integer, OUT bytes bigint) RETURNS bigint
        AS 'MODULE_PATHNAME', 'lag_of' LANGUAGE C STRICT;
      CREATE FUNCTION next_id() RETURNS integer LANGUAGE 'c' AS '$libdir/ids';
      CREATE TABLE nodes (id integer PRIMARY KEY DEFAULT next_id());
      CREATE VIEW lags AS SELECT id, lag_of(id) AS lag FROM nodes;`;
    const reading = await read([{ path: 'a.sql', text }]);
    expect(lossLines(reading)).toEqual([]);
    expect(reading.findings).toEqual([]);
    const [lags, nodes] = reading.model.tables;
    expect(lags!.columns.map(({ name, type }) => [name, type.sql])).toEqual([
      ['id', 'integer'],
      ['lag', 'bigint'],
    ]);
    expect(nodes!.columns[0]!.default).toBe('next_id()');
    expect(reading.model.functions.map(({ name }) => name)).toEqual(['lag_of', 'next_id']);
  });
});

describe('variables of psql', () => {
  const filled = (script: string) => {
    const { statements, metaCommands } = splitStatements(script);
    const { statements: all, placeholders } = fillVariables(statements, metaCommands);
    return [all.map(({ text }) => text), placeholders.map(({ name }) => name)];
  };

  it('have the value that was set last above', () => {
    const script = ['\\set n one', 'CREATE TABLE :n ();', '\\set n two', 'CREATE TABLE :n ();'];
    expect(filled(script.join('\n'))).toEqual([['CREATE TABLE one ()', 'CREATE TABLE two ()'], []]);
  });

  it.each([
    'CREATE TABLE t (d text DEFAULT $a$ :x',
    "CREATE TABLE t (d text DEFAULT ' :x",
    'CREATE TABLE t (d text DEFAULT " :x',
  ])('are looked for nowhere in what is not closed: %s', (script) => {
    expect(filled(script)).toEqual([[script], []]);
  });

  it('are looked for once in a text of many marks that close nothing', () => {
    const marks = Array.from({ length: 5_000 }, (_, index) => `$a${index}$`).join(' ');
    const script = `CREATE TABLE :t (d text DEFAULT ${marks} :x`;
    expect(filled(script)).toEqual([[script.replace(':t', 't')], [':t']]);
  });
});
