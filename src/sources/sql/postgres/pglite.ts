import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

export type Row = Record<string, unknown>;

/** What PostgreSQL says of a statement. Without `code` (an SQLSTATE) the engine itself has broken down. */
export type SqlFailure = {
  message: string;
  code?: string;
  detail?: string;
  hint?: string;
  /** Of a character of the statement, from 1. */
  position?: number;
};

/** Types by their number in `pg_type`. */
export type Description = { parameters: number[]; columns: { name: string; type: number }[] };

export class SqlError extends Error {
  readonly failure: SqlFailure;

  constructor(failure: SqlFailure) {
    super(failure.message);
    this.name = 'SqlError';
    this.failure = failure;
  }
}

/** A PostgreSQL of our own, in memory, in a thread. After `LOST` it is gone: nothing can stop one of its statements. */
export type Pglite = {
  /** Rejects with an `SqlError`; that without `code` or with `LOST` means that the database is gone. */
  query: (sql: string, timeoutMs: number) => Promise<Row[]>;
  /** What a statement takes and gives; it does not run. Rejects as `query` does. */
  describe: (sql: string, timeoutMs: number) => Promise<Description>;
  close: () => Promise<void>;
};

/** Code of the failure of a statement that ran too long or brought the engine down. */
export const LOST = 'LOST';

/** Grows with every change of how the kept cluster is made. */
const LAYOUT = 1;
const START_MS = 60_000;

type Message = { ready?: true; id?: number; rows?: Row[]; failure?: SqlFailure };
type Waiting = { id: number; resolve: (rows: Row[]) => void; reject: (error: Error) => void };

/** `extensions` are SQL names of those that come with it. */
export async function openPglite(options: { extensions: string[] }): Promise<Pglite> {
  const cachePath = clusterPath();
  try {
    return await start(options.extensions, cachePath);
  } catch (error) {
    if (cachePath === undefined || !existsSync(cachePath)) throw error;
    // The kept cluster may be damaged.
    rmSync(cachePath, { force: true });
    return start(options.extensions, cachePath);
  }
}

async function start(extensions: string[], cachePath: string | undefined): Promise<Pglite> {
  optimiseEngine(false);
  const worker = new Worker(new URL('./pglite-worker.mjs', import.meta.url), {
    workerData: { extensions, ...(cachePath && { cachePath }) },
    stdout: true,
    stderr: true,
    env: {},
  });
  let waiting: Waiting | undefined;
  let lost: SqlFailure | undefined;
  let number = 0;

  const settle = (message: Message): void => {
    const call = waiting;
    if (!call || (message.id !== undefined && message.id !== call.id)) return;
    waiting = undefined;
    if (message.failure) call.reject(new SqlError(message.failure));
    else call.resolve(message.rows ?? []);
  };
  const lose = (message: string): void => {
    lost ??= { message, code: LOST };
    settle({ failure: lost });
    void worker.terminate();
  };
  worker.on('message', (message: Message) => {
    const broken = message.failure !== undefined && message.failure.code === undefined;
    if (broken) lose(`the engine broke down: ${message.failure?.message ?? ''}`);
    else settle(message);
  });
  worker.on('error', (error) => lose(`the engine broke down: ${error.message}`));
  worker.on('exit', () => lose('the engine has ended'));

  const wait = (id: number, timeoutMs: number, begin: () => void): Promise<Row[]> =>
    new Promise<Row[]>((resolve, reject) => {
      if (lost) return reject(new SqlError(lost));
      const timer = setTimeout(() => lose(`ran longer than ${timeoutMs / 1000} s`), timeoutMs);
      const done = (): void => clearTimeout(timer);
      waiting = {
        id,
        resolve: (rows) => (done(), resolve(rows)),
        reject: (error) => (done(), reject(error)),
      };
      begin();
    });

  await wait(0, START_MS, () => undefined);
  return {
    query: (sql, timeoutMs) => {
      const id = ++number;
      return wait(id, timeoutMs, () => worker.postMessage({ id, sql }));
    },
    describe: async (sql, timeoutMs) => {
      const id = ++number;
      const [row] = await wait(id, timeoutMs, () =>
        worker.postMessage({ id, sql, describe: true }),
      );
      return row as Description;
    },
    close: async () => {
      optimiseEngine(true);
      lost ??= { message: 'closed', code: LOST };
      await worker.terminate();
    },
  };
}

/**
 * A schema's statements run once each: compiling the engine's busy functions again, optimised, costs more than it saves (half
 * of the processor time of most schemas, and a third of the memory). Holds for the process, so it is put back.
 */
function optimiseEngine(on: boolean): void {
  const no = on ? '' : 'no-';
  setFlagsFromString(`--${no}wasm-tier-up`);
  setFlagsFromString(`--${no}wasm-dynamic-tiering`);
}

/** Where the empty cluster of this version is kept; undefined where the user has no folder for such things. */
function clusterPath(): string | undefined {
  const folder = cacheFolder();
  return folder && join(folder, 'create-mcp-server', `pglite-${pgliteVersion()}-${LAYOUT}.tar.gz`);
}

function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (process.platform === 'win32') return LOCALAPPDATA;
  const home = homedir();
  if (!home) return undefined;
  return process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}

function pgliteVersion(): string {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = readFileSync(join(dirname(main), '../package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
