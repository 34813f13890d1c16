import {
  createPool,
  type Connection as MysqlConnection,
  type ConnectionOptions,
  type PoolConnection,
} from 'mysql2';
import { log } from '../../../log.js';
import { SqlFailure } from '../../driver.js';
import { busy, textOf } from '../failures.js';
import type { PoolSettings } from '../pool-settings.js';
import { createReach } from '../reach.js';
import { unlessAborted } from '../settle.js';
import { isConnectionLoss, isServerError, mysqlFailure } from './failures.js';
import { breakOff, prepare, runText, streamOf, type Prepared } from './wire.js';

/** A connection that a transaction has for itself. */
export type Connection = {
  raw: PoolConnection;
  /** It has run something before: the server may have closed it since. */
  reused: boolean;
  isMariadb: boolean;
  /** Milliseconds that the server gives a statement of this connection. */
  timeoutMs: number | undefined;
  /** What its transactions do unless they say otherwise. */
  readOnly: boolean;
  prepare: (text: string) => Promise<Prepared>;
  resetReceived: () => void;
  /** Whether the connection was given up because a statement sent more than it may. */
  overflowed: () => boolean;
  release: (destroy: boolean) => void;
};

export type Connections = {
  acquire: (signal: AbortSignal) => Promise<Connection>;
  close: () => Promise<void>;
};

/** Every value exactly as it is: by default, large integers are rounded and dates are moved to another time zone. */
export const EXACT = {
  supportBigNumbers: true,
  bigNumberStrings: true,
  dateStrings: true,
  jsonStrings: true,
  decimalNumbers: false,
  multipleStatements: false,
  rowsAsArray: true,
  disableEval: true,
  charset: 'utf8mb4',
} as const;

type Known = Connection & { born: number; uses: number };

/** A pool of `mysql2` with what it lacks: a limit on waiting, replaced connections, patience at the start. */
export function createConnections(config: ConnectionOptions, settings: PoolSettings): Connections {
  const pool = createPool({
    ...config,
    ...EXACT,
    connectionLimit: settings.size,
    maxIdle: settings.size - 1,
    idleTimeout: settings.idleMs,
    // Before the caller has waited for as long: this tells which of the two it is.
    connectTimeout: Math.ceil(settings.waitMs * 0.9),
    enableKeepAlive: true,
    // The statements are counted here.
    maxPreparedStatements: settings.prepared + 10,
  });
  // Without a listener, a connection that the server closes would end this process.
  pool.on('connection', (raw) => {
    raw.on('error', (error) => log.debug('database connection lost', { error: textOf(error) }));
  });
  const known = new WeakMap<PoolConnection, Known>();

  const take = async (): Promise<Known> => {
    const raw = await getConnection(pool, settings.waitMs);
    const old = known.get(raw);
    if (old && !isWorn(old, settings)) return old;
    if (old) {
      raw.destroy();
      return take();
    }
    try {
      const made = await introduce(raw, settings);
      known.set(raw, made);
      return made;
    } catch (error) {
      raw.destroy();
      throw error;
    }
  };

  const reach = createReach({
    attempt: take,
    giveBack: (connection) => connection.release(false),
    hasIdle: () => idleOf(pool) > 0,
    troubleOf,
    failureOf: mysqlFailure,
    retryMs: settings.retryMs,
  });

  return {
    acquire: async (signal) => {
      const taking = reach(signal);
      // A connection that comes after the caller has gone goes back.
      taking.then(
        (late) => signal.aborted && late.release(false),
        () => undefined,
      );
      const connection = await unlessAborted(taking, signal);
      connection.reused = connection.uses > 0;
      connection.uses += 1;
      return connection;
    },
    close: () => new Promise((resolve) => pool.end(() => resolve())),
  };
}

function isWorn({ born, uses }: Known, { lifetimeSeconds, uses: most }: PoolSettings): boolean {
  return uses >= most || Date.now() - born > lifetimeSeconds * 1_000;
}

/** Which the types do not tell. */
function idleOf(pool: ReturnType<typeof createPool>): number {
  return (pool as unknown as { _freeConnections: { length: number } })._freeConnections.length;
}

/** The pool lets callers wait for ever. */
function getConnection(
  pool: ReturnType<typeof createPool>,
  waitMs: number,
): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(busy(`no connection was free within ${waitMs} ms`));
    }, waitMs);
    pool.getConnection((error, connection) => {
      clearTimeout(timer);
      if (error) reject(error);
      else if (late) connection.release();
      else resolve(connection);
    });
  });
}

/** Values that do not fit are to be refused and not cut, whatever the server's default is. */
async function introduce(
  raw: PoolConnection,
  { prepared, receiveBytes }: PoolSettings,
): Promise<Known> {
  const version = await runText(raw, 'SELECT VERSION()');
  await runText(raw, "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')");
  let received = 0;
  let overflowed = false;
  streamOf(raw).on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received <= receiveBytes || overflowed) return;
    overflowed = true;
    breakOff(raw, 'the result is larger than SQL_RECEIVE_MAX_BYTES');
  });
  return {
    raw,
    reused: false,
    isMariadb: /mariadb/i.test(JSON.stringify(version)),
    timeoutMs: undefined,
    readOnly: false,
    prepare: createPreparation(raw, prepared),
    resetReceived: () => void (received = 0),
    overflowed: () => overflowed,
    release: (destroy) => (destroy ? raw.destroy() : raw.release()),
    born: Date.now(),
    uses: 0,
  };
}

/** Keeps a bounded number of statements prepared, the one that was not used for longest goes first. */
function createPreparation(raw: MysqlConnection, limit: number): Connection['prepare'] {
  const statements = new Map<string, Prepared>();
  return async (text) => {
    const statement = statements.get(text) ?? (await prepare(raw, text));
    statements.delete(text);
    statements.set(text, statement);
    const [oldest] = statements.keys();
    if (statements.size > Math.max(limit, 1) && oldest !== undefined) {
      statements.delete(oldest);
      raw.unprepare(oldest);
    }
    return statement;
  };
}

/** What may be over soon: a server that is not there, starts or has all its connections in use. */
function troubleOf(error: unknown): 'down' | 'full' | undefined {
  if (error instanceof SqlFailure) return undefined;
  if (isServerError(error) && [1040, 1203].includes(error.errno)) return 'full';
  return isConnectionLoss(error) ? 'down' : undefined;
}
