import { openDriver } from '../../../templates/src/runtime/sql/drivers/open-driver.js';
import type { SqlDatabase } from '../../../templates/src/runtime/sql/database.js';
import type {
  SessionOptions,
  SqlBounds,
  SqlDriver,
  SqlFailure,
  SqlRows,
  SqlValue,
} from '../../../templates/src/runtime/sql/driver.js';

const DATABASE: SqlDatabase = {
  id: 'db',
  dialect: 'postgres',
  env: 'DATABASE_URL',
  tables: {},
  limits: {
    defaultRows: 50,
    maxRows: 1_000,
    timeoutMs: 10_000,
    maxTextChars: 10_000,
    maxBinaryBytes: 10_000,
  },
};

export function driverOf(address: string, env: Record<string, string> = {}): SqlDriver {
  return openDriver({ database: DATABASE, address, env });
}

type Some = Partial<SessionOptions> & SqlBounds;

export function sessionOptions({ signal, timeoutMs, claims }: Some = {}): SessionOptions {
  return {
    signal: signal ?? new AbortController().signal,
    timeoutMs: timeoutMs ?? 10_000,
    ...(claims && { claims }),
  };
}

/** One statement in a transaction that reads. */
export function read(
  driver: SqlDriver,
  text: string,
  values: SqlValue[] = [],
  some: Some = {},
): Promise<SqlRows> {
  return driver.read((session) => session.run({ text, values }, some), sessionOptions(some));
}

/** Statements in a transaction that writes; the result of the last one. */
export async function write(
  driver: SqlDriver,
  texts: string | string[],
  values: SqlValue[] = [],
  some: Some = {},
): Promise<SqlRows> {
  let last: SqlRows | undefined;
  await driver.write(async (session) => {
    for (const text of [texts].flat()) last = await session.run({ text, values }, some);
  }, sessionOptions(some));
  if (!last) throw new Error('no statement');
  return last;
}

/** What of a failure is the same everywhere. */
export async function failureOf(promise: Promise<unknown>): Promise<Partial<SqlFailure>> {
  try {
    await promise;
  } catch (error) {
    const { name, kind, code, message, applied } = error as SqlFailure;
    if (name !== 'SqlFailure') throw error;
    return { kind, message, applied, ...(code !== undefined && { code }) };
  }
  throw new Error('there was no failure');
}

/** Waits until `condition` holds; for what another process does. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to be');
}
