import type { SessionOptions, SqlDriver } from '../../driver.js';
import { createTransactions, type Transaction } from '../transact.js';
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

  const begin = async (readOnly: boolean, options: SessionOptions): Promise<Transaction> => {
    const connection = await connections.acquire(options.signal);
    return createTransaction(options, { ...parts, kinds, readOnly, connection });
  };
  return {
    dialect: 'postgres',
    ...createTransactions(begin, inspectRights),
    close: parts.close,
  };
}
