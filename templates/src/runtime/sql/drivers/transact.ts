import type { SessionOptions, SqlRows, SqlSession, SqlText } from '../driver.js';
import { createSession, unlessAborted, type Bounds } from './settle.js';

export type Transaction = {
  run: (statement: SqlText, bounds?: Bounds) => Promise<SqlRows>;
  /** Ends it; nothing was begun when no statement ran. Rejects with SqlFailure, a commit also when it came to nothing. */
  end: (command: 'COMMIT' | 'ROLLBACK') => Promise<void>;
  /** Gives back what it runs on, or does away with it where it cannot be used again. */
  release: () => void;
};

/** Runs `work` in a transaction: of reads always rolled back, of writes committed when it resolves and the signal has not fired. */
export async function transact<T>(
  transaction: Transaction,
  readOnly: boolean,
  work: (session: SqlSession) => Promise<T>,
  options: SessionOptions,
): Promise<T> {
  const { session, close, idle } = createSession(transaction.run, options);
  const leave = async (command: 'COMMIT' | 'ROLLBACK'): Promise<void> => {
    close();
    await idle();
    try {
      await transaction.end(command);
    } finally {
      transaction.release();
    }
  };
  let result: T;
  try {
    result = await unlessAborted(work(session), options.signal);
  } catch (error) {
    const left = leave('ROLLBACK').catch(() => undefined);
    // The reason is what counts, and what cannot roll back is not used again.
    if (!readOnly) await left;
    throw error;
  }
  if (!readOnly) await leave('COMMIT');
  // Nobody need wait until a read has ended: the connection goes back when it has.
  else void leave('ROLLBACK').catch(() => undefined);
  return result;
}
