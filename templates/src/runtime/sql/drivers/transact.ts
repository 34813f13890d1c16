import {
  SqlFailure,
  type SqlBounds,
  type SessionOptions,
  type SqlDriver,
  type SqlRows,
  type SqlSession,
  type SqlText,
} from '../driver.js';
import { failure } from './failures.js';
import { createSession, unlessAborted } from './settle.js';

export type Transaction = {
  /** What it runs on has been used before: it may have been lost since, which only its next use tells. */
  reused: boolean;
  run: (statement: SqlText, bounds?: SqlBounds) => Promise<SqlRows>;
  /** Ends it; nothing was begun when no statement ran. Rejects with SqlFailure, a commit also when it came to nothing. */
  end: (command: 'COMMIT' | 'ROLLBACK') => Promise<void>;
  /** Gives back what it runs on, or does away with it where it cannot be used again. */
  release: () => void;
};

const REPEAT_MS = 1_000;
const RIGHTS_MS = 10_000;

/** In place of one that has been given back. */
const ENDED: Transaction = {
  reused: false,
  run: () => Promise.reject(failure('unavailable')),
  end: (command) =>
    command === 'COMMIT' ? Promise.reject(failure('unavailable')) : Promise.resolve(),
  release: () => undefined,
};

/** Runs `work` in a transaction: of reads always rolled back, of writes committed when it resolves and the signal has not fired. The first
 * statement is repeated on another connection where it finds that its own was lost.
 */
export async function transact<T>(
  begin: () => Promise<Transaction>,
  readOnly: boolean,
  work: (session: SqlSession) => Promise<T>,
  options: SessionOptions,
): Promise<T> {
  let transaction = await begin();
  let first = true;
  const run: Transaction['run'] = async (statement, bounds) => {
    const started = performance.now();
    const repeatable = first;
    first = false;
    for (;;) {
      try {
        return await transaction.run(statement, bounds);
      } catch (error) {
        const lost = error instanceof SqlFailure && error.kind === 'unavailable';
        const late = performance.now() - started > REPEAT_MS;
        if (!lost || !repeatable || late || !transaction.reused) throw error;
        // Nothing has happened yet. What ran for longer was ended by somebody, who does not want it again.
        await transaction.end('ROLLBACK').catch(() => undefined);
        transaction.release();
        transaction = ENDED;
        transaction = await begin();
      }
    }
  };
  const { session, close, idle } = createSession(run, options);
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

/** The driver of a server with accounts: its transactions, and the rights of its account, read in one of them. */
export function createTransactions(
  begin: (readOnly: boolean, options: SessionOptions) => Promise<Transaction>,
  inspectRights: (
    session: SqlSession,
    what: { writes: boolean; tables: string[] },
  ) => Promise<string[]>,
): Pick<SqlDriver, 'read' | 'write' | 'inspectRights'> {
  const run = <T>(
    readOnly: boolean,
    work: (session: SqlSession) => Promise<T>,
    options: SessionOptions,
  ): Promise<T> => transact(() => begin(readOnly, options), readOnly, work, options);
  return {
    read: (work, options) => run(true, work, options),
    write: (work, options) => run(false, work, options),
    inspectRights: (what) =>
      run(true, (session) => inspectRights(session, what), {
        signal: AbortSignal.timeout(RIGHTS_MS),
        timeoutMs: RIGHTS_MS,
      }),
  };
}
