import { describe, expect, it } from 'vitest';
import { readMysql } from '../../../src/sources/sql/mysql/read-mysql.js';
import type { DatabaseReading } from '../../../src/sources/sql/model.js';
import { columnLines, columnOf, lossLines, tableOf } from '../support/read-model.js';

const read = (...texts: string[]): DatabaseReading =>
  readMysql(texts.map((text, index) => ({ path: `${index + 1}.sql`, text })));

describe('types', () => {
  it('are those that the catalogue shows, with their kind', () => {
    const reading = read(`CREATE TABLE t (
      a INTEGER UNSIGNED ZEROFILL NOT NULL, b bigint(20), c tinyint(1), d bool, e tinyint(4), f MEDIUMINT,
      g numeric(8), h dec, i double precision, j float(30), k real, l year, m bit, n bit(4),
      o char, p varchar(20) binary, q national character varying(5), r text(70000), s long varchar, t longtext,
      u varbinary(16), v varchar(9) character set binary, w blob(10), x date, y time(2), z datetime(3),
      aa timestamp, ab json, ac uuid, ad point, ae enum('a''b', "c,d") not null, af set('x','y'), ag nvarchar(4))`);
    expect(columnLines(reading, 't')).toEqual([
      'a integer int unsigned',
      'b bigint bigint(20)?',
      'c boolean tinyint(1)?',
      'd boolean tinyint(1)?',
      'e integer tinyint(4)?',
      'f integer mediumint?',
      'g decimal decimal(8,0)?',
      'h decimal decimal(10,0)?',
      'i float double?',
      'j float double?',
      'k float double?',
      'l integer year?',
      'm boolean bit(1)?',
      'n other bit(4)?',
      'o text char(1)?',
      'p text varchar(20)?',
      'q text varchar(5)?',
      'r text mediumtext?',
      's text mediumtext?',
      't text longtext?',
      'u binary varbinary(16)?',
      'v binary varbinary(9)?',
      'w binary tinyblob?',
      'x date date?',
      'y time time(2)?',
      'z timestamp datetime(3)?',
      'aa timestamp timestamp?',
      'ab json json?',
      'ac uuid uuid?',
      'ad other point?',
      "ae enum enum('a''b','c,d')",
      "af set set('x','y')?",
      'ag text varchar(4)?',
    ]);
    expect(columnOf(reading, 't', 'ae').type.values).toEqual(["a'b", 'c,d']);
    expect(columnOf(reading, 't', 'a').type).toEqual({
      kind: 'integer',
      sql: 'int unsigned',
      unsigned: true,
    });
    expect(columnOf(reading, 't', 'g').type).toMatchObject({ precision: 8, scale: 0 });
    expect(columnOf(reading, 't', 'u').type).toMatchObject({ length: 16 });
    expect(lossLines(reading)).toEqual([]);
  });

  it('include json by its check, as MariaDB writes it', () => {
    const reading = read('CREATE TABLE t (a longtext CHECK (json_valid(`a`)))');
    expect(columnOf(reading, 't', 'a').type).toEqual({ kind: 'json', sql: 'longtext' });
  });
});

