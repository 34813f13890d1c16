import { readInteger, type Environment } from '../../settings/settings.js';

/** How connections to a database server are kept. */
export type PoolSettings = {
  size: number;
  /** How long a call waits for a connection: while all are in use, and while one is made. */
  waitMs: number;
  /** How long attempts go on while the server cannot be reached. */
  retryMs: number;
  idleMs: number;
  /** Age at which a connection is replaced: roles, addresses and memory of servers change. */
  lifetimeSeconds: number;
  uses: number;
  /** Statements that are kept prepared on each connection. */
  prepared: number;
  /** Bytes that one statement may send before its connection is given up: no limit of rows stops a single huge value. */
  receiveBytes: number;
};

/** Reads SQL_POOL_SIZE and the like, which hold for each database of the server. Throws SettingError. */
export function readPoolSettings(env: Environment): PoolSettings {
  const read = (name: string, fallback: number, min: number, max: number): number =>
    readInteger(env, name, { fallback, min, max });
  return {
    size: read('SQL_POOL_SIZE', 10, 1, 1_000),
    waitMs: read('SQL_POOL_WAIT_MS', 5_000, 1, 600_000),
    retryMs: read('SQL_CONNECT_RETRY_MS', 10_000, 0, 600_000),
    idleMs: read('SQL_POOL_IDLE_MS', 30_000, 1, 86_400_000),
    lifetimeSeconds: read('SQL_CONNECTION_LIFETIME_SECONDS', 1_800, 1, 86_400),
    uses: read('SQL_CONNECTION_USES', 10_000, 1, 1_000_000_000),
    prepared: read('SQL_PREPARED_STATEMENTS', 100, 0, 10_000),
    receiveBytes: read('SQL_RECEIVE_MAX_BYTES', 67_108_864, 65_536, 268_435_456),
  };
}
