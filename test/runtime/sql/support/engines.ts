import { drivers } from '../../../../templates/src/runtime/sql/drivers/available.js';
import { openDriver } from '../../../../templates/src/runtime/sql/drivers/open-driver.js';
import type { SqlDialect } from '../../../../templates/src/runtime/sql/database.js';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import { findMariadb, startMariadb } from '../../../sql/support/mariadb-server.js';
import { findPostgres, startPostgres } from '../../../sql/support/postgres-server.js';
import { pgliteDriver } from './pglite-driver.js';
import { shopDatabase } from './shop.js';
import { sqliteDriver } from './sqlite-driver.js';

/** A database to run the same cases on. */
export type Engine = {
  name: string;
  dialect: SqlDialect;
  /** Why it cannot be used here. */
  missing?: string;
  open: () => Promise<{ driver: SqlDriver; stop: () => Promise<void> }>;
};

const driverOf = (dialect: SqlDialect, address: string): SqlDriver =>
  openDriver({ database: shopDatabase(dialect), address, env: {} });

export const ENGINES: Engine[] = [
  {
    name: 'SQLite',
    dialect: 'sqlite',
    open: async () => {
      const driver = sqliteDriver();
      return { driver, stop: driver.close };
    },
  },
  {
    name: 'PGlite',
    dialect: 'postgres',
    open: async () => {
      const driver = pgliteDriver();
      return { driver, stop: driver.close };
    },
  },
  {
    name: 'PostgreSQL',
    dialect: 'postgres',
    ...(findPostgres() === undefined && { missing: 'there is no PostgreSQL' }),
    open: async () => {
      const server = await startPostgres();
      const driver = driverOf('postgres', server.url());
      return { driver, stop: () => driver.close().finally(server.stop) };
    },
  },
  {
    name: 'MariaDB',
    dialect: 'mysql',
    ...(findMariadb() === undefined && { missing: 'there is no MariaDB' }),
    ...(!Object.hasOwn(drivers, 'mysql') && { missing: 'there is no driver' }),
    open: async () => {
      const server = await startMariadb();
      const { createConnection } = await import('mysql2/promise');
      const connection = await createConnection(server.url());
      await connection.query('CREATE DATABASE shop CHARACTER SET utf8mb4');
      await connection.end();
      const driver = driverOf('mysql', server.url('shop'));
      return { driver, stop: () => driver.close().finally(server.stop) };
    },
  },
];