describe('columns', () => {
  it('have defaults, comments, generation and counting', () => {
    const reading = read(`CREATE TABLE t (
      id serial, a int DEFAULT -5 COMMENT 'It''s; "a"', b varchar(9) default 'x;''y' not null,
      c timestamp default current_timestamp(3) on update current_timestamp(3), d bit(4) default b'0101',
      e int default (1 + 2), f int default null, g int as (a * 2) persistent, h int generated always as (a) virtual,
      i int AUTO_INCREMENT, j varchar(3) default _utf8mb4'z' collate utf8mb4_bin invisible, primary key (a, i))`);
    const column = (name: string) => columnOf(reading, 't', name);
    expect(column('id')).toMatchObject({ nullable: false, autoIncrement: true });
    expect(column('a')).toMatchObject({ default: '-5', comment: 'It\'s; "a"', nullable: false });
    expect(column('b')).toMatchObject({ default: "'x;''y'", nullable: false });
    expect(column('c').default).toBe('current_timestamp(3)');
    expect(column('d').default).toBe("b'0101'");
    expect(column('e').default).toBe('1 + 2');
    expect(column('f')).not.toHaveProperty('default');
    expect(column('g').generated).toBe('stored');
    expect(column('h').generated).toBe('virtual');
    expect(column('i')).toMatchObject({ autoIncrement: true, nullable: false });
    expect(column('j').default).toBe("_utf8mb4'z'");
    expect(tableOf(reading, 't').primaryKey).toEqual(['a', 'i']);
    expect(tableOf(reading, 't').uniques).toEqual([
      { name: 'id', columns: ['id'], constraint: true },
    ]);
  });

  it('may be named like keywords and anything else', () => {
    const reading = read(
      'CREATE TABLE `we``ird ; name` (`key` int, `primary` int, `a b` int, constructor int, `check` int, 2fa int)',
    );
    expect(
      columnLines(reading, 'we`ird ; name').map((line) => line.replace(/ integer.*/, '')),
    ).toEqual(['key', 'primary', 'a b', 'constructor', 'check', '2fa']);
  });

  it('know where they stand', () => {
    const reading = read('-- hello\n\nCREATE TABLE t (\n  a int,\n  b int\n);');
    expect(tableOf(reading, 't').origin).toEqual({
      file: '1.sql',
      path: [],
      position: { line: 3, column: 1 },
    });
    expect(columnOf(reading, 't', 'b').origin?.position).toEqual({ line: 5, column: 3 });
  });
});

