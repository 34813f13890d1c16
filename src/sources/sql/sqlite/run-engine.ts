import { askWorker } from '../../read/ask-worker.js';

/** A statement; `standIn` is run in its place where a module is missing. */
export type Script = { sql: string; standIn?: string };

export type EngineColumn = {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  /** Place in the primary key from 1; 0 outside. */
  pk: number;
  /** 1 of a virtual table's own, 2 computed when read, 3 computed when written. */
  hidden: number;
};

export type EngineIndex = {
  name: string;
  unique: number;
  /** `pk`, `u` for a constraint, `c` for CREATE INDEX. */
  origin: string;
  partial: number;
  /** In order; `name` is null for an expression. */
  parts: { name: string | null; cid: number }[];
};

/** One column of a foreign key; those with the same `id` belong together, ordered by `seq`. `to` is null for the primary key. */
export type EngineForeignKey = {
  id: number;
  seq: number;
  table: string;
  from: string;
  to: string | null;
  on_update: string;
  on_delete: string;
};

export type EngineTable = {
  name: string;
  type: 'table' | 'view' | 'virtual' | 'shadow';
  wr: number;
  strict: number;
  columns: EngineColumn[];
  indexes: EngineIndex[];
  foreignKeys: EngineForeignKey[];
  /** Why there are no columns: a view over what is not there. */
  error?: string;
};

/** What the engine knows after the statements. */
export type EngineCatalogue = {
  objects: { type: string; name: string; table: string; sql: string | null }[];
  tables: EngineTable[];
};

export type EngineResult = {
  catalogue: EngineCatalogue;
  /** Number of a statement and what the engine said of it. */
  failures: [number, string][];
};

/** A database that could not be opened or read at all. */
export class EngineError extends Error {
  /** Number of the statement that it ran when its time was up. */
  readonly during: number | undefined;

  constructor(message: string, during?: number) {
    super(message);
    this.name = 'EngineError';
    this.during = during;
  }
}

type Message = Partial<EngineResult> & { error?: string };

/** Runs statements on a database in a thread, and gives its catalogue. Throws an EngineError, also when the time is up. */
export async function runEngine(work: {
  /** `:memory:`, or a file that is there. */
  path: string;
  statements: Script[];
  readOnly: boolean;
  timeoutMs: number;
  signal?: AbortSignal;
}): Promise<EngineResult> {
  const { path, statements, readOnly, timeoutMs, signal } = work;
  const current = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
  const answer = await askWorker<Message>(new URL('./sqlite-worker.mjs', import.meta.url), {
    workerData: { path, statements, readOnly, current },
    timeoutMs,
    signal,
  });
  if (answer === 'took too long') {
    const during = Atomics.load(current, 0);
    const reason = `ran longer than ${timeoutMs / 1000} s`;
    throw new EngineError(reason, during === -1 ? undefined : during);
  }
  if (typeof answer === 'string') throw new EngineError('the engine has ended');
  if ('error' in answer) throw new EngineError(answer.error.message);
  const { error, catalogue, failures } = answer.message;
  if (catalogue && failures) return { catalogue, failures };
  throw new EngineError(error ?? 'the engine gave no answer');
}
