import type { Connection, RowDataPacket } from 'mysql2/promise';
import { diagnostic } from '../../../diagnostics/catalog.js';
import { InputError } from '../../../diagnostics/diagnostic.js';
import type { DatabaseReading } from '../model.js';
import { connectMysql, mysqlFailure, parseMysqlAddress } from './live-connection.js';
import type { MysqlAddress } from './live-connection.js';
import { cutForeignKeys, liveModel } from './live-model.js';
import { addHiddenConstraints, hidesConstraints } from './live-constraints.js';
import { CHECKS, GENERATED, QUERIES } from './live-queries.js';
import type { CatalogueRows } from './live-queries.js';

export type IntrospectOptions = {
  /** Milliseconds for the connection, and for each query. */
  timeoutMs?: number;
  /** Ends the connection, and with it whatever is running. */
  signal?: AbortSignal;
};

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Reads the schema of the database at `mysql://user:password@host:port/database` (MySQL or MariaDB) in one read-only
 * transaction. Throws an InputError (MCP803 to MCP807); neither that nor the model has the password in it. Throws the reason of
 * `signal` when that is aborted.
 */
export async function introspectMysql(
  url: string,
  options: IntrospectOptions = {},
): Promise<DatabaseReading> {
  const address = parseMysqlAddress(url);
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const { signal } = options;
  signal?.throwIfAborted();
  const connection = await connectMysql(address, timeoutMs);
  const abort = (): void => connection.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    signal?.throwIfAborted();
    return await readCatalogue(connection, address, timeoutMs);
  } catch (error) {
    signal?.throwIfAborted();
    throw mysqlFailure(error, address);
  } finally {
    signal?.removeEventListener('abort', abort);
    connection.destroy();
  }
}

function empty({ shown }: MysqlAddress): InputError {
  return new InputError([diagnostic('MCP802', { source: shown })]);
}

async function readCatalogue(
  connection: Connection,
  address: MysqlAddress,
  timeoutMs: number,
): Promise<DatabaseReading> {
  const ask = async <Row>(sql: string): Promise<Row[]> => {
    const [rows] = await connection.query<RowDataPacket[]>({ sql, timeout: timeoutMs + 1_000 });
    return rows as unknown as Row[];
  };
  const [{ version } = { version: '' }] = await ask<{ version: string }>(
    'SELECT VERSION() AS version',
  );
  const isMariadb = /mariadb/i.test(version);
  await limitTime(ask, isMariadb, timeoutMs);
  await ask('START TRANSACTION READ ONLY');
  const rows: Record<string, unknown[]> = {};
  for (const [what, sql] of Object.entries(QUERIES)) rows[what] = await ask(sql);
  rows['generated'] = await unlessUnknown(ask(GENERATED));
  rows['checks'] = await unlessUnknown(ask(CHECKS[isMariadb ? 'mariadb' : 'mysql']));
  const hasSqlDefaults = isMariadb && isAtLeast(version, 10, 2, 7);
  const catalogue = { ...rows, hasSqlDefaults, isMariadb } as CatalogueRows;
  const model = liveModel(catalogue, address);
  if (model.tables.length === 0) throw empty(address);
  const hidden = hidesConstraints(catalogue) ? await addHiddenConstraints(model.tables, ask) : [];
  const outside = cutForeignKeys(model.tables);
  await ask('ROLLBACK');
  return { model, skipped: [...hidden, ...outside], findings: [] };
}

/** `10.11.19-MariaDB-0+deb12u1`; old clients are told `5.5.5-` before it. */
function isAtLeast(version: string, ...wanted: [number, number, number]): boolean {
  const numbers = version
    .replace(/^5\.5\.5-/, '')
    .split(/[.-]/)
    .map(Number);
  const at = wanted.findIndex((number, index) => number !== numbers[index]);
  return at === -1 || (numbers[at] ?? 0) > wanted[at]!;
}

/** The server itself ends what takes too long; so does waiting for a lock that another holds. */
async function limitTime(
  ask: (sql: string) => Promise<unknown[]>,
  isMariadb: boolean,
  timeoutMs: number,
): Promise<void> {
  const seconds = Math.max(1, Math.ceil(timeoutMs / 1000));
  await ask(
    isMariadb
      ? `SET SESSION max_statement_time = ${seconds}`
      : `SET SESSION max_execution_time = ${timeoutMs}`,
  );
  await ask(`SET SESSION lock_wait_timeout = ${seconds}`);
}

/** Checks and expressions came late: older servers do not know their tables and columns. */
async function unlessUnknown<Row>(rows: Promise<Row[]>): Promise<Row[]> {
  try {
    return await rows;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (code === 'ER_UNKNOWN_TABLE' || code === 'ER_BAD_FIELD_ERROR' || code === 'ER_NO_SUCH_TABLE')
      return [];
    throw error;
  }
}
