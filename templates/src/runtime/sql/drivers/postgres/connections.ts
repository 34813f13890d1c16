import pg from 'pg';
import { log } from '../../../log.js';
import type { PoolSettings } from '../pool-settings.js';
import { SqlFailure } from '../../driver.js';
import { busy, isNetworkError, textOf } from '../failures.js';
import { createReach } from '../reach.js';
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

/** A pool of `pg` that survives killed and restarted servers. */
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

  const reach = createReach({
    attempt: () => connect(pool, settings),
    giveBack: (client) => client.release(),
    hasIdle: () => pool.idleCount > 0,
    troubleOf,
    failureOf: postgresFailure,
    retryMs: settings.retryMs,
  });

  const waitFor = (signal: AbortSignal): Promise<WireClient> => {
    const connecting = reach(signal);
    // A connection that comes after the caller has gone goes back.
    connecting.then(
      (client) => signal.aborted && client.release(),
      () => undefined,
    );
    return unlessAborted(connecting, signal);
  };

  const acquire = async (signal: AbortSignal): Promise<Connection> => {
    // Those who wait have been promised the idle ones.
    const isFree = pool.idleCount > pool.waitingCount;
    const client = await (isFree ? reach(signal) : waitFor(signal));
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

/** A client of the pool. Its timeout while all are in use is no failure of the server. */
async function connect(pool: pg.Pool, { size, waitMs }: PoolSettings): Promise<WireClient> {
  try {
    return (await pool.connect()) as WireClient;
  } catch (error) {
    if (textOf(error) !== 'timeout exceeded when trying to connect') throw error;
    if (pool.totalCount < size) {
      // There was room for another connection, which nobody has answered.
      const why = new Error(`no connection could be made within ${waitMs} ms`);
      throw Object.assign(why, { code: 'ETIMEDOUT' });
    }
    throw busy(`none of ${size} connections was free within ${waitMs} ms`);
  }
}

/** What may be over soon: a server that is not there, starts or has all its connections in use. */
function troubleOf(error: unknown): 'down' | 'full' | undefined {
  if (isServerError(error)) {
    if (error.code === '53300') return 'full';
    return error.code === '57P03' ? 'down' : undefined;
  }
  if (error instanceof SqlFailure) return undefined;
  return isNetworkError(error) || /terminated/.test(textOf(error)) ? 'down' : undefined;
}
