import type { SqlClaim, SqlDatabase } from '../../../blueprint/database.js';
import type { Setting } from '../../../blueprint/types.js';
import { DATABASE_URL } from '../../manifest/database-variable.js';
import { readReference } from '../../reference.js';
import { envName } from '../../env-name.js';
import type { SqlEntry } from '../../manifest/sql-source.js';
import type { Dialect } from '../model.js';

const OF_TOKEN = /^\$\{token\.(.+)\}$/;

/**
 * Where the address comes from: only an embedded database has a default, since others need a password. `variable` is the one
 * of a database that names none; where that is one of its own, its file is as well.
 */
export function addressOf(
  { database }: Pick<SqlEntry, 'database'>,
  { id, dialect, variable }: { id: string; dialect: Dialect; variable: string },
): Pick<SqlDatabase, 'env' | 'url'> {
  const { env = variable, fallback } = readReference(database) ?? {};
  const isShared = database !== undefined || variable === DATABASE_URL;
  const file = `sqlite:./${isShared ? 'data' : id}.sqlite`;
  const url = fallback ?? (dialect === 'sqlite' ? file : undefined);
  return { env, ...(url !== undefined && url !== '' && { url }) };
}

export function claimsOf(
  id: string,
  { claims }: Pick<SqlEntry, 'claims'>,
): Pick<SqlDatabase, 'claims'> {
  if (claims === undefined) return {};
  const read = Object.entries(claims).map(([name, value]): [string, SqlClaim] => {
    const token = OF_TOKEN.exec(value)?.[1];
    if (token !== undefined) return [name, { token, env: envName(id, name) }];
    return [name, readReference(value)?.env ?? ''];
  });
  return { claims: Object.fromEntries(read) };
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
    ...Object.entries(claims).map(([name, claim]): Setting => {
      const about = `Value of the session setting ${name}, by which the database decides what is seen`;
      if (typeof claim === 'string')
        return { env: claim, description: about, secret: false, required: true };
      return {
        env: claim.env,
        description: `${about}; over stdio alone: over HTTP it is ${claim.token} of the caller's token`,
        secret: false,
        required: false,
      };
    }),
  ];
}
