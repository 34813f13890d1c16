import type { SqlDatabase } from '../database.js';
import { SqlFailure, type SqlDriver } from '../driver.js';
import type { Environment } from '../../settings/settings.js';
import { drivers } from './available.js';
import { readPoolSettings } from './pool-settings.js';

export type DriverOptions = {
  database: SqlDatabase;
  /** May hold a password: never in a message. */
  address: string;
  env: Environment;
};

/** What a file of a driver exports as `open`. Nothing is connected to yet. Throws SettingError. */
export type OpenDriver = (options: DriverOptions) => SqlDriver;

/** The files of drivers by name, each loaded when the first statement runs: a project has those it needs. */
export type Drivers = Record<string, () => Promise<{ open: OpenDriver }>>;

const NAMES: Record<string, string> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  pglite: 'pglite',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  file: 'sqlite',
};

const DIALECTS: Record<string, SqlDriver['dialect']> = { mysql: 'mysql', sqlite: 'sqlite' };

/**
 * The driver of an address by its scheme; the package behind it is loaded when it is first used, so that one that is not
 * installed harms nobody else. Throws SqlFailure for a scheme that there is no driver for,
 * SettingError.
 */
export function openDriver(options: DriverOptions): SqlDriver {
  const scheme = /^([a-z]+):/i.exec(options.address)?.[1]?.toLowerCase() ?? '';
  const name = Object.hasOwn(NAMES, scheme) ? (NAMES[scheme] ?? '') : '';
  const load = Object.hasOwn(drivers, name) ? drivers[name] : undefined;
  if (!load) {
    const known = Object.keys(NAMES).filter((key) => Object.hasOwn(drivers, NAMES[key] ?? ''));
    throw new SqlFailure(
      'internal',
      `${options.database.env} must be an address that starts with ${known.map((key) => `${key}:`).join(' or ')}`,
    );
  }
  // A wrong setting is to be seen at the start, not by the first caller.
  readPoolSettings(options.env);
  let opened: Promise<SqlDriver> | undefined;
  const driver = (): Promise<SqlDriver> =>
    (opened ??= load().then(
      ({ open }) => open(options),
      (error: unknown) => {
        opened = undefined;
        throw new SqlFailure('internal', `The driver of ${scheme}: cannot be loaded.`, {
          detail: String(error),
        });
      },
    ));
  return {
    dialect: DIALECTS[name] ?? 'postgres',
    read: async (work, session) => (await driver()).read(work, session),
    write: async (work, session) => (await driver()).write(work, session),
    inspectRights: async (what) => (await driver()).inspectRights(what),
    close: async () => {
      await opened?.then(
        (it) => it.close(),
        () => undefined,
      );
    },
  };
}
