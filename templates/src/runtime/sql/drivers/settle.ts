import type { SqlBounds, SqlCell, SqlRows, SqlSession, SessionOptions } from '../driver.js';
import { failure } from './failures.js';

/** Keeps rows until there are enough; what comes after that only tells that there was more. */
export type RowKeeper<Cell = SqlCell> = {
  /** Whether the row was kept. */
  add: (row: Cell[], bytes: number) => boolean;
  rows: Cell[][];
  /** A function: an accessor in an object of each call would keep the whole call alive until the next full collection. */
  truncated: () => boolean;
};

export function createRowKeeper<Cell = SqlCell>({ maxRows, maxBytes }: SqlBounds): RowKeeper<Cell> {
  const rows: Cell[][] = [];
  let room = maxBytes ?? Infinity;
  let truncated = false;
  return {
    rows,
    truncated: () => truncated,
    add: (row, bytes) => {
      room -= bytes;
      truncated ||= rows.length >= (maxRows ?? Infinity) || room < 0;
      if (!truncated) rows.push(row);
      return !truncated;
    },
  };
}

/** Rows of a statement that has no result. */
export const NO_ROWS: SqlRows = { columns: [], rows: [], changes: 0, truncated: false };

/**
 * Runs `work` with a session whose statements run one after the other, and settles at once when the signal fires; the
 * statement that runs is then for `run` to stop. `idle` resolves when no statement runs any more.
 */
export function createSession(
  run: SqlSession['run'],
  { signal }: SessionOptions,
): { session: SqlSession; close: () => void; idle: () => Promise<void> } {
  let open = true;
  let last: Promise<unknown> = Promise.resolve();
  const session: SqlSession = {
    run: (statement, bounds) => {
      const result = last.then(() => {
        if (signal.aborted) throw failure('cancelled');
        if (!open)
          throw failure('internal', { detail: 'a statement after the end of its session' });
        return run(statement, bounds);
      });
      last = result.catch(() => undefined);
      return result;
    },
  };
  return {
    session,
    close: () => void (open = false),
    idle: async () => {
      await last;
    },
  };
}

/** What `promise` comes to, or the failure of a cancelled call as soon as the signal fires. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(failure('cancelled'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    promise.then(
      (value) => {
        signal.removeEventListener('abort', stop);
        resolve(value);
      },
      (error: unknown) => {
        signal.removeEventListener('abort', stop);
        reject(error);
      },
    );
  });
}
