import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { InputError } from '../../../src/diagnostics/diagnostic.js';
import { introspectMysql } from '../../../src/sources/sql/mysql/introspect-live.js';
import { readMysql } from '../../../src/sources/sql/mysql/read-mysql.js';
import type { ColumnType, DatabaseReading, TableModel } from '../../../src/sources/sql/model.js';
import { freePort } from '../support/database-server.js';
import type { DatabaseServer } from '../support/database-server.js';
import { findMariadb, onMysql, startMariadb } from '../support/mariadb-server.js';
import { columnOf, lossLines, tableOf } from '../support/read-model.js';

/** Every statement stands on its own: a client without DELIMITER sends them one by one. */
const STATEMENTS = [
  `CREATE TABLE parent (id serial, code char(3) PRIMARY KEY COMMENT 'It''s; a "code"', n numeric(8), d datetime(3) DEFAULT current_timestamp(3),
    kind enum('a''b','c') NOT NULL DEFAULT 'c', tags set('x','y'), raw varbinary(16), ok bool DEFAULT true, body json, big bigint unsigned,
    UNIQUE two (n, code)) COMMENT='A parent''s table'`,
  `CREATE TABLE child (id int AUTO_INCREMENT PRIMARY KEY, code char(3), \`order\` int NOT NULL DEFAULT -5 CHECK (\`order\` > -10),
    twice int AS (\`order\` * 2) STORED, again int AS (\`order\` * 3) VIRTUAL, boss int, note text, KEY by_note (note(20), \`order\`), FULLTEXT (note),
    CONSTRAINT to_parent FOREIGN KEY (code) REFERENCES parent (code) ON DELETE SET NULL ON UPDATE CASCADE,
    FOREIGN KEY (boss) REFERENCES child (id))`,
  'CREATE TABLE `a b` (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (year(at)) (PARTITION p VALUES LESS THAN MAXVALUE)',
  'CREATE VIEW seen AS SELECT c.id, p.code, p.kind, c.`order` AS o FROM child c LEFT JOIN parent p ON p.code = c.code',
  ...(onMysql ? [] : ['CREATE SEQUENCE numbers']),
  'CREATE TRIGGER watch BEFORE INSERT ON child FOR EACH ROW SET NEW.note = upper(NEW.note)',
  "CREATE FUNCTION hi (s varchar(20)) RETURNS varchar(30) DETERMINISTIC NO SQL COMMENT 'Says hi' RETURN concat('hi ', s)",
  'CREATE PROCEDURE two (IN a int, OUT b varchar(10)) READS SQL DATA SELECT 1',
];

async function codeAndMessage(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw error;
  return `${error.diagnostics[0]?.code} ${error.message}`;
}

/** MariaDB shows display widths, and JSON as the text that it is; MySQL shows its functions in capitals. */
function comparable({ model }: DatabaseReading): unknown {
  const sql = (type: ColumnType): string =>
    type.kind === 'json' ? 'json' : type.sql.replace(/^(?!tinyint\(1\))(\w*int|year)\(\d+\)/, '$1');
  const of = ({ origin: _, checks, ...table }: TableModel) => ({
    ...table,
    columns: table.columns.map(({ origin: __, default: value, type, ...column }) => ({
      ...column,
      type: { ...type, sql: sql(type) },
      ...(table.kind === 'table' &&
        value !== undefined && { default: value.replace(/^true$/, '1').toLowerCase() }),
    })),
    // The server adds one for each JSON column.
    checks: checks.filter(({ expression }) => !expression.startsWith('json_valid')).length,
    indexes: table.indexes.toSorted((one, other) => (one.name! < other.name! ? -1 : 1)),
    foreignKeys: table.foreignKeys.toSorted((one, other) => (one.name! < other.name! ? -1 : 1)),
    uniques: table.uniques.toSorted((one, other) => (one.name! < other.name! ? -1 : 1)),
  });
  const functions = model.functions.map((one) => ({
    ...one,
    arguments: one.arguments.map(({ type, ...rest }) => ({ ...rest, type: sql(type) })),
  }));
  return { tables: model.tables.map(of), functions };
}

describe('addresses', () => {
  it('are refused without being repeated', async () => {
    expect(await codeAndMessage(introspectMysql('mysql://u:SECRET@h'))).toBe(
      'MCP807 mysql://h:3306/ is no address of a database: a database is not named: write mysql://user@host:port/database',
    );
    expect(await codeAndMessage(introspectMysql('SECRET'))).toBe(
      'MCP807 the address is no address of a database: it does not begin with mysql://host or mariadb://host',
    );
  });

  it('where nothing listens, or nothing answers, are said to be so', async () => {
    const port = await freePort();
    expect(await codeAndMessage(introspectMysql(`mysql://u:SECRET@127.0.0.1:${port}/shop`))).toBe(
      `MCP803 mysql://127.0.0.1:${port}/shop cannot be reached: nothing listens there`,
    );
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port: deaf } = silent.address() as AddressInfo;
    const url = `mysql://u:SECRET@127.0.0.1:${deaf}/shop`;
    expect(await codeAndMessage(introspectMysql(url, { timeoutMs: 300 }))).toBe(
      `MCP803 mysql://127.0.0.1:${deaf}/shop cannot be reached: it does not answer in time`,
    );
    silent.close();
  });
});

const missing = findMariadb() ? '' : ' (skipped: no MariaDB is installed)';

