import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDriver } from '../../../templates/src/runtime/sql/drivers/open-driver.js';
import type { SqlDriver } from '../../../templates/src/runtime/sql/driver.js';
import { explainQuery, runQuery } from '../../../templates/src/runtime/sql/guard/run-query.js';
import { findPostgres, startPostgres } from '../../sql/support/postgres-server.js';
import type { DatabaseServer } from '../../sql/support/database-server.js';
import { guardDatabase, guardScript } from './fixture.js';

const database = guardDatabase('postgres');
const missing = findPostgres() === undefined ? ' (there is no PostgreSQL)' : '';
/** Without an end that anybody waits for. */
const ENDLESS = 'SELECT count(*) FROM generate_series(1, 1000000000000)';

describe.skipIf(missing !== '')(`a free query on PostgreSQL${missing}`, () => {
  let server: DatabaseServer;
  let admin: pg.Client;
  let driver: SqlDriver;
  beforeAll(async () => {
    server = await startPostgres();
    admin = new pg.Client({ connectionString: server.url() });
    await admin.connect();
    for (const text of guardScript('postgres')) await admin.query(text);
    driver = openDriver({ database, address: server.url(), env: {} });
  }, 60_000);
  afterAll(async () => {
    await driver?.close();
    await admin?.end();
    await server?.stop();
  });

  const run = (sql: string, more: { limit?: number; parameters?: unknown[] } = {}) =>
    runQuery(database, driver, { sql, limit: 10, ...more }, options());
  const options = (more: { timeoutMs?: number; signal?: AbortSignal } = {}) => ({
    signal: new AbortController().signal,
    timeoutMs: 5_000,
    ...more,
  });
  const running = async (): Promise<number> => {
    const text =
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%1000000000000%' AND pid <> pg_backend_pid()";
    return (await admin.query(text)).rows[0].n as number;
  };

  it('gives one row more than the limit, and no more', async () => {
    const { rows } = await run('SELECT generate_series(1, 1000000000)', { limit: 3 });
    expect(rows).toEqual([[1], [2], [3], [4]]);
    expect((await run('SELECT 1 AS a, 2 AS a')).columns).toEqual(['a', 'a']);
  });

  it('is stopped on the server when its time is over', async () => {
    await expect(
      runQuery(database, driver, { sql: ENDLESS, limit: 1 }, options({ timeoutMs: 200 })),
    ).rejects.toMatchObject({ name: 'SqlFailure', kind: 'timeout' });
    await expect.poll(running, { timeout: 5_000 }).toBe(0);
  });

  it('is stopped on the server when the call is cancelled', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const ended = runQuery(database, driver, { sql: ENDLESS, limit: 1 }, options({ signal }));
    const outcome = expect(ended).rejects.toMatchObject({ name: 'SqlFailure', kind: 'cancelled' });
    await expect.poll(running, { timeout: 5_000 }).toBe(1);
    controller.abort();
    await outcome;
    await expect.poll(running, { timeout: 5_000 }).toBe(0);
  });

  it('is explained without being run', async () => {
    const query = { sql: 'SELECT id FROM orders WHERE id = $1', parameters: [1], limit: 1 };
    const { columns, rows } = await explainQuery(database, driver, query, options());
    expect(columns).toEqual(['QUERY PLAN']);
    expect(String(rows[0])).toContain('orders');
    await explainQuery(database, driver, { sql: ENDLESS, limit: 1 }, options({ timeoutMs: 2_000 }));
  });

  it('takes values, also lists', async () => {
    const sql = 'SELECT id FROM orders WHERE id = ANY($1::int[]) AND state <> $2 ORDER BY id';
    const { rows } = await run(sql, { parameters: [[1, 2, 3], 'sent'] });
    expect(rows).toEqual([[1], [2]]);
    const values = { parameters: ["'; DROP TABLE orders; --"] };
    expect((await run('SELECT $1::text', values)).rows).toEqual([["'; DROP TABLE orders; --"]]);
  });

  it('means the same whatever the settings of the account are', async () => {
    await admin.query('CREATE SCHEMA trap');
    await admin.query(`CREATE TABLE trap.orders AS SELECT 666 AS id`);
    await admin.query(
      `CREATE FUNCTION trap.count(integer) RETURNS text LANGUAGE sql AS $$ SELECT 'trap' $$`,
    );
    await admin.query(
      `CREATE FUNCTION trap.abs(integer) RETURNS integer LANGUAGE sql AS $$ SELECT 666 $$`,
    );
    await admin.query('ALTER ROLE postgres SET search_path = trap, pg_catalog, public');
    await admin.query('ALTER ROLE postgres SET standard_conforming_strings = off');
    const trapped = openDriver({ database, address: server.url(), env: {} });
    try {
      const query = async (sql: string) =>
        (await runQuery(database, trapped, { sql, limit: 5 }, options())).rows;
      expect(await query('SELECT id, abs(-1) FROM orders ORDER BY id LIMIT 1')).toEqual([[1, 1]]);
      expect(await query("SELECT '\\', 'a'")).toEqual([['\\', 'a']]);
      expect(await query("SELECT 'good'::mood")).toEqual([['good']]);
    } finally {
      await trapped.close();
      await admin.query('ALTER ROLE postgres RESET ALL');
    }
  });
});
