import type { SqlDialect } from './database.js';

/** A parameter of a statement; bytes for binary columns. Exact numbers and dates are texts. */
export type SqlValue = null | string | number | boolean | Uint8Array | SqlValue[];

/** Text in the dialect of the driver with its placeholders (`$1` for PostgreSQL, `?` otherwise), and their values. */
export type SqlText = { text: string; values: readonly SqlValue[] };

/**
 * Rows as arrays in the order of `columns`, which may repeat a name. Cells are JSON values, but for bytes: bigint, decimal,
 * dates, times and intervals are texts exactly as the database writes them, JSON columns are text, arrays are arrays.
 */
export type SqlRows = {
  columns: string[];
  rows: SqlCell[][];
  /** Rows that a writing statement changed. */
  changes: number;
  /** There were more rows, or more bytes, than were asked for. */
  truncated: boolean;
};

export type SqlCell = null | string | number | boolean | Uint8Array | SqlCell[];

/** One transaction. Statements run one after the other. */
export type SqlSession = {
  run: (statement: SqlText, bounds?: SqlBounds) => Promise<SqlRows>;
};

export type SqlBounds = {
  maxRows?: number;
  maxBytes?: number;
  /** Nothing follows: of a transaction that reads, the end needs no round trip of its own then. */
  last?: boolean;
};

export type SessionOptions = {
  /** The statement that runs is stopped on the server when it fires. */
  signal: AbortSignal;
  /** Of each statement, on the server. */
  timeoutMs: number;
  /** Names and values of session settings for row-level security, valid in this transaction only. */
  claims?: Readonly<Record<string, string>>;
};

/** A database that is connected to when it is first needed, with a bounded pool. Rejects with SqlFailure. */
export type SqlDriver = {
  dialect: SqlDialect;
  /** In a transaction that cannot write; always rolled back or ended without effect. */
  read: <T>(work: (session: SqlSession) => Promise<T>, options: SessionOptions) => Promise<T>;
  /** In a transaction that is committed when `work` resolves and rolled back when it rejects or the signal fires. */
  write: <T>(work: (session: SqlSession) => Promise<T>, options: SessionOptions) => Promise<T>;
  /** What the account may do that it need not, each a sentence; connects. */
  inspectRights: (options: { writes: boolean; tables: string[] }) => Promise<string[]>;
  close: () => Promise<void>;
};

/** What went wrong, in classes that callers can act on. */
export type SqlFailureKind =
  | 'unavailable' // refused, lost, still starting, pool exhausted: later may do
  | 'timeout'
  | 'cancelled'
  | 'denied' // rights, row-level security, read-only
  | 'conflict' // unique, foreign key, exclusion, check, not null; serialization, deadlock, lock
  | 'value' // a value that does not fit its type
  | 'statement' // syntax, unknown name
  | 'full' // disk, memory
  | 'large' // more than may be read at once
  | 'internal';

/**
 * A failure of the database. `message` is safe for the model: no values of others, no host, no password; names what the
 * constraint or column is called. `detail` is for the log only.
 */
export class SqlFailure extends Error {
  readonly kind: SqlFailureKind;
  /** SQLSTATE or the number of the engine. */
  readonly code: string | undefined;
  readonly detail: string | undefined;
  /** For a write: whether it may have been applied. */
  readonly applied: 'no' | 'unknown';

  constructor(
    kind: SqlFailureKind,
    message: string,
    more: { code?: string; detail?: string; applied?: 'no' | 'unknown' } = {},
  ) {
    super(message);
    this.name = 'SqlFailure';
    this.kind = kind;
    this.code = more.code;
    this.detail = more.detail;
    this.applied = more.applied ?? 'no';
  }
}
