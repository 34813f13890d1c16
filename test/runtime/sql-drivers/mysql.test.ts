import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlDriver } from '../../../templates/src/runtime/sql/driver.js';
import type { DatabaseServer } from '../../sql/support/database-server.js';
import { findMariadb, onMysql, startMariadb } from '../../sql/support/mariadb-server.js';
import { driverOf, failureOf, read, sessionOptions, write } from './support.js';

const none = findMariadb() ? '' : ' (skipped: no MariaDB is installed)';

describe.skipIf(none)(`the driver of MySQL and MariaDB${none}`, () => {
  let server: DatabaseServer;
  let driver: SqlDriver;
  /** Beside the driver: looks at the server from outside. */
  let admin: mysql.Connection;

  beforeAll(async () => {
    server = await startMariadb();
    admin = await mysql.createConnection({ uri: server.url(), multipleStatements: true });
    admin.on('error', () => undefined);
    await admin.query(`
      CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop;
      CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE, price DECIMAL(10,2), CHECK (price >= 0));
      INSERT INTO item VALUES (1, 'pen', 1.50), (2, 'ink', 12.00);
      CREATE TABLE note (id INT AUTO_INCREMENT PRIMARY KEY, item INT NOT NULL,
        CONSTRAINT note_item FOREIGN KEY (item) REFERENCES item (id))`);
    await admin.query(
      `CREATE TABLE numbers (n INT PRIMARY KEY) AS
        WITH RECURSIVE some (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM some WHERE n < 999)
        SELECT n FROM some UNION SELECT n + 999 FROM some UNION SELECT n + 1998 FROM some`,
    );
    driver = driverOf(server.url('shop'));
  });
  afterAll(async () => {
    await driver?.close();
    await admin?.end();
    await server?.stop();
  });

  it('gives cells exactly as the database has them', async () => {
    // MySQL has JSON in a form of its own, with doubles.
    const json = onMysql ? '{"a": 1e30, "b": 1}' : '{"b": 1, "a": 1e400}';
    await write(
      driver,
      `CREATE TABLE every (
      a BIGINT, b BIGINT UNSIGNED, c INT, d DECIMAL(50,10), e DOUBLE, f FLOAT, g TINYINT(1), h BIT(1), i BIT(10),
      j DATE, k DATETIME(6), l TIMESTAMP(3) NULL, m TIME(2), n YEAR, o JSON, p BLOB, q VARBINARY(9), r TEXT, s ENUM('x','é'),
      t SET('a','b'), u CHAR(3) CHARACTER SET latin1, v BINARY(3), w ${onMysql ? 'CHAR(36)' : 'UUID'}, x POINT)`,
    );
    await write(
      driver,
      `INSERT INTO every VALUES (
      -9223372036854775808, 18446744073709551615, -5, 1234567890123456789012345678901234567890.5, 1.5e300, 0.1, 1, b'1', b'101',
      '0044-03-15', '2024-02-29 12:34:56.123456', '2024-02-29 12:34:56.5', '-800:00:00.25', 1999, '${json}',
      x'00ff10', x'00', 'ü😀', 'é', 'a,b', 'é', 'ab', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', ST_PointFromText('POINT(1 2)'))`,
    );
    const { rows, columns, changes, truncated } = await read(driver, 'SELECT *, a FROM every');
    expect(columns.slice(-2)).toEqual(['x', 'a']);
    expect({ changes, truncated }).toEqual({ changes: 0, truncated: false });
    expect(rows).toEqual([
      [
        ...['-9223372036854775808', '18446744073709551615', -5],
        ...[
          '1234567890123456789012345678901234567890.5000000000',
          1.5e300,
          0.1,
          1,
          true,
          '0000000101',
        ],
        ...[
          '0044-03-15',
          '2024-02-29 12:34:56.123456',
          '2024-02-29 12:34:56.500',
          '-800:00:00.25',
          1999,
        ],
        ...[json, new Uint8Array([0, 255, 16]), new Uint8Array([0]), 'ü😀', 'é', 'a,b', 'é'],
        ...[new Uint8Array([97, 98, 0]), 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"x":1,"y":2}'],
        '-9223372036854775808',
      ],
    ]);
    await write(driver, 'DROP TABLE every');
  });

  it('takes values of every kind, and numbers where only integers may be', async () => {
    const bytes = new Uint8Array([0, 1, 255]);
    await write(
      driver,
      'CREATE TABLE given (a BIGINT, b DECIMAL(40,20), c BOOL, d BLOB, e TEXT, f TEXT, g DOUBLE, h JSON)',
    );
    const values = [
      '9223372036854775807',
      '0.12345678901234567890',
      true,
      bytes,
      null,
      "';\\",
      1.5,
      ['x', 1],
    ];
    await write(driver, 'INSERT INTO given VALUES (?, ?, ?, ?, ?, ?, ?, ?)', values);
    expect(
      (
        await read(driver, 'SELECT * FROM given WHERE a = ? LIMIT ? OFFSET ?', [
          '9223372036854775807',
          5,
          0,
        ])
      ).rows,
    ).toEqual([
      [
        ...['9223372036854775807', '0.12345678901234567890', 1, bytes, null, "';\\", 1.5],
        // JSON is a type of its own in MySQL, and a text in MariaDB.
        onMysql ? '["x", 1]' : '["x",1]',
      ],
    ]);
    await write(driver, 'DROP TABLE given');
  });

  it('cannot write in a read, nor end its transaction', async () => {
    const insert = "INSERT INTO item VALUES (9, 'x', 1)";
    expect(await failureOf(read(driver, insert))).toMatchObject({ kind: 'denied' });
    // Where it gives rows back, it is the server that refuses it.
    const change = onMysql ? insert : `${insert} RETURNING id`;
    const refusal = onMysql ? { kind: 'denied' } : { kind: 'denied', code: '1792' };
    expect(await failureOf(read(driver, change))).toMatchObject(refusal);
    expect(await failureOf(read(driver, `SELECT 1; ${insert}`))).toMatchObject({ code: '1064' });
    for (const text of [
      'COMMIT',
      'DROP TABLE note',
      "SELECT 1 INTO OUTFILE '/tmp/never'",
      'SET @x = 1',
      'START TRANSACTION',
      'ANALYZE TABLE item',
    ]) {
      const attempt = driver.read(async (session) => {
        await session.run({ text, values: [] }).catch(() => undefined);
        await session.run({ text: change, values: [] });
      }, sessionOptions());
      expect(await failureOf(attempt)).toMatchObject(refusal);
    }
    expect((await read(driver, 'SELECT COUNT(*) FROM item')).rows).toEqual([['2']]);
    expect((await read(driver, 'SELECT COUNT(*) FROM note')).rows).toEqual([['0']]);
  });

  it('runs the only statement of a read without a transaction around it, which cannot write either', async () => {
    const bounds = { maxRows: 1, last: true };
    const insert = `INSERT INTO item VALUES (9, 'x', 1)${onMysql ? '' : ' RETURNING id'}`;
    const refusal = onMysql ? { kind: 'denied' } : { code: '1792' };
    await admin.query('SET SESSION lock_wait_timeout = 1');
    await driver.read(async (session) => {
      await session.run({ text: 'SELECT * FROM item', values: [] }, bounds);
      // It would wait for a transaction that has read the table.
      await admin.query("ALTER TABLE item COMMENT = 'x'");
    }, sessionOptions());
    expect(await failureOf(read(driver, insert, [], bounds))).toMatchObject(refusal);
    await write(driver, 'DELETE FROM note');
    expect(await failureOf(read(driver, insert, [], bounds))).toMatchObject(refusal);
    const claims = { tenant: '7' };
    expect((await read(driver, 'SELECT @tenant', [], { ...bounds, claims })).rows).toEqual([['7']]);
    expect((await read(driver, 'SELECT @tenant', [], bounds)).rows).toEqual([[null]]);
  });

  it('commits what a write resolves, and says how many rows it changed', async () => {
    const insert =
      "INSERT INTO item SELECT n, CONCAT('n', n), 1 FROM numbers WHERE n BETWEEN 100 AND 2599";
    const returning = onMysql ? '' : ' RETURNING id';
    const many = await write(driver, `${insert}${returning}`, [], { maxRows: 2 });
    expect({ rows: many.rows, truncated: many.truncated }).toEqual(
      onMysql ? { rows: [], truncated: false } : { rows: [[100], [101]], truncated: true },
    );
    expect((await write(driver, 'DELETE FROM item WHERE id >= 100')).changes).toBe(2_500);
    expect((await write(driver, 'UPDATE item SET name = name')).changes).toBe(2);
  });

  it('rolls a write back that rejects or is aborted', async () => {
    const insert = { text: "INSERT INTO item VALUES (9, 'x', 1)", values: [] };
    const thrown = driver.write(async (session) => {
      await session.run(insert);
      throw new RangeError('no');
    }, sessionOptions());
    await expect(thrown).rejects.toThrow(RangeError);
    const controller = new AbortController();
    const aborted = driver.write(
      async (session) => {
        await session.run(insert);
        controller.abort();
        await new Promise(() => undefined);
      },
      sessionOptions({ signal: controller.signal }),
    );
    expect(await failureOf(aborted)).toMatchObject({ kind: 'cancelled', applied: 'no' });
    expect((await read(driver, 'SELECT COUNT(*) FROM item')).rows).toEqual([['2']]);
  });

  it('says what failed without a value of any row', async () => {
    const failing: [string, string, string][] = [
      [
        "INSERT INTO item VALUES (3, 'pen', 1)",
        'conflict',
        'There is already a row with the same key (unique key "name").',
      ],
      [
        "INSERT INTO item VALUES (3, 'x', -1)",
        'conflict',
        `A value breaks the check "${onMysql ? 'item_chk_1' : 'CONSTRAINT_1'}".`,
      ],
      ['INSERT INTO item VALUES (3, NULL, 1)', 'conflict', 'The column "name" must have a value.'],
      [
        "INSERT INTO item VALUES (3, REPEAT('x', 30), 1)",
        'value',
        'A value is too long for the column "name".',
      ],
      [
        'INSERT INTO note (item) VALUES (77)',
        'conflict',
        'What the row refers to does not exist (foreign key "note_item").',
      ],
      [
        'UPDATE item SET price = 1e30',
        'value',
        'A value is out of the range of the column "price".',
      ],
      [
        'SELECT nme FROM item',
        'statement',
        `The database did not accept the statement: Unknown column 'nme' in '${onMysql ? 'field list' : 'SELECT'}'.`,
      ],
    ];
    for (const [text, kind, message] of failing) {
      expect(await failureOf(write(driver, text))).toMatchObject({ kind, message });
    }
  });

  it('sets claims in the transaction only', async () => {
    const small = driverOf(server.url('shop'), { SQL_POOL_SIZE: '1' });
    const claims = { 'odd `name`': "o'x; --" };
    const text = 'SELECT @`odd ``name```';
    expect((await read(small, text, [], { claims })).rows).toEqual([["o'x; --"]]);
    expect((await read(small, text)).rows).toEqual([[null]]);
    await small.close();
  });

  it('stops at the limits of rows and bytes, and goes on in the same transaction', async () => {
    const many = "SELECT a.n, REPEAT('x', 100) FROM numbers a, numbers b, numbers c";
    const before = process.memoryUsage().rss;
    const options = sessionOptions({ timeoutMs: 30_000 });
    await driver.read(async (session) => {
      const some = await session.run({ text: many, values: [] }, { maxRows: 10 });
      expect([some.rows.length, some.truncated]).toEqual([10, true]);
      const small = await session.run({ text: many, values: [] }, { maxBytes: 10_000 });
      expect([small.rows.length > 50, small.rows.length < 100, small.truncated]).toEqual([
        true,
        true,
        true,
      ]);
      expect(
        (await session.run({ text: 'SELECT id FROM item ORDER BY id', values: [] })).rows,
      ).toEqual([[1], [2]]);
    }, options);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    const exact = await read(driver, 'SELECT n FROM numbers WHERE n < 4', [], { maxRows: 3 });
    expect([exact.rows.length, exact.truncated]).toEqual([3, false]);
  });

  it('keeps a bounded number of statements prepared', async () => {
    const small = driverOf(server.url('shop'), {
      SQL_POOL_SIZE: '2',
      SQL_PREPARED_STATEMENTS: '5',
    });
    for (let i = 0; i < 100; i += 1) await read(small, `SELECT ${i}`);
    const [rows] = await admin.query<mysql.RowDataPacket[]>(
      "SHOW GLOBAL STATUS LIKE 'Prepared_stmt_count'",
    );
    expect(Number(rows[0]?.['Value'])).toBeLessThan(100);
    await small.close();
  });

  it('tells what rights the account need not have', async () => {
    const all = await driver.inspectRights({ writes: false, tables: ['shop.item'] });
    // MySQL names them all.
    expect(all[0]).toMatch(
      onMysql
        ? /^The database account has INSERT, UPDATE, .*, SUPER, .*, GRANT OPTION on \*\.\*, which /
        : /^The database account has ALL PRIVILEGES, GRANT OPTION on \*\.\*, which this server does not need\. Create the account of grants\/ and use it in the address\.$/,
    );
    await admin.query(`
      CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'r'; GRANT SELECT, SHOW VIEW ON shop.* TO reader@'127.0.0.1';
      CREATE USER clerk@'127.0.0.1' IDENTIFIED BY 'c'; GRANT FILE ON *.* TO clerk@'127.0.0.1';
      GRANT SELECT, INSERT, UPDATE (name) ON shop.item TO clerk@'127.0.0.1'`);
    const as = (user: string) =>
      driverOf(`mysql://${user}:${user[0]}@127.0.0.1:${server.port}/shop`);
    const reader = as('reader');
    expect(await reader.inspectRights({ writes: false, tables: ['item'] })).toEqual([]);
    await reader.close();
    const clerk = as('clerk');
    const short = (texts: string[]) => texts.map((text) => text.replace(/, which this.*/, ''));
    expect(short(await clerk.inspectRights({ writes: false, tables: ['item'] }))).toEqual([
      'The database account has FILE on *.*',
      'The database account has INSERT, UPDATE on shop.item',
    ]);
    expect(short(await clerk.inspectRights({ writes: true, tables: ['item'] }))).toEqual([
      'The database account has FILE on *.*',
    ]);
    await clerk.close();
  });
});
