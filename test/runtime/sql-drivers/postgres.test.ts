import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlDriver } from '../../../templates/src/runtime/sql/driver.js';
import type { DatabaseServer } from '../../sql/support/database-server.js';
import { findPostgres, startPostgres } from '../../sql/support/postgres-server.js';
import { driverOf, failureOf, read, sessionOptions, until, write } from './support.js';

const none = findPostgres() ? '' : ' (skipped: no PostgreSQL is installed)';

describe.skipIf(none)(`the driver of PostgreSQL${none}`, () => {
  let server: DatabaseServer;
  let driver: SqlDriver;
  /** Beside the driver: looks at the server from outside. */
  let admin: pg.Client;

  beforeAll(async () => {
    server = await startPostgres();
    admin = new pg.Client({ connectionString: server.url() });
    admin.on('error', () => undefined);
    await admin.connect();
    await admin.query(`
      CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL UNIQUE, price numeric(10,2) CHECK (price >= 0));
      INSERT INTO item VALUES (1, 'pen', 1.50), (2, 'ink', 12.00);
      CREATE TABLE note (id serial PRIMARY KEY, item int NOT NULL REFERENCES item DEFERRABLE, body text)`);
    driver = driverOf(server.url());
  });
  afterAll(async () => {
    await driver?.close();
    await admin?.end();
    await server?.stop();
  });

  /** Sessions of drivers that do something at the moment. */
  const busy = async (text = '%'): Promise<number> => {
    const { rows } = await admin.query<{ count: string }>(
      "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'mcp-server' AND state <> 'idle' AND query LIKE $1",
      [text],
    );
    return Number(rows[0]?.count);
  };

  it('gives dates, times and intervals as ISO texts whatever the database prefers', async () => {
    await admin.query("ALTER DATABASE postgres SET datestyle = 'German'");
    await admin.query("ALTER DATABASE postgres SET timezone = 'Asia/Kolkata'");
    const other = driverOf(server.url());
    const { rows } = await read(
      other,
      `SELECT '0044-03-15 BC'::date, 'infinity'::date, '2024-02-29 12:34:56.123456'::timestamp,
              '2024-02-29 12:34:56.5+00'::timestamptz, '-infinity'::timestamptz, '23:59:60'::time,
              '12:00+02'::timetz, '1 year 2 mons -3 days 04:05:06.7'::interval`,
    );
    expect(rows).toEqual([
      [
        ...[
          '0044-03-15 BC',
          'infinity',
          '2024-02-29 12:34:56.123456',
          '2024-02-29 18:04:56.5+05:30',
        ],
        ...['-infinity', '24:00:00', '12:00:00+02', '1 year 2 mons -3 days +04:05:06.7'],
      ],
    ]);
    await other.close();
    await admin.query('ALTER DATABASE postgres RESET ALL');
  });

  it('cannot write in a read, however it is tried', async () => {
    const insert = "INSERT INTO item VALUES (9, 'x', 1)";
    expect(await failureOf(read(driver, insert))).toMatchObject({ kind: 'denied', code: '25006' });
    expect(await failureOf(read(driver, `SELECT 1; ${insert}`))).toMatchObject({ code: '42601' });
    for (const opening of [
      ...[
        'COMMIT',
        'ROLLBACK',
        'SET TRANSACTION READ WRITE',
        'END',
        'COMMIT AND CHAIN',
        'ABORT AND CHAIN',
      ],
      ...[
        "SELECT set_config('transaction_read_only', 'off', true)",
        'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE',
      ],
    ]) {
      const attempt = driver.read(async (session) => {
        await session.run({ text: opening, values: [] }).catch(() => undefined);
        await session.run({ text: insert, values: [] });
      }, sessionOptions());
      expect((await failureOf(attempt)).kind).toMatch(/denied|unavailable|statement/);
    }
    expect((await read(driver, 'SELECT count(*) FROM item')).rows).toEqual([['2']]);
  });

  it('ends a read with its last statement, in the same round trip', async () => {
    const small = driverOf(server.url(), { SQL_POOL_SIZE: '1' });
    const bounds = { maxRows: 1, last: true };
    for (const count of [1, 2, 3]) {
      const text = `SELECT pg_backend_pid(), i FROM generate_series(1, ${count}) i`;
      await small.read(async (session) => {
        const { rows, truncated } = await session.run({ text, values: [] }, bounds);
        expect([rows.length, truncated]).toEqual([1, count > 1]);
        const state = 'SELECT state FROM pg_stat_activity WHERE pid = $1';
        expect((await admin.query(state, [rows[0]?.[0]])).rows).toEqual([{ state: 'idle' }]);
      }, sessionOptions());
    }
    const insert = "INSERT INTO item VALUES (9, 'x', 1) RETURNING id";
    expect(await failureOf(read(small, insert, [], bounds))).toMatchObject({ code: '25006' });
    expect(await failureOf(read(small, 'SELECT 1/0', [], bounds))).toMatchObject({ kind: 'value' });
    // More rows than one answer has.
    const many = 'SELECT generate_series(1, 5000)';
    expect((await read(small, many, [], { maxRows: 4_000, last: true })).rows.length).toBe(4_000);
    expect((await read(small, many, [], { last: true })).rows.length).toBe(5_000);
    await small.close();
  });

  it('commits what a write resolves, and says how many rows it changed', async () => {
    const { rows, changes, truncated } = await write(
      driver,
      "INSERT INTO item SELECT i, 'n' || i, 1 FROM generate_series(100, 2599) i RETURNING id",
      [],
      { maxRows: 3 },
    );
    expect({ rows, changes, truncated }).toEqual({
      rows: [[100], [101], [102]],
      changes: 2_500,
      truncated: true,
    });
    expect((await write(driver, 'DELETE FROM item WHERE id >= 100')).changes).toBe(2_500);
    expect((await read(driver, 'SELECT count(*) FROM item')).rows).toEqual([['2']]);
  });

  it('rolls a write back that rejects, that is aborted, and whose statement failed', async () => {
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

    const swallowed = driver.write(async (session) => {
      await session.run(insert);
      await session.run(insert).catch(() => undefined);
    }, sessionOptions());
    expect(await failureOf(swallowed)).toMatchObject({ kind: 'conflict', applied: 'no' });

    const deferred = write(driver, [
      'SET CONSTRAINTS ALL DEFERRED',
      "INSERT INTO note (item, body) VALUES (77, 'secret')",
    ]);
    expect(await failureOf(deferred)).toEqual({
      kind: 'conflict',
      code: '23503',
      applied: 'no',
      message: 'What "item" refers to does not exist (foreign key "note_item_fkey").',
    });
    expect((await read(driver, 'SELECT count(*) FROM item')).rows).toEqual([['2']]);
  });

  it('says what failed without a value of any row', async () => {
    const failing: [string, string, string][] = [
      [
        "INSERT INTO item VALUES (3, 'pen', 1)",
        'conflict',
        'There is already a row with the same "name" (unique constraint "item_name_key").',
      ],
      [
        "INSERT INTO item VALUES (3, 'x', -1)",
        'conflict',
        'A value breaks the check "item_price_check".',
      ],
      ['INSERT INTO item VALUES (3, NULL, 1)', 'conflict', 'The column "name" must have a value.'],
      [
        "UPDATE item SET price = 'dear'",
        'value',
        'A value cannot be read as the type of its column.',
      ],
      [
        'SELECT nme FROM item',
        'statement',
        'The database did not accept the statement: column "nme" does not exist.',
      ],
      [
        'SELEC',
        'statement',
        'The database did not accept the statement: syntax error at or near "SELEC".',
      ],
      ['SELECT 1/0', 'value', 'Division by zero.'],
    ];
    for (const [text, kind, message] of failing) {
      expect(await failureOf(write(driver, text))).toMatchObject({ kind, message });
    }
  });

  it('sets claims in the transaction only', async () => {
    const text = "SELECT current_setting('app.tenant', true)";
    const small = driverOf(server.url(), { SQL_POOL_SIZE: '1' });
    const claims = { 'app.tenant': "o'x; --" };
    expect((await read(small, text, [], { claims })).rows).toEqual([["o'x; --"]]);
    expect((await read(small, text)).rows).toEqual([['']]);
    await small.close();
  });

  it('prepares what comes again, a bounded number of statements, and drops what a change of tables outdates', async () => {
    const small = driverOf(server.url(), { SQL_POOL_SIZE: '1', SQL_PREPARED_STATEMENTS: '5' });
    for (let i = 0; i < 60; i += 1) await read(small, `SELECT ${i % 20}`);
    for (let i = 0; i < 3; i += 1) await failureOf(read(small, 'SELECT nothing'));
    for (let i = 0; i < 3; i += 1) await read(small, 'SELECT * FROM item');
    const { rows } = await read(small, 'SELECT count(*) FROM pg_prepared_statements');
    expect(Number(rows[0]?.[0])).toBeLessThanOrEqual(6);
    await admin.query('ALTER TABLE item ADD extra int');
    expect((await read(small, 'SELECT * FROM item')).columns).toEqual([
      'id',
      'name',
      'price',
      'extra',
    ]);
    await admin.query('ALTER TABLE item DROP extra');
    await small.close();
  });

  it('goes on with what a change of a table has outdated in the middle of a transaction that reads', async () => {
    const small = driverOf(server.url(), { SQL_POOL_SIZE: '1' });
    const second = (): Promise<string[]> =>
      small.read(async (session) => {
        await session.run({ text: 'SELECT id FROM note', values: [] });
        return (await session.run({ text: 'SELECT * FROM item', values: [] })).columns;
      }, sessionOptions());
    for (let i = 0; i < 3; i += 1) await second();
    await admin.query('ALTER TABLE item ADD extra int');
    expect(await second()).toEqual(['id', 'name', 'price', 'extra']);
    await admin.query('ALTER TABLE item DROP extra');
    expect(await second()).toEqual(['id', 'name', 'price']);
    await small.close();
  });

  it('lets nobody wait for an idle connection that somebody else is given', async () => {
    const small = driverOf(server.url(), { SQL_POOL_SIZE: '1' });
    // It ends with its statement, so that the connection is idle at once.
    await read(small, 'SELECT 1', [], { maxRows: 1, last: true });
    await new Promise((resolve) => setImmediate(resolve));
    const [first, second] = [new AbortController(), new AbortController()];
    // Both see the one that is idle.
    const holding = failureOf(read(small, 'SELECT pg_sleep(60)', [], { signal: first.signal }));
    const waiting = failureOf(read(small, 'SELECT 2', [], { signal: second.signal }));
    await until(async () => (await busy('SELECT pg_sleep%')) === 1);
    second.abort();
    expect((await waiting).kind).toBe('cancelled');
    expect(await busy('SELECT pg_sleep%')).toBe(1);
    first.abort();
    expect((await holding).kind).toBe('cancelled');
    expect((await read(small, 'SELECT 3')).rows).toEqual([[3]]);
    await small.close();
  });

  it('takes a server that has fallen silent for one that is away, and not for a pool that is full', async () => {
    let silent = false;
    const relay = createServer((socket) => {
      const target = silent ? undefined : connect(server.port, server.host);
      if (target) socket.pipe(target).pipe(socket);
      for (const side of [socket, target]) side?.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const { port } = relay.address() as AddressInfo;
    const address = server.url().replace(`:${server.port}/`, `:${port}/`);
    const behind = driverOf(address, { SQL_POOL_WAIT_MS: '300', SQL_CONNECT_RETRY_MS: '0' });
    await read(behind, 'SELECT 1', [], { maxRows: 1, last: true });
    await new Promise((resolve) => setImmediate(resolve));
    silent = true;
    const controller = new AbortController();
    const { signal } = controller;
    const first = failureOf(read(behind, 'SELECT pg_sleep(60)', [], { signal }));
    expect(await failureOf(read(behind, 'SELECT 2'))).toMatchObject({
      kind: 'unavailable',
      message: 'The database cannot be reached at the moment. Try again later.',
    });
    silent = false;
    controller.abort();
    expect((await first).kind).toBe('cancelled');
    await behind.close();
    relay.close();
  });

  it('replaces connections that are worn', async () => {
    const backend = 'SELECT pg_backend_pid()';
    const worn = driverOf(server.url(), { SQL_POOL_SIZE: '1', SQL_CONNECTION_USES: '2' });
    const pids: unknown[] = [];
    for (let i = 0; i < 4; i += 1) pids.push((await read(worn, backend)).rows[0]?.[0]);
    expect([pids[0] === pids[1], pids[1] === pids[2], pids[2] === pids[3]]).toEqual([
      true,
      false,
      true,
    ]);
    await worn.close();
  });

  it('says so when nobody knows whether a change was made', async () => {
    await admin.query(`
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION slow()`);
    const committing = failureOf(write(driver, 'INSERT INTO note (item) VALUES (1)'));
    await until(async () => (await busy('COMMIT')) === 1);
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mcp-server' AND query = 'COMMIT'",
    );
    expect(await committing).toEqual({
      kind: 'unavailable',
      code: '57P01',
      applied: 'unknown',
      message: 'The connection was lost while the change was made final: it may have been made.',
    });
    await admin.query('DROP TRIGGER slow ON note');
  });

  it('tells what rights the account need not have', async () => {
    expect(await driver.inspectRights({ writes: false, tables: ['public.item'] })).toEqual([
      'The database account postgres is a superuser: it may do everything. Create the role of grants/ and use it in the address.',
    ]);
    await admin.query("CREATE ROLE reader LOGIN PASSWORD 'r'; GRANT SELECT ON item TO reader");
    await admin.query(
      "CREATE ROLE clerk LOGIN PASSWORD 'c' CREATEDB BYPASSRLS; GRANT INSERT ON item, note TO clerk; GRANT pg_read_server_files TO clerk; ALTER TABLE note OWNER TO clerk",
    );
    const as = (user: string) =>
      driverOf(`postgres://${user}:${user[0]}@127.0.0.1:${server.port}/postgres`);
    const reader = as('reader');
    expect(await reader.inspectRights({ writes: false, tables: ['item'] })).toEqual([]);
    await reader.close();
    const clerk = as('clerk');
    const found = await clerk.inspectRights({ writes: false, tables: ['item'] });
    expect(found.map((text) => text.replace(/ Create the role.*/, ''))).toEqual([
      'The database account clerk has BYPASSRLS, which this server does not need.',
      'The database account clerk has CREATEDB, which this server does not need.',
      'The database account clerk has pg_read_server_files, which this server does not need.',
      'The database account clerk owns tables, so it may alter and drop them: public.note.',
      'The database account clerk may change tables though this server only reads: public.item.',
    ]);
    expect((await clerk.inspectRights({ writes: true, tables: ['item'] })).length).toBe(4);
    await clerk.close();
  });

  it('works again after a crash of the server', async () => {
    const { rows } = await admin.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const fresh = driverOf(server.url());
    const waiting = failureOf(read(fresh, 'SELECT pg_sleep(60)'));
    await until(async () => (await busy('%pg_sleep%')) === 1);
    // A crash of one backend makes the server end all others and recover.
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
    expect(await waiting).toMatchObject({ kind: 'unavailable' });
    await fresh.close();
    // That takes longer or shorter.
    await until(() =>
      read(driver, 'SELECT 1').then(
        () => true,
        () => false,
      ),
    );
    expect((await read(driver, 'SELECT count(*) FROM item')).rows).toEqual([['2']]);
  });
});
