import { statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionOptions, SqlDriver, SqlSession } from '../driver.js';
import { failure } from './failures.js';
import type { DriverOptions } from './open-driver.js';
import { readPoolSettings } from './pool-settings.js';
import { readAddress } from './sqlite/address.js';
import { createEnginePool, type EnginePool } from './sqlite/engine-pool.js';
import { createTransaction } from './sqlite/transaction.js';
import { transact, type Transaction } from './transact.js';

/**
 * SQLite in processes of its own: `sqlite:./file`, or `sqlite::memory:` for a database that goes with this process. Throws
 * SettingError.
 */
export function open({ address, env, database }: DriverOptions): SqlDriver {
  const settings = readPoolSettings(env);
  const { path, mode } = readAddress(address);
  let temporary: string | undefined;
  const start = async (): Promise<EnginePool> => {
    // A file and not memory: a statement that takes too long ends the process with all that it has.
    if (path === undefined) temporary = await mkdtemp(join(tmpdir(), 'mcp-server-sqlite-'));
    const file = path ?? join(temporary ?? '', 'data.sqlite');
    if (path === undefined) await writeFile(file, '');
    const { prepared } = settings;
    return createEnginePool({ path: file, create: mode === 'rwc', prepared }, settings);
  };
  let pool: Promise<EnginePool> | undefined;

  const run = async <T>(
    readOnly: boolean,
    work: (session: SqlSession) => Promise<T>,
    options: SessionOptions,
  ): Promise<T> => {
    if (!readOnly && mode === 'ro') {
      throw failure('denied', {
        message: 'Nothing can be changed here: the database is read-only.',
      });
    }
    const { acquire, release } = await (pool ??= start());
    const begin = async (): Promise<Transaction> => {
      const engine = await acquire(options.signal);
      const most = settings.receiveBytes;
      return createTransaction({
        ...options,
        readOnly,
        engine,
        most,
        release: () => release(engine),
      });
    };
    return transact(begin, readOnly, work, options);
  };

  return {
    dialect: 'sqlite',
    read: (work, options) => run(true, work, options),
    write: (work, options) => run(false, work, options),
    // There are no accounts: what a file allows, the operating system decides. That it is there is seen at the start.
    inspectRights: async () => {
      if (path !== undefined && mode !== 'rwc') refuseMissing(path, database.env);
      return [];
    },
    close: async () => {
      await pool?.then((it) => it.close());
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    },
  };
}

/** The path is for the log alone. Throws SqlFailure. */
function refuseMissing(path: string, variable: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return;
  throw failure('internal', {
    message: 'The file of the database does not exist.',
    detail: `there is no file ${path}: correct ${variable}, or let npm run seed make it with made-up rows`,
  });
}
