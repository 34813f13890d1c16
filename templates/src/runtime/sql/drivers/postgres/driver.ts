import type { SessionOptions, SqlDriver, SqlSession } from '../../driver.js';
import { transact, type Transaction } from '../transact.js';
import type { Connection, Connections } from './connections.js';
import { inspectRights } from './rights.js';
import { createTransaction } from './transaction.js';
import { createCellKinds } from './types.js';

export type PostgresParts = {
  connections: Connections;
  /** Stops the statement that the connection runs; resolves when that was asked for. */
  stop: (connection: Connection) => Promise<void>;
  ownTimeout?: boolean;
  close: () => Promise<void>;
};

/** Transactions over a pool of connections that speak PostgreSQL's protocol. */
export function createPostgresDriver({ connections, ...parts }: PostgresParts): SqlDriver {
  const kinds = createCellKinds();

  const run = async <T>(
    readOnly: boolean,
    work: (session: SqlSession) => Promise<T>,
    options: SessionOptions,
  ): Promise<T> => {
    const { stop, ownTimeout } = parts;
    const begin = async (): Promise<Transaction> =>
      createTransaction({
        ...options,
        readOnly,
        connection: await connections.acquire(options.signal),
        kinds,
        stop,
        ...(ownTimeout !== undefined && { ownTimeout }),
      });
    return transact(begin, readOnly, work, options);
  };

  return {
    dialect: 'postgres',
    read: (work, options) => run(true, work, options),
    write: (work, options) => run(false, work, options),
    inspectRights: (what) =>
      run(true, (session) => inspectRights(session, what), {
        signal: AbortSignal.timeout(RIGHTS_MS),
        timeoutMs: RIGHTS_MS,
      }),
    close: parts.close,
  };
}

const RIGHTS_MS = 10_000;
