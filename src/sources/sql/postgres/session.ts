import type { Origin } from '../../../diagnostics/diagnostic.js';
import { LOST, SqlError, openPglite } from './pglite.js';
import type { Pglite, Row } from './pglite.js';

/**
 * A database that a script is run in, statement by statement. One that runs too long can only be ended with the whole engine:
 * then a new one is made and everything that had succeeded runs again.
 */
export type Session = {
  /** Runs something that stays. Throws an `SqlError`. */
  run: (sql: string, options?: RunOptions) => Promise<void>;
  /** Reads something. */
  look: (sql: string) => Promise<Row[]>;
  /** Where relations were made, by object identifier. */
  origins: ReadonlyMap<string, Origin>;
  close: () => Promise<void>;
};

export type RunOptions = {
  /** Of the statement, for the relations that it makes. */
  origin?: Origin;
  /** The one relation that it makes, as SQL writes it; `true` where it may make any. */
  makes?: string | true;
};

export type SessionOptions = {
  extensions: string[];
  statementTimeoutMs: number;
  /** Milliseconds that are left for the whole. Throws when there are none, or when it was cancelled. */
  timeLeft: () => number;
};

const LOOK_MS = 60_000;
/** With the catalogue itself, so that there is always one. */
const RELATIONS = `SELECT oid::text AS oid FROM pg_catalog.pg_class
  WHERE (relkind IN ('r', 'p', 'v', 'm', 'f') AND oid >= 16384) OR oid = 'pg_catalog.pg_class'::regclass`;

/** Code that a script runs can break the engine so that it takes everything and does nothing, as COPY with a program does. */
const broken = (): SqlError => new SqlError({ message: 'it broke the engine', code: LOST });

export async function openSession(options: SessionOptions): Promise<Session> {
  const { timeLeft } = options;
  const done: { sql: string; options: RunOptions }[] = [];
  const origins = new Map<string, Origin>();
  let database: Pglite = await openPglite(options);

  const limit = (): number => Math.min(options.statementTimeoutMs, timeLeft());

  const runOnce = async (sql: string, { origin, makes }: RunOptions): Promise<void> => {
    if (typeof makes === 'string' && origin) {
      const name = makes.replaceAll("'", "''");
      const [row] = await database.query(
        `${sql}\n;SELECT to_regclass('${name}')::oid::text AS oid`,
        limit(),
      );
      if (!row) throw broken();
      if (typeof row['oid'] === 'string' && !origins.has(row['oid'])) {
        origins.set(row['oid'], origin);
      }
      return;
    }
    await database.query(sql, limit());
    if (makes !== true || !origin) return;
    const relations = await database.query(RELATIONS, LOOK_MS).catch(() => []);
    if (relations.length === 0) throw broken();
    for (const { oid } of relations) {
      if (!origins.has(String(oid))) origins.set(String(oid), origin);
    }
  };

  const again = async (): Promise<void> => {
    await database.close();
    timeLeft();
    origins.clear();
    database = await openPglite(options);
    for (const { sql, options: how } of done) {
      await runOnce(sql, how);
    }
  };

  return {
    origins,
    run: async (sql, how = {}) => {
      try {
        await runOnce(sql, how);
        done.push({ sql, options: how });
      } catch (error) {
        if (error instanceof SqlError && error.failure.code === LOST) await again();
        throw error;
      }
    },
    look: (sql) => database.query(sql, LOOK_MS),
    close: () => database.close(),
  };
}
