import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { drivers } from '../../../../templates/src/runtime/sql/drivers/available.js';
import { openDriver } from '../../../../templates/src/runtime/sql/drivers/open-driver.js';
import type { SqlDialect } from '../../../../templates/src/runtime/sql/database.js';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import '../../../support/typescript-children.js';
import { findMariadb, startMariadb } from '../../../sql/support/mariadb-server.js';
import { findPostgres, startPostgres } from '../../../sql/support/postgres-server.js';
import { runScript } from './bench.js';
import { shopDatabase } from './shop.js';

/** Cases that hold for every database; `fresh` gives an empty one. */
export type Cases = (engine: { dialect: SqlDialect; fresh: () => Promise<SqlDriver> }) => void;

/** A database that runs, and gives empty databases. */
type Running = { fresh: () => Promise<SqlDriver>; stop: () => Promise<void> };

/** Runs all cases on one database, which is started once. `missing` says why it cannot be, and skips them. */
export function runCases(
  name: string,
  {
    dialect,
    start,
    missing,
    cases,
  }: {
    dialect: SqlDialect;
    start: () => Promise<Running>;
    missing: string | undefined;
    cases: Cases[];
  },
): void {
  describe.skipIf(missing !== undefined)(missing ? `${name} (${missing})` : name, () => {
    let running: Running | undefined;
    beforeAll(async () => {
      running = await start();
    });
    afterAll(() => running?.stop());
    const fresh = async (): Promise<SqlDriver> => {
      if (running === undefined) throw new Error('not started');
      return running.fresh();
    };
    for (const one of cases) one({ dialect, fresh });
  });
}

export async function startSqlite(): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'sql-tools-'));
  const open = opener('sqlite', (name) => `sqlite:${folder}/${name}.sqlite?mode=rwc`);
  return {
    fresh: async () => open(`case_${open.opened.length}`),
    stop: () => open.close().finally(() => rm(folder, { recursive: true, force: true })),
  };
}

export async function startPglite(): Promise<Running> {
  const open = opener('postgres', () => 'pglite://memory');
  const driver = open('');
  return {
    fresh: async () => {
      await runScript(driver, ['DROP SCHEMA public CASCADE', 'CREATE SCHEMA public']);
      return { ...driver };
    },
    stop: open.close,
  };
}

export const noPostgres = findPostgres() === undefined ? 'there is no PostgreSQL' : undefined;

export async function startPostgresServer(): Promise<Running> {
  const server = await startPostgres();
  const open = opener('postgres', server.url);
  return {
    fresh: async () => {
      const name = `case_${open.opened.length}`;
      const client = new pg.Client({ connectionString: server.url() });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return open(name);
    },
    stop: () => open.close().finally(server.stop),
  };
}

export const noMariadb = !Object.hasOwn(drivers, 'mysql')
  ? 'there is no driver'
  : findMariadb() === undefined
    ? 'there is no MariaDB'
    : undefined;

export async function startMariadbServer(): Promise<Running> {
  const server = await startMariadb();
  const open = opener('mysql', server.url);
  return {
    fresh: async () => {
      const name = `case_${open.opened.length}`;
      const connection = await createConnection(server.url());
      await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
      await connection.end();
      return open(name);
    },
    stop: () => open.close().finally(server.stop),
  };
}

/** Drivers of the databases of one server. */
function opener(dialect: SqlDialect, url: (name: string) => string) {
  const opened: SqlDriver[] = [];
  const open = (name: string): SqlDriver => {
    const driver = openDriver({ database: shopDatabase(dialect), address: url(name), env: {} });
    opened.push(driver);
    return driver;
  };
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((driver) => driver.close()));
  };
  return Object.assign(open, { opened, close });
}
