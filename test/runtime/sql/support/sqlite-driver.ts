import sqlite from 'node-sqlite3-wasm';
import {
  SqlFailure,
  type SqlCell,
  type SqlDriver,
  type SqlRows,
  type SqlSession,
} from '../../../../templates/src/runtime/sql/driver.js';

/** SQLite in this process and in memory, for tests of what runs on top of drivers. */
export function sqliteDriver(): SqlDriver {
  const database = new sqlite.Database(':memory:');
  const session: SqlSession = {
    run: async ({ text, values }, bounds = {}) => {
      const statement = database.prepare(text);
      try {
        // Rows come as objects, of which two columns with one name would be one member.
        const named = statement as unknown as { _getColumnNames: () => string[] };
        const columns = named._getColumnNames();
        named._getColumnNames = () => columns.map((_, index) => `c${index}`);
        const rows = statement.all(values as never) as Record<string, unknown>[];
        const cells = rows.map((row) => Object.values(row).map(cell));
        const { maxRows = Infinity } = bounds;
        const changes = Number(database.get('SELECT changes() AS n')?.['n'] ?? 0);
        const shown = cells.slice(0, maxRows);
        return { columns, rows: shown, changes, truncated: cells.length > maxRows } as SqlRows;
      } catch (error) {
        throw failureOf(error);
      } finally {
        // It tells the same error once more.
        try {
          statement.finalize();
        } catch {}
      }
    },
  };
  const within = async <T>(
    begin: string,
    work: (session: SqlSession) => Promise<T>,
    end: string,
  ) => {
    database.exec(begin);
    try {
      const result = await work(session);
      database.exec(end);
      return result;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
  // One connection: transactions wait for each other.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    dialect: 'sqlite',
    read: (work, { signal }) =>
      inTurn(() => {
        if (signal.aborted) throw new SqlFailure('cancelled', 'The statement was cancelled.');
        database.exec('PRAGMA query_only = 1');
        return within('BEGIN', work, 'ROLLBACK').finally(() =>
          database.exec('PRAGMA query_only = 0'),
        );
      }),
    write: (work) => inTurn(() => within('BEGIN', work, 'COMMIT')),
    inspectRights: async () => ['The file can be written.'],
    close: async () => database.close(),
  };
}

function cell(value: unknown): SqlCell {
  if (typeof value !== 'bigint') return value as SqlCell;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function failureOf(error: unknown): SqlFailure {
  const detail = String(error);
  if (/UNIQUE|NOT NULL|FOREIGN KEY|CHECK/.test(detail)) {
    return new SqlFailure('conflict', 'A constraint does not allow it.', { detail });
  }
  return new SqlFailure('statement', 'The database did not accept the statement.', { detail });
}
