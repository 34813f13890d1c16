import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSqlite } from '../../../src/sources/sql/sqlite/read-sqlite.js';
import type { DatabaseReading } from '../../../src/sources/sql/model.js';
import { columnLines, columnOf, lossLines, tableOf } from '../support/read-model.js';

const read = (...texts: string[]): Promise<DatabaseReading> =>
  readSqlite(texts.map((text, index) => ({ path: `${index + 1}.sql`, text })));

describe('readSqlite', () => {
  it('gives types by name and by affinity', async () => {
    const reading = await read(`CREATE TABLE t (
      id INTEGER PRIMARY KEY, a INT NOT NULL, b BIGINT, c UNSIGNED BIG INT, d TINYINT(1), e BOOLEAN, f VARCHAR(20), g CLOB,
      h NVARCHAR (9), i BLOB, j, k REAL, l DOUBLE PRECISION, m DECIMAL(10, 2), n DATE, o DATETIME, p TIMESTAMP WITH TIME ZONE, q TIME,
      r UUID, s JSON, t STRING, u INTERVAL, v POINT, w SMALLINT UNSIGNED, x WHATEVER, y VARBINARY(16), z INT8)`);
    expect(columnLines(reading, 't')).toEqual([
      'id integer integer',
      'a integer int',
      'b bigint bigint?',
      'c bigint unsigned big int?',
      'd boolean tinyint(1)?',
      'e boolean boolean?',
      'f text varchar(20)?',
      'g text clob?',
      'h text nvarchar (9)?',
      'i binary blob?',
      'j other ?',
      'k float real?',
      'l float double precision?',
      'm decimal decimal(10, 2)?',
      'n date date?',
      'o timestamp datetime?',
      'p timestamptz timestamp with time zone?',
      'q time time?',
      'r uuid uuid?',
      's json json?',
      't text string?',
      'u interval interval?',
      'v other point?',
      'w integer smallint unsigned?',
      'x other whatever?',
      'y binary varbinary(16)?',
      'z bigint int8?',
    ]);
    expect(columnOf(reading, 't', 'm').type).toMatchObject({ precision: 10, scale: 2 });
    expect(columnOf(reading, 't', 'f').type).toMatchObject({ length: 20 });
    expect(columnOf(reading, 't', 'w').type).toMatchObject({ unsigned: true });
  });

  it('knows the column that is the row number, and which keys may hold NULL', async () => {
    const reading = await read(`
      CREATE TABLE a (id INTEGER PRIMARY KEY);
      CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT);
      CREATE TABLE c (id INT PRIMARY KEY);
      CREATE TABLE d (id INTEGER PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE e (id TEXT PRIMARY KEY) STRICT;
      CREATE TABLE f (x INTEGER, y INTEGER, PRIMARY KEY (y, x));
      CREATE TABLE g (id INTEGER, PRIMARY KEY (id));`);
    const id = (table: string) => {
      const { nullable, autoIncrement } = columnOf(reading, table, 'id');
      return [nullable, autoIncrement];
    };
    expect(id('a')).toEqual([false, true]);
    expect(id('b')).toEqual([false, true]);
    expect(id('c')).toEqual([true, undefined]);
    expect(id('d')).toEqual([false, undefined]);
    expect(id('e')).toEqual([false, undefined]);
    expect(id('g')).toEqual([false, true]);
    expect(tableOf(reading, 'f').primaryKey).toEqual(['y', 'x']);
    expect(tableOf(reading, 'd').withoutRowid).toBe(true);
    expect(tableOf(reading, 'e').strict).toBe(true);
    expect(tableOf(reading, 'a').indexes).toEqual([{ columns: ['id'] }]);
  });

  it('gives keys, references, checks, defaults and generated columns', async () => {
    const reading = await read(`
      CREATE TABLE child (
        x INTEGER CHECK (x > 0), y TEXT DEFAULT 'it''s' COLLATE NOCASE CONSTRAINT yes CHECK (y IN ('a', 'b')), z INTEGER DEFAULT (1 + 2),
        n TEXT DEFAULT NULL, p INTEGER CONSTRAINT to_parent REFERENCES parent ON DELETE SET NULL, g INTEGER GENERATED ALWAYS AS (x * 2) STORED,
        v TEXT AS (y || 'x'), UNIQUE (x), CONSTRAINT pair UNIQUE (y, z), FOREIGN KEY (z, x) REFERENCES Parent (B, A) ON UPDATE CASCADE, CHECK (x <> z)
      );
      CREATE TABLE parent (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, UNIQUE (a, b));
      CREATE UNIQUE INDEX later ON child (n);
      CREATE UNIQUE INDEX some ON child (n) WHERE n > 'a';
      CREATE UNIQUE INDEX computed ON child (lower(n));
      CREATE INDEX leading ON child (p, lower(n), x);
      CREATE TRIGGER watch AFTER INSERT ON child BEGIN SELECT 1; END;`);
    const child = tableOf(reading, 'child');
    expect(child.checks).toEqual([
      { expression: 'x > 0' },
      { name: 'yes', expression: "y IN ('a', 'b')" },
      { expression: 'x <> z' },
    ]);
    expect(columnOf(reading, 'child', 'y').default).toBe("'it''s'");
    expect(columnOf(reading, 'child', 'z').default).toBe('1 + 2');
    expect(columnOf(reading, 'child', 'n')).not.toHaveProperty('default');
    expect(columnOf(reading, 'child', 'g')).toMatchObject({
      type: { kind: 'integer', sql: 'integer' },
      generated: 'stored',
    });
    expect(columnOf(reading, 'child', 'v').generated).toBe('virtual');
    expect(child.foreignKeys).toEqual([
      {
        name: 'to_parent',
        columns: ['p'],
        references: { table: 'parent', columns: ['id'] },
        onDelete: 'SET NULL',
      },
      {
        columns: ['z', 'x'],
        references: { table: 'parent', columns: ['b', 'a'] },
        onUpdate: 'CASCADE',
      },
    ]);
    expect(child.uniques.toSorted((a, b) => (a.name! < b.name! ? -1 : 1))).toEqual([
      { name: 'later', columns: ['n'], constraint: false },
      { name: 'pair', columns: ['y', 'z'], constraint: true },
      { name: 'sqlite_autoindex_child_1', columns: ['x'], constraint: true },
    ]);
    expect(child.partialUniques?.map(({ definition }) => definition)).toEqual([
      'CREATE UNIQUE INDEX computed ON child (lower(n))',
      "CREATE UNIQUE INDEX some ON child (n) WHERE n > 'a'",
    ]);
    expect(child.indexes).toContainEqual({ name: 'leading', columns: ['p'] });
    expect(child.triggers).toEqual(['watch']);
    expect(lossLines(reading)).toEqual([]);
  });

  it('gives views the columns that they show', async () => {
    const reading = await read(
      'CREATE VIEW v AS SELECT t.*, count(*) AS total FROM t; CREATE TABLE t (a TEXT NOT NULL, b DATE);\nCREATE VIEW w AS SELECT * FROM nowhere;',
    );
    expect(columnLines(reading, 'v')).toEqual([
      'a text text?',
      'b date date?',
      'total other expression?',
    ]);
    expect(lossLines(reading)).toEqual(['2:1 view w: no such table: main.nowhere']);
  });

  it('gives virtual tables, and hides those that they keep their data in', async () => {
    const reading = await read(`
      CREATE VIRTUAL TABLE five USING fts5(title, body UNINDEXED, tokenize = 'porter');
      CREATE VIRTUAL TABLE four USING fts4(event, "the value" TEXT, tokenize=unicode61);
      CREATE TABLE four_content (docid INTEGER PRIMARY KEY);
      CREATE VIRTUAL TABLE boxes USING rtree(id, min_x, max_x, +label TEXT);
      INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','dumped','dumped',0,'CREATE VIRTUAL TABLE dumped USING fts5(a, b)');
      CREATE TABLE IF NOT EXISTS 'dumped_data'(id INTEGER PRIMARY KEY, block BLOB);
      CREATE TRIGGER fill AFTER INSERT ON five_source BEGIN INSERT INTO four (event) VALUES (new.x); END;
      CREATE TABLE five_source (x);`);
    expect(reading.model.tables.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'boxes virtual table',
      'dumped virtual table',
      'five virtual table',
      'five_source table',
      'four virtual table',
    ]);
    expect(columnLines(reading, 'five')).toEqual(['title text text?', 'body text text?']);
    expect(columnLines(reading, 'four')).toEqual(['event text text?', 'the value text text?']);
    expect(columnLines(reading, 'boxes')).toEqual([
      ...['id integer integer', 'min_x float real?', 'max_x float real?', 'label text text?'],
    ]);
    expect(tableOf(reading, 'five_source').triggers).toEqual(['fill']);
    expect(lossLines(reading)).toEqual([]);
  });

  it('bears what other builds and programs of their own allow', async () => {
    const reading = await read(`
      CREATE TABLE a (x TEXT CHECK (x IN ("one", "it's")), y TEXT CHECK (own_function(y, 1)), z TEXT COLLATE own_order UNIQUE);
      CREATE INDEX i ON a (y COLLATE own_order);
      CREATE INDEX early ON later (x);
      CREATE TABLE later (x);`);
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['a', 'later']);
    expect(tableOf(reading, 'later').indexes).toEqual([{ name: 'early', columns: ['x'] }]);
    expect(lossLines(reading)).toEqual([]);
  });

  it('runs migrations, also those that build a table anew', async () => {
    const reading = await read(
      'CREATE TABLE a (id INTEGER PRIMARY KEY, x INT); CREATE TABLE b (a_id INT REFERENCES a (id));',
      `PRAGMA foreign_keys=OFF; BEGIN; CREATE TABLE new_a (id INTEGER PRIMARY KEY, x TEXT, y INT); INSERT INTO new_a SELECT id, x, 1 FROM a;
       DROP TABLE a; ALTER TABLE new_a RENAME TO a; COMMIT; ALTER TABLE a DROP COLUMN y; ALTER TABLE a ADD COLUMN z DATE;`,
      '-- migrate:up\nCREATE TABLE c (x);\n-- migrate:down\nDROP TABLE c;',
    );
    expect(columnLines(reading, 'a')).toEqual([
      'id integer integer',
      'x text text?',
      'z date date?',
    ]);
    expect(tableOf(reading, 'b').foreignKeys[0]?.references).toEqual({
      table: 'a',
      columns: ['id'],
    });
    expect(tableOf(reading, 'a').origin).toMatchObject({ file: '2.sql', position: { line: 1 } });
    expect(tableOf(reading, 'c').origin).toMatchObject({ file: '3.sql', position: { line: 2 } });
    expect(lossLines(reading)).toEqual([]);
  });

  it('drops nothing later than its statement stands', async () => {
    const reading = await read(
      `CREATE TABLE new_post (id INTEGER PRIMARY KEY, x INT);
      INSERT INTO new_post SELECT id, x FROM post;
      /* what a migration before this one made */ DROP TABLE post;
      DROP INDEX post_x;
      ALTER TABLE new_post RENAME TO post;
      CREATE INDEX post_x ON post (x);`,
    );
    expect(columnLines(reading, 'post')).toEqual(['id integer integer', 'x integer int?']);
    expect(tableOf(reading, 'post').indexes).toContainEqual({ name: 'post_x', columns: ['x'] });
    expect(lossLines(reading)).toEqual([]);
  });

  it('leaves out what fails alone, with place and reason, and never touches a file', async () => {
    const reading = await read(
      "ATTACH '/tmp/should-not-exist.db' AS other;\nVACUUM INTO '/tmp/should-not-exist.db';\n.read other.sql\nCREATE TABLE a (x);\n" +
        'CREATE TABLE a (y);\nCREATE TABLE (;\n  CREATE TABLE b (x REFERENCES nowhere (id));\nCREATE TEMP TABLE t (x);\n' +
        "PRAGMA writable_schema = ON;\nCREATE VIRTUAL TABLE v USING own_module(x);\nCREATE TABLE c AS SELECT 1 AS one; ATTACH '/tmp/should-not-exist.db' AS z;",
    );
    expect(lossLines(reading)).toEqual([
      "1:1 ATTACH '/tmp/should-not-exist.db': other databases are not opened",
      '3:1 .read other.sql: other files are not followed: give them as sources',
      '8:1 CREATE TEMP TABLE t: a temporary table ends with its session',
      "11:36 ATTACH '/tmp/should-not-exist.db': other databases are not opened",
      '5:1 CREATE TABLE a: table a already exists',
      '6:1 CREATE TABLE: near "(": syntax error',
      '10:1 CREATE VIRTUAL TABLE v USING own_module: no such module: own_module',
      '7:3 foreign key b (x): there is no table nowhere',
    ]);
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(existsSync('/tmp/should-not-exist.db')).toBe(false);
  });

  it('passes over the tables of its own that the shell prints', async () => {
    const reading = await read(`CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);
      CREATE TABLE sqlite_sequence(name,seq); CREATE TABLE sqlite_stat1(tbl,idx,stat); CREATE TABLE "sqlite_stat4"(tbl);`);
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['a']);
    expect(lossLines(reading)).toEqual([]);
  });

  it('reads on behind a stray quote', async () => {
    const reading = await read("INSERT INTO a VALUES ('it's');\nCREATE TABLE b (x);\n");
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['b']);
    expect(lossLines(reading)).toEqual([
      '1:28 INSERT INTO a VALUES: a quote that begins here is never closed',
    ]);
  });

  it('leaves out a statement that does not end', async () => {
    const reading = await readSqlite(
      [
        {
          path: 'a.sql',
          text:
            'CREATE TABLE a (x);\nCREATE TABLE endless AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n;\n' +
            'CREATE TABLE b (x);',
        },
      ],
      { timeoutMs: 4000 },
    );
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(lossLines(reading)).toEqual(['2:1 CREATE TABLE endless: ran longer than 4 s']);
  });
});
