import { UserInputError } from '../../calls/user-input-error.js';
import type { SqlDatabase } from '../database.js';
import {
  SqlFailure,
  type SessionOptions,
  type SqlDriver,
  type SqlRows,
  type SqlSession,
  type SqlValue,
} from '../driver.js';
import { MAX_RESULT_BYTES } from '../sql-call.js';
import { guards } from './available.js';
import { planSteps } from './plan-steps.js';
import { MAX_SQL_CHARS, type DialectGuard, type GuardedQuery } from './guard.js';

/** A SELECT of the caller; `limit` is within what the server allows. */
export type FreeQuery = { sql: string; parameters?: readonly unknown[]; limit: number };

/** `masked`: columns that it names, and that have the mask as their value. */
export type FreeRows = SqlRows & { masked: readonly string[] };

/** Two columns of a derived table have the same name (ER_DUP_FIELDNAME). */
const REPEATED_NAME = '1060';
const MAX_PARAMETERS = 100;
const MAX_PLAN_ROWS = 2_000;

/** Runs a single read of exposed tables; one row more than `limit` tells that there are more. Throws UserInputError for anything else. */
export function runQuery(
  database: SqlDatabase,
  driver: SqlDriver,
  query: FreeQuery,
  options: SessionOptions,
): Promise<FreeRows> {
  return guarded(
    { database, driver, query, options },
    async (session, { texts, masked }, values) => {
      const rows = query.limit + 1;
      const [first, ...others] = texts(rows);
      const run = (text: string): Promise<SqlRows> =>
        session.run({ text, values }, { maxRows: rows, maxBytes: MAX_RESULT_BYTES });
      let result = run(first);
      for (const text of others) {
        result = result.catch((error: unknown) => {
          if (error instanceof SqlFailure && error.code === REPEATED_NAME) return run(text);
          throw error;
        });
      }
      return { ...(await result), masked };
    },
  );
}

/** How the database would run it, without running it. `masked` as in `runQuery`. */
export function explainQuery(
  database: SqlDatabase,
  driver: SqlDriver,
  query: FreeQuery,
  options: SessionOptions,
): Promise<FreeRows> {
  const bounds = { maxRows: MAX_PLAN_ROWS, maxBytes: MAX_RESULT_BYTES };
  return guarded(
    { database, driver, query, options },
    async (session, { explain: text, masked, readsViews }, values) => {
      const plan = await session.run({ text, values }, bounds);
      if (readsViews !== true) return { ...plan, masked };
      const rows = plan.rows.map((cells) => [planSteps(String(cells[cells.length - 1]))]);
      return { ...plan, rows, masked };
    },
  );
}

type Call = { database: SqlDatabase; driver: SqlDriver; query: FreeQuery; options: SessionOptions };

async function guarded<T>(
  { database, driver, query, options }: Call,
  run: (session: SqlSession, guarded: GuardedQuery, values: SqlValue[]) => Promise<T>,
): Promise<T> {
  const { sql } = query;
  if (sql.length > MAX_SQL_CHARS) {
    throw new UserInputError(
      `The statement is longer than ${MAX_SQL_CHARS} characters: ask for less at a time.`,
    );
  }
  if (/[\0\uD800-\uDFFF]/u.test(sql)) {
    throw new UserInputError('The statement holds a character that no database can read.');
  }
  const values = valuesOf(query.parameters ?? []);
  const { guard, settings } = await load(driver.dialect);
  const fixed = settings?.(database);
  const session = fixed ? { ...options, claims: { ...options.claims, ...fixed } } : options;
  return driver.read(async (open) => {
    const checked = await guard({ sql, parameters: values.length, database }, open);
    return run(open, checked, values);
  }, session);
}

async function load(dialect: SqlDriver['dialect']): Promise<DialectGuard> {
  const found = Object.hasOwn(guards, dialect) ? guards[dialect] : undefined;
  if (found === undefined) {
    throw new UserInputError('This server takes no statements of its callers.');
  }
  return found();
}

function valuesOf(parameters: readonly unknown[]): SqlValue[] {
  if (parameters.length > MAX_PARAMETERS) {
    throw new UserInputError(`There are more than ${MAX_PARAMETERS} parameters.`);
  }
  return parameters.map((value, index) => {
    if (isValue(value)) return value;
    throw new UserInputError(
      `parameters[${index}] must be a text, a number, true, false, null or a list of these.`,
    );
  });
}

function isValue(value: unknown): value is SqlValue {
  if (Array.isArray(value)) return value.every(isValue);
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}