describe('keys', () => {
  it('reads keys without a name that say their kind, and keys for vectors', () => {
    const reading = read(
      `CREATE TABLE t (a int, b int, e vector(3) NOT NULL, vector int, unique using btree (a), index using hash (b),
      VECTOR KEY \`e\` (\`e\`) \`M\`=8 \`DISTANCE\`=cosine, VECTOR INDEX (e) M=6);
      CREATE VECTOR INDEX v ON t (e) M=4`,
    );
    expect(columnLines(reading, 't')).toEqual([
      ...['a integer int?', 'b integer int?', 'e other vector(3)', 'vector integer int?'],
    ]);
    expect(tableOf(reading, 't')).toMatchObject({
      uniques: [{ name: 'a', columns: ['a'] }],
      indexes: [
        { name: 'a', columns: ['a'] },
        { name: 'b', columns: ['b'] },
      ],
    });
    expect(lossLines(reading)).toEqual([]);
  });

  it('reads keys over a period as keys over where it ends and begins', () => {
    const reading = read(
      `CREATE TABLE t (id int, since date NOT NULL, till date NOT NULL, PRIMARY KEY (id, \`valid\` WITHOUT OVERLAPS),
      PERIOD FOR valid (since, till))`,
    );
    expect(tableOf(reading, 't').primaryKey).toEqual(['id', 'till', 'since']);
    expect(lossLines(reading)).toEqual([]);
  });

  it('of every kind are read, named as the server names them', () => {
    const reading =
      read(`CREATE TABLE t (a int, b int, c varchar(300), d text, e int unique, primary key (b, a),
      key (c(10), a desc), key named using btree (a), unique key (a), unique two (c(191)), constraint three unique (a, b),
      fulltext key ft (d), spatial index (d), unique ((lower(c))), key ((b + 1), a), key x (a, (b + 1)))`);
    const table = tableOf(reading, 't');
    expect(table.primaryKey).toEqual(['b', 'a']);
    expect(table.uniques).toEqual([
      { name: 'e', columns: ['e'], constraint: true },
      { name: 'a', columns: ['a'], constraint: true },
      { name: 'two', columns: ['c'], constraint: true },
      { name: 'three', columns: ['a', 'b'], constraint: true },
    ]);
    expect(table.partialUniques).toEqual([
      { name: 'functional_index', definition: 'UNIQUE ((lower(c)))' },
    ]);
    expect(table.indexes).toEqual([
      { name: 'e', columns: ['e'] },
      { name: 'PRIMARY', columns: ['b', 'a'] },
      { name: 'c', columns: ['c', 'a'] },
      { name: 'named', columns: ['a'] },
      { name: 'a', columns: ['a'] },
      { name: 'two', columns: ['c'] },
      { name: 'three', columns: ['a', 'b'] },
      { name: 'x', columns: ['a'] },
    ]);
  });

  it('in double quotes are keys, as dumps with ANSI quotes write them', () => {
    const reading = read(`CREATE TABLE "t" ("id" int NOT NULL, "name" text, "Key" enum("a"),
      PRIMARY KEY ("id"), UNIQUE KEY "named" ("id","Key"), KEY "name" ("name"(9)), FULLTEXT KEY "words" ("name"))`);
    const { columns, indexes, primaryKey, uniques } = tableOf(reading, 't');
    expect(columns.map(({ name }) => name)).toEqual(['id', 'name', 'Key']);
    expect([primaryKey, uniques.map((unique) => unique.columns)]).toEqual([
      ['id'],
      [['id', 'Key']],
    ]);
    expect(indexes.map(({ name }) => name)).toContain('named');
    expect(lossLines(reading)).toEqual([]);
  });

  it('to other tables pair their columns, and have an index', () => {
    const reading = read(
      'CREATE TABLE child (x int, y int, z int, FOREIGN KEY (x, y) REFERENCES parent (a, B) ON DELETE CASCADE ON UPDATE SET NULL,' +
        ' CONSTRAINT own FOREIGN KEY (z) REFERENCES parent);' +
        'CREATE TABLE parent (a int, b int, c int primary key, unique (a, b));',
    );
    const { foreignKeys, indexes } = tableOf(reading, 'child');
    expect(foreignKeys).toEqual([
      {
        name: 'child_ibfk_1',
        columns: ['x', 'y'],
        references: { table: 'parent', columns: ['a', 'b'] },
        onDelete: 'CASCADE',
        onUpdate: 'SET NULL',
      },
      { name: 'own', columns: ['z'], references: { table: 'parent', columns: ['c'] } },
    ]);
    expect(indexes).toEqual([
      { name: 'x', columns: ['x', 'y'] },
      { name: 'own', columns: ['z'] },
    ]);
  });

  it('behind a column count as servers of today have it, unless told otherwise', () => {
    const text =
      'CREATE TABLE p (id int primary key); CREATE TABLE c (a int REFERENCES p (id) ON DELETE RESTRICT);';
    expect(tableOf(read(text), 'c').foreignKeys).toEqual([
      { name: 'c_ibfk_1', columns: ['a'], references: { table: 'p', columns: ['id'] } },
    ]);
    const older = readMysql([{ path: 'a.sql', text }], { inlineReferences: false });
    expect(tableOf(older, 'c').foreignKeys).toEqual([]);
  });

  it('that lead nowhere, or that the engine forgets, are left out with the reason', () => {
    const reading = read(
      'CREATE TABLE a (x int, FOREIGN KEY (x) REFERENCES nothing (id));\n' +
        'CREATE TABLE b (x int primary key, FOREIGN KEY (x) REFERENCES b (x)) ENGINE=MyISAM;\n' +
        'CREATE TABLE c (x int, FOREIGN KEY (x) REFERENCES b (y));',
    );
    expect(lossLines(reading)).toEqual([
      '1:24 foreign key a (x): there is no table nothing',
      '2:36 foreign key b (x): tables of the engine myisam have none',
      '3:24 foreign key c (x): b does not have the columns (y)',
    ]);
  });

  it('are not confused with checks, of which those that are off do not count', () => {
    const reading = read(
      'CREATE TABLE t (a int CHECK (a > 0 and a < 9), b int, CONSTRAINT c1 CHECK (b <> a) NOT ENFORCED, CHECK (b IN (1, 2)))',
    );
    expect(tableOf(reading, 't').checks).toEqual([
      { expression: 'a > 0 and a < 9' },
      { expression: 'b IN (1, 2)' },
    ]);
  });
});

