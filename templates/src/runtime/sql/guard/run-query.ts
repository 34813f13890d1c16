import { UserInputError } from '../../user-input-error.js';
import type { SqlDatabase } from '../database.js';
import type { SessionOptions, SqlDriver, SqlRows } from '../driver.js';

/** A SELECT of the caller; `limit` is within what the server allows. */
export type FreeQuery = { sql: string; parameters?: readonly unknown[]; limit: number };

/** Runs a single read of exposed tables; one row more than `limit` tells that there are more. Throws UserInputError for anything else. */
export function runQuery(
  _database: SqlDatabase,
  _driver: SqlDriver,
  _query: FreeQuery,
  _options: SessionOptions,
): Promise<SqlRows> {
  return Promise.reject(new UserInputError('This server takes no statements of its callers.'));
}

/** How the database would run it, without running it. */
export function explainQuery(
  database: SqlDatabase,
  driver: SqlDriver,
  query: FreeQuery,
  options: SessionOptions,
): Promise<SqlRows> {
  return runQuery(database, driver, query, options);
}
