import type { SessionOptions, SqlDriver } from '../driver.js';
import { readAddress } from './mysql/address.js';
import { createConnections, EXACT } from './mysql/connections.js';
import { killStatement } from './mysql/kill.js';
import { inspectRights } from './mysql/rights.js';
import { createTransaction } from './mysql/transaction.js';
import type { DriverOptions } from './open-driver.js';
import { readPoolSettings } from './pool-settings.js';
import { createTransactions, type Transaction } from './transact.js';

/** MySQL and MariaDB: `mysql://user:password@host:port/name`. Throws SettingError, SqlFailure for an address that is none. */
export function open({ address, env }: DriverOptions): SqlDriver {
  const config = readAddress(address);
  const connections = createConnections(config, readPoolSettings(env));

  const begin = async (readOnly: boolean, options: SessionOptions): Promise<Transaction> =>
    createTransaction({
      ...options,
      readOnly,
      connection: await connections.acquire(options.signal),
      kill: (it) => killStatement({ ...config, ...EXACT }, it),
    });
  return {
    dialect: 'mysql',
    ...createTransactions(begin, inspectRights),
    close: connections.close,
  };
}