describe('tables', () => {
  it('have comments and partitions, and may be made like others or from a query', () => {
    const reading = read(`
      CREATE TABLE a (id int auto_increment primary key, n varchar(9) unique comment 'N', f int, foreign key (f) references a (id))
        ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='child''s';
      CREATE TABLE b LIKE a;
      CREATE TABLE IF NOT EXISTS b (nope int);
      CREATE TABLE c (x int) AS SELECT id, n AS label, 1 + 1 AS two FROM a;
      CREATE TABLE d (id int not null, at date not null, primary key (id, at))
        PARTITION BY RANGE (year(at)) (PARTITION p0 VALUES LESS THAN (2000) COMMENT = 'old', PARTITION p1 VALUES LESS THAN MAXVALUE);`);
    expect(tableOf(reading, 'a').comment).toBe("child's");
    expect(tableOf(reading, 'b')).toMatchObject({
      comment: "child's",
      primaryKey: ['id'],
      foreignKeys: [],
      uniques: [{ name: 'n', columns: ['n'] }],
    });
    expect(columnLines(reading, 'c')).toEqual([
      'x integer int?',
      'id integer int',
      'label text varchar(9)?',
      'two other expression?',
    ]);
    expect(tableOf(reading, 'd')).toMatchObject({ partitioned: true });
    expect(tableOf(reading, 'd')).not.toHaveProperty('comment');
    expect(lossLines(reading)).toEqual([]);
  });

  it('of one database carry no schema, those of others do', () => {
    const reading = read(
      'CREATE DATABASE shop; USE shop; CREATE TABLE a (x int); CREATE TABLE b (x int);' +
        'CREATE TABLE other.c (x int primary key); CREATE TABLE d (x int, FOREIGN KEY (x) REFERENCES other.c (x));',
    );
    expect(reading.model.tables.map(({ schema, name }) => [schema, name])).toEqual([
      [undefined, 'a'],
      [undefined, 'b'],
      [undefined, 'd'],
      ['other', 'c'],
    ]);
    expect(tableOf(reading, 'd').foreignKeys[0]?.references).toEqual({
      schema: 'other',
      table: 'c',
      columns: ['x'],
    });
  });

  it('are named without the prefix that an installer fills in, which is said', () => {
    const reading = read(
      'CREATE TABLE {PREFIX}a (id int primary key); CREATE TABLE `%TABLE_PREFIX%b` (x int REFERENCES {PREFIX}a (id));' +
        'CREATE TABLE $wpdb->c (x int) {$charset_collate}; CREATE TABLE `#__d` (x int); CREATE TABLE #__e (x int);' +
        'CREATE TABLE ${prefix}f (x int); CREATE TABLE piwigo_g (x int);',
    );
    expect(reading.model.tables.map(({ name }) => name)).toEqual([
      ...['a', 'b', 'c', 'd', 'e', 'f', 'piwigo_g'],
    ]);
    expect(tableOf(reading, 'b').foreignKeys[0]?.references.table).toBe('a');
    expect(reading.findings.map(({ code }) => code)).toContain('MCP821');
    expect(reading.findings[0]?.message).toBe(
      '{PREFIX} stands for a prefix that an installer fills in: names are read without it',
    );
  });
});