describe.skipIf(missing)(`introspectMysql${missing}`, () => {
  let server: DatabaseServer;
  let admin: mysql.Connection;

  beforeAll(async () => {
    server = await startMariadb();
    admin = await mysql.createConnection({ uri: server.url() });
    for (const sql of [
      'CREATE DATABASE `my shop` CHARACTER SET utf8mb4',
      'CREATE DATABASE bare',
      "CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'r/e@d'",
      "GRANT SELECT ON `my shop`.* TO reader@'127.0.0.1'",
      'USE `my shop`',
      ...STATEMENTS,
    ]) {
      await admin.query(sql);
    }
  });
  afterAll(async () => {
    await admin?.end();
    await server?.stop();
  });

  it('gives what the reader of files gives for the same statements', async () => {
    const live = await introspectMysql(server.url('my shop'));
    const file = readMysql([{ path: 'a.sql', text: `${STATEMENTS.join(';\n')};` }]);
    expect(lossLines(file)).toEqual([]);
    expect(comparable(live)).toEqual(comparable(file));
    expect(live.model.tables.map(({ name }) => name)).toEqual(['a b', 'child', 'parent', 'seen']);
    expect(columnOf(live, 'parent', 'body').type.kind).toBe('json');
    expect(live.skipped).toEqual([]);
  });

  it('says which columns expressions are made of, as the reader of files does', async () => {
    const statements = [
      `CREATE TABLE people (id int PRIMARY KEY, email varchar(60), city varchar(60), \`b\` int,
        mail varchar(60) AS (lower(email)) STORED, again varchar(60) AS (concat(mail, 'city')) VIRTUAL,
        copy varchar(60) DEFAULT (email), upper_one varchar(60) DEFAULT (upper(city)), plain varchar(60) DEFAULT 'email',
        doubled varchar(60) DEFAULT 'city', bits bit(2) DEFAULT b'01', at datetime DEFAULT now(), five int AS (5))`,
    ];
    await admin.query('CREATE DATABASE made');
    await admin.query('USE made');
    for (const sql of statements) await admin.query(sql);
    const expected = {
      ...{ mail: ['email'], again: ['mail'], copy: ['email'], upper_one: ['city'], five: [] },
    };
    const live = await introspectMysql(server.url('made'));
    for (const reading of [live, readMysql([{ path: 'a.sql', text: `${statements[0]};` }])]) {
      const { columns } = tableOf(reading, 'people');
      const told = columns.flatMap(({ name, madeOf }) => (madeOf ? [[name, madeOf]] : []));
      expect(Object.fromEntries(told)).toEqual(expected);
    }
  });

  it('keeps credentials out of everything', async () => {
    const live = await introspectMysql(server.url('my shop'));
    expect(tableOf(live, 'child').origin).toEqual({
      file: `mysql://127.0.0.1:${server.port}/my%20shop`,
      path: [],
    });
    expect(JSON.stringify(live)).not.toContain(server.password);
    expect(JSON.stringify(live)).not.toContain(encodeURIComponent(server.password));
  });

  it('reads as much as a user who may only SELECT, foreign keys and checks too', async () => {
    const url = `mysql://reader:r%2Fe%40d@127.0.0.1:${server.port}/my%20shop`;
    const child = tableOf(await introspectMysql(url), 'child');
    const whole = tableOf(await introspectMysql(server.url('my shop')), 'child');
    expect(child.foreignKeys).toHaveLength(2);
    expect(child.foreignKeys).toEqual(expect.arrayContaining(whole.foreignKeys));
    expect(child.checks).toHaveLength(1);
    expect(child.columns).toEqual(whole.columns);
  });

  it('says what is wrong with the address', async () => {
    const at = `127.0.0.1:${server.port}`;
    const of = (url: string) => codeAndMessage(introspectMysql(url));
    const wrong = await of(`mysql://root:SECRET@${at}/bare`);
    expect(wrong).toMatch(
      /^MCP804 mysql:\/\/127.0.0.1:\d+\/bare does not let root in: Access denied/,
    );
    expect(wrong).not.toContain('SECRET');
    expect(await of(server.url('nowhere'))).toBe(
      `MCP805 there is no database nowhere at mysql://${at}/nowhere`,
    );
    expect(await of(server.url('bare'))).toBe(
      `MCP802 mysql://${at}/bare holds no table and no view`,
    );
    const reader = `mysql://reader:r%2Fe%40d@${at}/bare`;
    expect(await of(reader)).toMatch(/^MCP804 mysql:\/\/.*\/bare does not let reader in/);
    expect(await of(`mysql://reader@${at}/shop`)).toBe(
      `MCP804 mysql://${at}/shop does not let reader in: it asks for a password`,
    );
    vi.stubEnv('MYSQL_PWD', 'r/e@d');
    expect(await of(`mysql://reader@${at}/bare`)).toMatch(
      /^MCP804 mysql:\/\/.*\/bare does not let reader in: Access denied/,
    );
    vi.unstubAllEnvs();
  });

  it('ends when it is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(introspectMysql(server.url('my shop'), { signal })).rejects.toThrow('cancelled');
  });

  it('leaves no connection behind', async () => {
    await introspectMysql(server.url('my shop'));
    await vi.waitFor(async () => {
      const [rows] = await admin.query(
        "SELECT id FROM information_schema.processlist WHERE user IN ('root', 'reader') AND id <> CONNECTION_ID()",
      );
      expect(rows).toEqual([]);
    }, 10_000);
  });
});
