import type { SqlDatabase } from '../../../blueprint/database.js';
import type { Setting } from '../../../blueprint/types.js';
import type { SqlEntry } from '../../manifest/sql-source.js';
import type { Dialect } from '../model.js';

const REFERENCE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?\}$/s;

/** Where the address comes from: only an embedded database has a default, since others need a password. */
export function addressOf(
  { database = '${DATABASE_URL}' }: Pick<SqlEntry, 'database'>,
  dialect: Dialect,
): Pick<SqlDatabase, 'env' | 'url'> {
  const [, env = 'DATABASE_URL', given] = REFERENCE.exec(database) ?? [];
  const url = given ?? (dialect === 'sqlite' ? 'sqlite:./data.sqlite' : undefined);
  return { env, ...(url !== undefined && url !== '' && { url }) };
}

export function claimsOf({ claims }: Pick<SqlEntry, 'claims'>): Pick<SqlDatabase, 'claims'> {
  if (claims === undefined) return {};
  const variables = Object.entries(claims).map(([name, value]) => [
    name,
    REFERENCE.exec(value)?.[1] ?? '',
  ]);
  return { claims: Object.fromEntries(variables) as Record<string, string> };
}

const ADDRESSES: Record<Dialect, string> = {
  postgres: 'postgres://user:password@host:5432/database',
  mysql: 'mysql://user:password@host:3306/database',
  sqlite: 'sqlite:./data.sqlite',
};

/** The environment variables of a database. */
export function databaseSettings({ id, dialect, env, url, claims = {} }: SqlDatabase): Setting[] {
  return [
    {
      env,
      description: `Address of the database "${id}", e.g. ${ADDRESSES[dialect]}`,
      secret: dialect !== 'sqlite',
      required: url === undefined,
      ...(url !== undefined && { default: url }),
    },
    ...Object.entries(claims).map(([name, variable]) => ({
      env: variable,
      description: `Value of the session setting ${name}, by which the database decides what is seen`,
      secret: false,
      required: true,
    })),
  ];
}
