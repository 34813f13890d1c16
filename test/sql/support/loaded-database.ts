import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import sqlite from 'node-sqlite3-wasm';
import pg from 'pg';
import { startMariadb } from './mariadb-server.js';
import { startPostgres } from './postgres-server.js';

export type Cells = Record<string, string | null>;

/** A database with rows, and a way to ask it that has nothing to do with the emitted server. */
export type LoadedDatabase = {
  address: string;
  /** Every value as the database prints it. */
  rows: (sql: string) => Promise<Cells[]>;
  close: () => Promise<void>;
};

/**
 * The clients that load scripts with all that belongs to them; undefined where one is missing. MYSQL_CLIENT names that of the
 * MySQL that MYSQLD names.
 */
export const PSQL = ['/usr/bin/psql', '/usr/local/bin/psql'].find(existsSync);
const { MYSQL_CLIENT } = process.env;
export const MARIADB_CLIENT =
  MYSQL_CLIENT ?? ['/usr/bin/mariadb', '/usr/bin/mysql'].find(existsSync);

/** A PostgreSQL of the test's own, after a script; `database` is one that the script makes, or `postgres`. */
export async function loadPostgres(script: string, database: string): Promise<LoadedDatabase> {
  const server = await startPostgres();
  const target = ['-h', server.host, '-p', String(server.port), '-U', server.user];
  await runScript(PSQL!, ['-X', '-q', ...target, 'postgres'], script, {
    PGPASSWORD: server.password,
  });
  const client = new pg.Client({
    connectionString: server.url(database),
    // Nothing is read into anything else.
    types: { getTypeParser: () => (text: unknown) => text },
  } as pg.ClientConfig);
  await client.connect();
  return {
    address: server.url(database),
    rows: async (sql) => (await client.query<Cells>(sql)).rows,
    close: async () => {
      await client.end();
      await server.stop();
    },
  };
}

/** A MariaDB of the test's own, after a script that runs in `database`. */
export async function loadMariadb(script: string, database: string): Promise<LoadedDatabase> {
  const server = await startMariadb();
  const target = [`-h${server.host}`, `-P${server.port}`, `-u${server.user}`, '--protocol=tcp'];
  const start = `CREATE DATABASE IF NOT EXISTS \`${database}\`; USE \`${database}\`;\n`;
  await runScript(
    MARIADB_CLIENT!,
    ['--no-defaults', '--force', '--default-character-set=utf8mb4', ...target],
    start + script,
    { MYSQL_PWD: server.password },
  );
  const connection = await mysql.createConnection({
    uri: server.url(database),
    typeCast: (field) => field.string(),
  });
  return {
    address: server.url(database),
    rows: async (sql) => (await connection.query(sql))[0] as Cells[],
    close: async () => {
      await connection.end();
      await server.stop();
    },
  };
}

/** A file of SQLite after a script. */
export async function loadSqlite(script: string): Promise<LoadedDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-sqlite-'));
  const file = join(folder, 'data.sqlite');
  const made = new sqlite.Database(file);
  made.exec(script);
  made.close();
  // The server has its file to itself, so the questions go to another one with the same rows.
  copyFileSync(file, `${file}.copy`);
  const copy = new sqlite.Database(`${file}.copy`, { readOnly: true });
  const rows = async (sql: string) =>
    copy.all(sql).map((row) => printed(row as Record<string, unknown>));
  return {
    address: `sqlite:${file}`,
    rows,
    close: async () => {
      copy.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Clients go on after an error, as the scripts expect; that they could not run at all is something else. Not synchronously:
 * the server writes a line for each error, and would wait for ever for somebody who reads them.
 */
async function runScript(
  program: string,
  args: string[],
  script: string,
  env: Record<string, string>,
): Promise<void> {
  const client = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  client.stdin.on('error', () => undefined);
  client.stdin.end(script);
  await once(client, 'close');
}

const printed = (row: Record<string, unknown>): Cells =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
  );
