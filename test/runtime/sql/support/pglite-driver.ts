import { PGlite, types, type ParserOptions, type Transaction } from '@electric-sql/pglite';
import {
  SqlFailure,
  type SqlCell,
  type SqlDriver,
  type SqlSession,
} from '../../../../templates/src/runtime/sql/driver.js';

const AS_WRITTEN = (text: string): string => text;

/** What arrives as the database writes it. */
const PARSERS: ParserOptions = Object.fromEntries(
  [
    types.INT8,
    types.NUMERIC,
    types.DATE,
    types.TIME,
    types.TIMESTAMP,
    types.TIMESTAMPTZ,
    types.INTERVAL,
    types.JSON,
    types.JSONB,
  ].map((oid) => [oid, AS_WRITTEN]),
);

/** PostgreSQL in this process and in memory, for tests of what runs on top of drivers. */
export function pgliteDriver(): SqlDriver {
  const opened = PGlite.create();
  const sessionOf = (transaction: Transaction): SqlSession => ({
    run: async ({ text, values }, { maxRows = Infinity } = {}) => {
      const options = { rowMode: 'array', parsers: PARSERS } as const;
      try {
        const result = await transaction.query<SqlCell[]>(text, [...values], options);
        return {
          columns: result.fields.map(({ name }) => name),
          rows: result.rows.slice(0, maxRows),
          changes: result.affectedRows ?? 0,
          truncated: result.rows.length > maxRows,
        };
      } catch (error) {
        throw failureOf(error);
      }
    },
  });
  const transact = async <T>(
    begin: string,
    work: (session: SqlSession) => Promise<T>,
  ): Promise<T> => {
    const database = await opened;
    return database.transaction(async (transaction) => {
      await transaction.exec(begin);
      return work(sessionOf(transaction));
    });
  };
  return {
    dialect: 'postgres',
    read: (work) => transact('SET TRANSACTION READ ONLY', work),
    write: (work) => transact('', work),
    inspectRights: async () => [],
    close: async () => (await opened).close(),
  };
}

function failureOf(error: unknown): SqlFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const detail = String(error);
  const kind = code.startsWith('23') ? 'conflict' : code.startsWith('22') ? 'value' : 'statement';
  return new SqlFailure(kind, `The database refused it (${code}).`, { code, detail });
}
