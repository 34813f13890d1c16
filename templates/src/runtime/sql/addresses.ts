import type { Environment } from '../settings/settings.js';
import type { SqlDatabase, SqlDialect } from './database.js';

/** Where a database is, or why that is not known, as a sentence that names what to set. */
export type Address = { address: string } | { problem: string };

const SCHEMES: Record<SqlDialect, readonly string[]> = {
  postgres: ['postgres', 'postgresql', 'pglite', 'sqlite', 'file'],
  mysql: ['mysql', 'mariadb', 'sqlite', 'file'],
  sqlite: ['sqlite', 'file'],
};

const EXAMPLES: Record<SqlDialect, string> = {
  postgres: 'postgres://user:password@host:5432/name',
  mysql: 'mysql://user:password@host:3306/name',
  sqlite: 'sqlite:./data.sqlite',
};

/** The address that the environment gives, or the one that is used without. */
export function readAddress(
  { env: variable, url, dialect }: SqlDatabase,
  env: Environment,
): Address {
  const address = env[variable]?.trim() || url;
  const example = `e.g. ${EXAMPLES[dialect]}`;
  if (address === undefined) {
    return { problem: `${variable} must be set to the address of the database, ${example}.` };
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase() ?? '';
  if (SCHEMES[dialect].includes(scheme)) return { address };
  const known = SCHEMES[dialect].map((name) => `${name}:`).join(', ');
  return {
    problem: `${variable} must be an address that starts with one of ${known}; ${example}.`,
  };
}

/** What must not be shown of an address: itself, and its password as it stands there and as it is meant. */
export function secretsOf(address: string): string[] {
  // Not by URL alone: a password that should have been escaped makes it none, or ends it early.
  const written = /^[^:]+:\/\/[^:@/]*:(.*)@/.exec(address)?.[1];
  const inQuery = /[?&](?:password|pwd|sslpassword)=([^&#]*)/i.exec(address)?.[1];
  const passwords = [written, inQuery].flatMap((text) => (text ? [text, decoded(text)] : []));
  return passwords.length === 0 ? [] : [...new Set([address, ...passwords])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
