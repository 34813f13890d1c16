import type { SessionOptions, SqlDriver, SqlSession } from '../../driver.js';
import { createSession, unlessAborted } from '../settle.js';
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

  const transact = async <T>(
    readOnly: boolean,
    work: (session: SqlSession) => Promise<T>,
    options: SessionOptions,
  ): Promise<T> => {
    const connection = await connections.acquire(options.signal);
    const { stop, ownTimeout } = parts;
    const transaction = createTransaction({
      ...options,
      readOnly,
      connection,
      kinds,
      stop,
      ...(ownTimeout !== undefined && { ownTimeout }),
    });
    const { session, close, idle } = createSession(transaction.run, options);
    const leave = async (command: 'COMMIT' | 'ROLLBACK'): Promise<void> => {
      close();
      await idle();
      try {
        await transaction.end(command);
      } finally {
        connection.release(!transaction.clean());
      }
    };
    let result: T;
    try {
      result = await unlessAborted(work(session), options.signal);
    } catch (error) {
      const left = leave('ROLLBACK');
      // The reason is what counts, and a connection that cannot roll back is closed.
      if (readOnly) left.catch(() => undefined);
      else await left.catch(() => undefined);
      throw error;
    }
    if (!readOnly) await leave('COMMIT');
    // Nobody need wait until a read has ended: the connection goes back when it has.
    else void leave('ROLLBACK').catch(() => undefined);
    return result;
  };

  return {
    dialect: 'postgres',
    read: (work, options) => transact(true, work, options),
    write: (work, options) => transact(false, work, options),
    inspectRights: (what) =>
      transact(true, (session) => inspectRights(session, what), {
        signal: AbortSignal.timeout(RIGHTS_MS),
        timeoutMs: RIGHTS_MS,
      }),
    close: parts.close,
  };
}

const RIGHTS_MS = 10_000;
