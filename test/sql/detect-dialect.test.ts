import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../src/diagnostics/catalog.js';
import { createLoader } from '../../src/sources/read/loader.js';
import { detectDialect } from '../../src/sources/sql/detect-dialect.js';
import { readDialect } from '../../src/sources/sql/read-schema.js';

const cases: [string, string, string][] = [
  ['mysql', 'ENGINE =', 'CREATE TABLE t (a int) ENGINE=InnoDB;'],
  ['mysql', 'AUTO_INCREMENT', 'CREATE TABLE t (a int auto_increment primary key);'],
  ['mysql', 'backticks', 'CREATE TABLE `t` (`a` int);'],
  ['mysql', 'executable comments', '/*!40101 SET NAMES utf8 */; CREATE TABLE t (a int);'],
  ['postgres', 'serial', 'CREATE TABLE t (a serial primary key);'],
  ['postgres', '::casts', "CREATE TABLE t (a text DEFAULT 'x'::text);"],
  ['postgres', 'dollar quotes', 'CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql;'],
  ['postgres', 'commands of psql', '\\connect shop\nCREATE TABLE t (a int);'],
  ['postgres', 'COPY … FROM stdin', 'CREATE TABLE t (a int);\nCOPY t (a) FROM stdin;\n1\n\\.\n'],
  ['mysql', 'COMMENT in tables', "CREATE TABLE t (a integer primary key COMMENT 'the a');"],
  [
    'mysql',
    'partitions',
    'CREATE TABLE t (a integer primary key) PARTITION BY HASH (a) PARTITIONS 4;',
  ],
  ['mysql', 'KEY in tables', 'CREATE TABLE t (a int(11) NOT NULL, PRIMARY KEY (a), INDEX (b));'],
  ['mysql', 'backticks', 'CREATE TABLE `t` (`a` serial NOT NULL, PRIMARY KEY (`a`));'],
  [
    'mysql',
    'SET in triggers',
    'CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW BEGIN SET NEW.a = 1; END;',
  ],
  ['postgres', 'types such as jsonb', 'CREATE TABLE t (id integer primary key, a regclass);'],
  [
    'postgres',
    'functions for UUIDs',
    'CREATE TABLE t (id uuid primary key default gen_random_uuid());',
  ],
  ['postgres', 'RETURNS trigger', "CREATE FUNCTION f() RETURNS trigger AS 'x' LANGUAGE C;"],
  [
    'postgres',
    'inheritance',
    'CREATE TABLE t (id integer primary key); CREATE TABLE u () INHERITS (t);',
  ],
  [
    'postgres',
    'ADD CONSTRAINT',
    'ALTER TABLE "a"."t" ADD CONSTRAINT "u" UNIQUE ("x");\nCREATE TABLE t (id integer primary key);',
  ],
  [
    'postgres',
    'the schema public',
    'CREATE TABLE t (a text, FOREIGN KEY (a) REFERENCES "public"."u"("a"));',
  ],
  ['postgres', 'CREATE SCHEMA', 'CREATE SCHEMA s; CREATE TABLE s.t (id integer primary key);'],
  ['postgres', 'interval', 'CREATE TABLE t (id integer primary key, a interval, b int8);'],
  [
    'sqlite',
    'text keys in backticks',
    'CREATE TABLE `t` (`a` text PRIMARY KEY NOT NULL, `b` integer);',
  ],
  ['sqlite', 'integer keys in backticks', 'CREATE TABLE `t` (`a` integer PRIMARY KEY NOT NULL);'],
  [
    'sqlite',
    'datetime in double quotes',
    'CREATE TABLE "t" ("a" TEXT NOT NULL PRIMARY KEY, "b" DATETIME);',
  ],
  [
    'sqlite',
    'unsigned in double quotes',
    'CREATE TABLE "t" ("n" integer unsigned NOT NULL CHECK ("n" >= 0), "at" datetime);',
  ],
  [
    'sqlite',
    'triggers of one BEGIN',
    'CREATE TRIGGER x AFTER UPDATE ON t BEGIN UPDATE t SET a = 1; END;',
  ],
  ['sqlite', 'AUTOINCREMENT', 'CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT);'],
  ['sqlite', 'WITHOUT ROWID', 'CREATE TABLE t (a TEXT PRIMARY KEY) WITHOUT ROWID;'],
  ['sqlite', 'COLLATE NOCASE', 'CREATE TABLE t (a varchar(9) collate NOCASE, b LONGTEXT);'],
  ['sqlite', 'PRAGMA', 'PRAGMA foreign_keys = ON;\nCREATE TABLE t (a int);'],
  ['sqlite', 'virtual tables', 'CREATE VIRTUAL TABLE t USING fts5(a);'],
];

