import pg from 'pg';
import { log } from '../../../log.js';
import type { PoolSettings } from '../pool-settings.js';
import { codeOf, failure, isNetworkError, textOf } from '../failures.js';
import { unlessAborted } from '../settle.js';
import { isServerError, postgresFailure } from './failures.js';
import { createPreparedStatements, type PreparedStatements } from './statements.js';
import { wireOf, type WireClient } from './wire.js';

/** A connection that a transaction has for itself. */
export type Connection = {
  client: WireClient;
  statements: PreparedStatements;
  /** It has run something before: the server may have closed it since. */
  used: boolean;
  /** Allows the next statement its share of bytes. */
  resetReceived: () => void;
  /** Whether the connection was given up because a statement sent more than it may. */
  overflowed: () => boolean;
  /** Gives it back, or closes it. */
  release: (destroy: boolean) => void;
};

export type Connections = {
  acquire: (signal: AbortSignal) => Promise<Connection>;
  close: () => Promise<void>;
};

type Facts = {
  statements: PreparedStatements;
  received: number;
  overflowed: boolean;
  used: boolean;
};

/**
 * Texts that the cells of results are read by, whatever the settings of the database are; and transactions that write say
 * so, so that nothing can that is outside of one.
 */
const SESSION = [
  "SET datestyle = 'ISO'",
  "SET intervalstyle = 'postgres'",
  "SET bytea_output = 'hex'",
  'SET extra_float_digits = 1',
  'SET default_transaction_read_only = on',
  'SET idle_in_transaction_session_timeout = 300000',
].join('; ');

const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 1_000;

/** A pool of `pg` that survives killed and restarted servers: attempts to connect are repeated for a while. */
export function createConnections(config: pg.ClientConfig, settings: PoolSettings): Connections {
  const facts = new WeakMap<pg.ClientBase, Facts>();
  const pool = new pg.Pool({
    ...config,
    keepAlive: true,
    max: settings.size,
    connectionTimeoutMillis: settings.waitMs,
    idleTimeoutMillis: settings.idleMs,
    maxLifetimeSeconds: settings.lifetimeSeconds,
    maxUses: settings.uses,
    // A promise that fails closes the connection, which the types do not tell.
    onConnect: async (client) => {
      watch(client, facts, settings);
      await client.query(SESSION);
    },
  });
  // Without listeners, a connection that the server closes would end this process.
  pool.on('error', (error) => log.debug('database connection lost', { error: textOf(error) }));
  pool.on('connect', (client) => client.on('error', () => undefined));

  const acquire = async (signal: AbortSignal): Promise<Connection> => {
    const connecting = connectWithRetry(pool, settings, signal);
    // A connection that comes after the caller has gone goes back.
    connecting.then(
      (client) => signal.aborted && client.release(),
      () => undefined,
    );
    const client = await unlessAborted(connecting, signal);
    const known = facts.get(client) ?? watch(client, facts, settings);
    const { used } = known;
    known.used = true;
    return {
      client,
      statements: known.statements,
      used,
      resetReceived: () => void (known.received = 0),
      overflowed: () => known.overflowed,
      release: (destroy) => client.release(destroy),
    };
  };
  return { acquire, close: () => pool.end() };
}

function watch(
  client: pg.ClientBase,
  facts: WeakMap<pg.ClientBase, Facts>,
  { prepared, receiveBytes }: PoolSettings,
): Facts {
  const known: Facts = {
    statements: createPreparedStatements(prepared),
    received: 0,
    overflowed: false,
    used: false,
  };
  const { stream } = wireOf(client);
  stream.on('data', (chunk) => {
    known.received += chunk.length;
    if (known.received <= receiveBytes || known.overflowed) return;
    known.overflowed = true;
    stream.destroy(new Error('the result is larger than SQL_RECEIVE_MAX_BYTES'));
  });
  facts.set(client, known);
  return known;
}

/** Repeats what may be over soon: a server that is not there yet, starts or has all its connections in use. */
async function connectWithRetry(
  pool: pg.Pool,
  { retryMs, size, waitMs }: PoolSettings,
  signal: AbortSignal,
): Promise<WireClient> {
  const deadline = Date.now() + retryMs;
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, MAX_DELAY_MS)) {
    try {
      return (await pool.connect()) as WireClient;
    } catch (error) {
      if (textOf(error) === 'timeout exceeded when trying to connect') {
        throw failure('unavailable', {
          message:
            'The database is busy: all connections of this server are in use. Try again later.',
          detail: `none of ${size} connections was free within ${waitMs} ms`,
        });
      }
      if (signal.aborted || !isPassing(error) || Date.now() + delay > deadline) {
        throw postgresFailure(error);
      }
      log.debug('cannot connect to the database yet', { error: textOf(error) });
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

function isPassing(error: unknown): boolean {
  if (isServerError(error)) return error.code === '57P03' || error.code === '53300';
  // A name that does not resolve and a socket file that is not there are wrong settings more often than not.
  return isNetworkError(error) && codeOf(error) !== 'ENOTFOUND';
}
