import pg from 'pg';
import type { SqlDriver } from '../driver.js';
import type { DriverOptions } from './open-driver.js';
import { readPoolSettings } from './pool-settings.js';
import { cancelStatement } from './postgres/cancel.js';
import { createConnections } from './postgres/connections.js';
import { createPostgresDriver } from './postgres/driver.js';

/** PostgreSQL by its protocol: `postgres://user:password@host:port/name?sslmode=…`. Throws SettingError. */
export function open({ address, env }: DriverOptions): SqlDriver {
  const settings = readPoolSettings(env);
  const config: pg.ClientConfig = {
    connectionString: address,
    application_name: 'mcp-server',
  };
  const connections = createConnections(config, settings);
  return createPostgresDriver({
    connections,
    stop: cancelStatement,
    close: connections.close,
  });
}