describe('what cannot be used', () => {
  it('is left out alone: the rest of the table and of the file stays', () => {
    const reading = read(
      'CREATE TABLE a (x int, , y int wibble wobble, key (nope), z int);\n' +
        'CREATE TABLE a (x int);\nCREATE TABLE (;\nALTER TABLE nothing ADD x int;\nCREATE TEMPORARY TABLE t (x int);\n' +
        'CALL p();\nPREPARE s FROM @sql;\nsource other.sql\nCREATE TABLE b (x int);',
    );
    expect(columnLines(reading, 'a')).toEqual([
      'x integer int?',
      'y integer int?',
      'z integer int?',
    ]);
    expect(columnLines(reading, 'b')).toEqual(['x integer int?']);
    expect(lossLines(reading)).toEqual([
      '1:26 "wibble wobble" of column a.y: it is no attribute of a column',
      '1:47 "key (nope)" of table a: there is no column nope in a',
      '2:1 CREATE TABLE a: there is a table a already',
      '3:14 CREATE TABLE: "(" stands where the name of a table is expected',
      '4:1 ALTER TABLE nothing ADD x int: there is no table nothing',
      '5:1 CREATE TEMPORARY TABLE t: a temporary table ends with its session',
      '6:1 CALL p: what a procedure does when it runs is not read',
      '7:1 PREPARE s FROM @sql: a statement that is put together when it runs is not read',
      '8:1 source other.sql: other files are not followed: give them as sources',
    ]);
    // Said once: what is left out is no finding besides.
    expect(reading.findings).toEqual([]);
  });

  it('does not include rows and settings', () => {
    const reading = read(
      "SET NAMES utf8; LOCK TABLES a WRITE; INSERT INTO a VALUES (1, 'CREATE TABLE x (y int);'), (2, '\\\\'); GRANT ALL ON a TO b;" +
        'START TRANSACTION; CREATE USER u; CREATE TABLE a (x int); COMMIT; UNLOCK TABLES;',
    );
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['a']);
    expect(reading.findings).toEqual([]);
  });

  it('includes what a migration says of how to undo it', () => {
    const reading = read('-- +goose Up\nCREATE TABLE a (x int);\n-- +goose Down\nDROP TABLE a;');
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['a']);
  });
});

describe('routines and triggers', () => {
  it('are read by their signatures', () => {
    const reading = read(`CREATE TABLE t (x int);
      DELIMITER $$
      CREATE DEFINER=\`root\`@\`localhost\` FUNCTION f (s varchar(20) charset utf8mb4, n int) RETURNS decimal(7, 4)
        DETERMINISTIC NO SQL COMMENT 'Says; hi' BEGIN RETURN 1; END$$
      CREATE PROCEDURE p (IN a int, OUT b varchar(10), INOUT c int) READS SQL DATA BEGIN CREATE TABLE inner_one (x int); END$$
      CREATE TRIGGER b_trigger BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.x = 1; END$$
      CREATE TRIGGER a_trigger AFTER INSERT ON t FOR EACH ROW SET @a = 1$$
      DELIMITER ;`);
    expect(reading.model.functions).toEqual([
      {
        name: 'f',
        kind: 'function',
        volatility: 'immutable',
        arguments: [
          { name: 's', type: { kind: 'text', sql: 'varchar(20)', length: 20 } },
          { name: 'n', type: { kind: 'integer', sql: 'int' } },
        ],
        returns: 'decimal(7,4)',
        comment: 'Says; hi',
      },
      {
        name: 'p',
        kind: 'procedure',
        volatility: 'stable',
        arguments: [
          { name: 'a', type: { kind: 'integer', sql: 'int' } },
          { name: 'b', type: { kind: 'text', sql: 'varchar(10)', length: 10 }, mode: 'out' },
          { name: 'c', type: { kind: 'integer', sql: 'int' }, mode: 'inout' },
        ],
      },
    ]);
    expect(tableOf(reading, 't').triggers).toEqual(['a_trigger', 'b_trigger']);
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['t']);
  });
});

describe('a stray quote', () => {
  it('costs its statement and is reported', () => {
    const reading = read(
      "CREATE TABLE a (x int);\nINSERT INTO a VALUES ('it's');\nCREATE TABLE b (x int);\nCREATE TABLE c (x int);\n",
    );
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(lossLines(reading)).toEqual([
      '2:28 INSERT INTO a: a quote that begins here is never closed',
    ]);
  });
});
