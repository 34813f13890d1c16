import { describe, expect, it } from 'vitest';
import { readMysql } from '../../../src/sources/sql/mysql/read-mysql.js';
import type { DatabaseReading } from '../../../src/sources/sql/model.js';
import { columnLines, columnOf, lossLines, tableOf } from '../support/read-model.js';

const read = (text: string): DatabaseReading => readMysql([{ path: 'a.sql', text }]);
const BASE =
  'CREATE TABLE t (id int primary key, a int, b varchar(9) default 1, key a_key (a), key both_keys (a, b));';

describe('ALTER TABLE', () => {
  it('adds columns where they belong', () => {
    const reading = read(
      `${BASE} ALTER TABLE t ADD COLUMN first_one int FIRST, ADD second_one int AFTER id, ADD (x int, y int), ADD IF NOT EXISTS x int;`,
    );
    expect(tableOf(reading, 't').columns.map(({ name }) => name)).toEqual([
      ...['first_one', 'id', 'second_one', 'a', 'b', 'x', 'y'],
    ]);
  });

  it('changes columns, and what refers to them follows', () => {
    const reading = read(
      `${BASE} CREATE TABLE c (t_a int, FOREIGN KEY (t_a) REFERENCES t (a));
      ALTER TABLE t CHANGE a renamed bigint NOT NULL COMMENT 'new', MODIFY COLUMN b varchar(20) NULL FIRST, RENAME COLUMN id TO number,
        ALTER COLUMN renamed SET DEFAULT 7;`,
    );
    expect(columnLines(reading, 't')).toEqual([
      'b text varchar(20)?',
      'number integer int',
      'renamed bigint bigint',
    ]);
    expect(columnOf(reading, 't', 'renamed')).toMatchObject({ default: '7', comment: 'new' });
    expect(columnOf(reading, 't', 'b')).not.toHaveProperty('default');
    expect(tableOf(reading, 't').primaryKey).toEqual(['number']);
    expect(tableOf(reading, 't').indexes).toContainEqual({
      name: 'both_keys',
      columns: ['renamed', 'b'],
    });
    expect(tableOf(reading, 'c').foreignKeys[0]?.references.columns).toEqual(['renamed']);
  });

  it('adds, renames and drops keys and constraints', () => {
    const reading = read(
      `${BASE} ALTER TABLE t ADD UNIQUE INDEX u (b), ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES t (id), ADD FOREIGN KEY (id) REFERENCES t (id),
        ADD CHECK (a > 0), ADD CONSTRAINT named CHECK (a < 9), RENAME INDEX a_key TO other_key, DROP KEY both_keys, ADD INDEX (b);
      ALTER TABLE t DROP FOREIGN KEY t_ibfk_1, DROP CONSTRAINT named, DROP CHECK t_chk_1, DROP PRIMARY KEY, ADD PRIMARY KEY (a, id),
        DROP CONSTRAINT IF EXISTS nothing;`,
    );
    const table = tableOf(reading, 't');
    expect(table.uniques.map(({ name }) => name)).toEqual(['u']);
    expect(table.foreignKeys.map(({ name }) => name)).toEqual(['fk']);
    expect(table.checks).toEqual([]);
    expect(table.primaryKey).toEqual(['a', 'id']);
    expect(table.indexes.map(({ name }) => name)).toEqual(['other_key', 'u', 'b', 'PRIMARY']);
    expect(lossLines(reading)).toEqual([]);
  });

  it('drops columns out of keys, and keys and references that have none left', () => {
    const reading = read(
      `${BASE} CREATE TABLE c (x int, FOREIGN KEY (x) REFERENCES t (a)); ALTER TABLE t DROP COLUMN a, DROP COLUMN IF EXISTS q;`,
    );
    expect(tableOf(reading, 't').indexes).toEqual([
      { name: 'PRIMARY', columns: ['id'] },
      { name: 'both_keys', columns: ['b'] },
    ]);
    expect(tableOf(reading, 'c').foreignKeys).toEqual([]);
  });

  it('leaves out the action that fails and does the others', () => {
    const reading = read(
      `${BASE}\nALTER TABLE t DROP COLUMN nope, ADD x int, ADD KEY (nope),\n  ADD a int, ENGINE=InnoDB COMMENT='hello', ORDER BY a;`,
    );
    expect(lossLines(reading)).toEqual([
      '2:15 ALTER TABLE t DROP COLUMN nope: there is no column nope in t',
      '2:44 ALTER TABLE t ADD KEY (nope): there is no column nope in t',
      '3:3 ALTER TABLE t ADD a int: there is a column a already',
    ]);
    expect(tableOf(reading, 't')).toMatchObject({ comment: 'hello' });
    expect(tableOf(reading, 't').columns).toHaveLength(4);
  });
});

describe('other changes', () => {
  it('are renaming, with references, and dropping', () => {
    const reading = read(
      `${BASE} CREATE TABLE c (x int, FOREIGN KEY (x) REFERENCES t (id)); CREATE TABLE gone (x int);
      RENAME TABLE t TO parent, c TO child; ALTER TABLE child RENAME TO kid; DROP TABLE IF EXISTS gone, nothing;
      CREATE INDEX i ON kid (x); DROP INDEX i ON kid; CREATE OR REPLACE TABLE kid2 (x int); CREATE OR REPLACE TABLE kid2 (y int);`,
    );
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['kid', 'kid2', 'parent']);
    expect(tableOf(reading, 'kid').foreignKeys[0]).toEqual({
      name: 'kid_ibfk_1',
      columns: ['x'],
      references: { table: 'parent', columns: ['id'] },
    });
    expect(columnLines(reading, 'kid2')).toEqual(['y integer int?']);
    expect(lossLines(reading)).toEqual([]);
  });

  it('are those of a database and of what it holds', () => {
    const reading = read(
      'CREATE DATABASE a; USE a; CREATE TABLE x (i int); DELIMITER //\nCREATE PROCEDURE p() SELECT 1//\nDELIMITER ;\n' +
        'DROP DATABASE a; CREATE DATABASE a; USE a; CREATE TABLE y (i int); DROP PROCEDURE IF EXISTS p;',
    );
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['y']);
    expect(reading.model.functions).toEqual([]);
  });
});
