import type { SessionOptions, SqlDriver, SqlSession } from '../driver.js';
import { readAddress } from './mysql/address.js';
import { createConnections, EXACT } from './mysql/connections.js';
import { killStatement } from './mysql/kill.js';
import { inspectRights } from './mysql/rights.js';
import { createTransaction } from './mysql/transaction.js';
import type { DriverOptions } from './open-driver.js';
import { readPoolSettings } from './pool-settings.js';
import { transact, type Transaction } from './transact.js';

const RIGHTS_MS = 10_000;

/** MySQL and MariaDB: `mysql://user:password@host:port/name`. Throws SettingError, SqlFailure for an address that is none. */
export function open({ address, env }: DriverOptions): SqlDriver {
  const config = readAddress(address);
  const connections = createConnections(config, readPoolSettings(env));

  const run = async <T>(
    readOnly: boolean,
    work: (session: SqlSession) => Promise<T>,
    options: SessionOptions,
  ): Promise<T> => {
    const begin = async (): Promise<Transaction> =>
      createTransaction({
        ...options,
        readOnly,
        connection: await connections.acquire(options.signal),
        kill: (it) => killStatement({ ...config, ...EXACT }, it),
      });
    return transact(begin, readOnly, work, options);
  };

  return {
    dialect: 'mysql',
    read: (work, options) => run(true, work, options),
    write: (work, options) => run(false, work, options),
    inspectRights: (what) =>
      run(true, (session) => inspectRights(session, what), {
        signal: AbortSignal.timeout(RIGHTS_MS),
        timeoutMs: RIGHTS_MS,
      }),
    close: connections.close,
  };
}