describe('detectDialect', () => {
  it.each(cases)('says %s for %s', (dialect, feature, text) => {
    const detected = detectDialect([text]);
    expect(detected).toMatchObject({ dialect });
    expect('why' in detected && detected.why.split(', ')).toContain(feature);
  });

  it('does not look into rows and comments', () => {
    const text =
      "-- ENGINE=InnoDB\n/* AUTO_INCREMENT */\nCREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT);\nINSERT INTO t VALUES ('`x` ENGINE=InnoDB');\n" +
      "('AUTO_INCREMENT'),\n";
    expect(detectDialect([text])).toMatchObject({ dialect: 'sqlite' });
  });

  it('does not take a column that is called key for one of MySQL', () => {
    expect(
      detectDialect(['CREATE TABLE t (\n  key varchar(255) NOT NULL,\n  index integer\n);']),
    ).toEqual({
      unsure: 'nothing in it is of one dialect only',
    });
  });

  it('is unsure where nothing tells, or both', () => {
    expect(detectDialect(['CREATE TABLE t (a int primary key);'])).toEqual({
      unsure: 'nothing in it is of one dialect only',
    });
    expect(detectDialect(['CREATE TABLE t (a int) ENGINE=InnoDB; PRAGMA x;\nPRAGMA y;'])).toEqual({
      unsure: 'for mysql there is ENGINE =, for sqlite PRAGMA',
    });
    expect(detectDialect([])).toHaveProperty('unsure');
  });

  it('goes by the last word of a dialect in the path where the text says little', () => {
    const plain = 'CREATE TABLE t (a integer NOT NULL, change varchar(9) NOT NULL);';
    expect(detectDialect([plain])).toHaveProperty('unsure');
    expect(detectDialect([plain], 'mysql/db_sqlite3/create.sql')).toMatchObject({
      dialect: 'sqlite',
      why: 'its name',
    });
    expect(detectDialect([plain], 'install.pgsql')).toMatchObject({ dialect: 'postgres' });
    expect(detectDialect([plain], 'db/mysql-or-sqlite.sql')).toHaveProperty('unsure');
    expect(detectDialect([plain], 'dbs/mysqlish/epgs.sql')).toHaveProperty('unsure');
    const zoned = 'CREATE TABLE t (a INTEGER PRIMARY KEY, b TIMESTAMP WITHOUT TIME ZONE);';
    expect(detectDialect([zoned])).toMatchObject({ dialect: 'postgres' });
    expect(detectDialect([zoned], 'sqlite/t.sql')).toMatchObject({ dialect: 'sqlite' });
    expect(detectDialect(['CREATE TABLE t (a serial);'], 'sqlite/t.sql')).toMatchObject({
      dialect: 'postgres',
    });
  });

  it('knows a trigger in brackets for SQLite', () => {
    const text =
      'CREATE TABLE t (a int);\nCREATE TRIGGER [touch] AFTER UPDATE ON t FOR EACH ROW BEGIN SELECT 1; END;';
    expect(detectDialect([text])).toMatchObject({ dialect: 'sqlite', why: 'names in brackets' });
  });

  it.each([
    ['SQL Server', 'CREATE TABLE [dbo].[t] ([a] [int] IDENTITY(1,1) NOT NULL)\nGO\n'],
    ['SQL Server', 'CREATE TABLE t (a NVARCHAR(MAX));'],
    ['Oracle', 'CREATE SEQUENCE s; CREATE TABLE t (a NUMBER(9), b VARCHAR2(20));'],
    ['ClickHouse', 'CREATE TABLE t (a Int32) ENGINE = ReplacingMergeTree ORDER BY a;'],
  ])('says of a schema of %s that it is one', (foreign, text) => {
    expect(detectDialect([text], 'mysql.sql')).toEqual({ unsure: `it is of ${foreign}`, foreign });
  });

  it('does not take PostgreSQL with types of its own for another system', () => {
    const text =
      'CREATE EXTENSION orafce; CREATE TABLE t (a VARCHAR2(9), b bigserial, c timestamptz, d jsonb);';
    expect(detectDialect([text])).toMatchObject({ dialect: 'postgres' });
  });

  it('takes all files together', () => {
    expect(
      detectDialect(['CREATE TABLE a (x int);', 'CREATE TABLE b (x int auto_increment)']),
    ).toMatchObject({ dialect: 'mysql' });
  });
});

describe('readDialect', () => {
  const dialectOf = (file: string, text: string): Promise<string> =>
    readDialect(file, createLoader({ base: '.', known: new Map([[file, { file, text }]]) }));

  it('goes by the name of the file where its text says nothing', async () => {
    await expect(dialectOf('db/mariadb.sql', 'CREATE TABLE t (a int);')).resolves.toBe('mysql');
  });

  it('says why it cannot tell', async () => {
    await expect(dialectOf('shop.sql', 'CREATE TABLE t (a datetime);')).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'MCP846',
          message:
            'the dialect of shop.sql cannot be told: for mysql there is datetime, for sqlite datetime',
        },
      ],
    });
  });

  it('names the system that is not read', async () => {
    await expect(dialectOf('shop.sql', 'CREATE TABLE t (a NVARCHAR(MAX));')).rejects.toMatchObject({
      diagnostics: [{ code: 'MCP819', message: 'shop.sql is a schema of SQL Server' }],
    });
  });

  it('says how to leave out rows where a dump is too large', () => {
    const fixOf = (what: string): string | undefined =>
      diagnostic('MCP108', { what, limit: '1 MiB' }).fix;
    expect(fixOf('shop.sql.gz')).toBe(
      'name its dialect with --dialect, or dump the schema without its rows: pg_dump --schema-only, mysqldump --no-data, sqlite3 <file> .schema',
    );
    expect(fixOf('shop.yaml')).toBe(
      'split the document, or leave out the parts that are not needed',
    );
  });
});
