import { diagnostic } from '../../../diagnostics/catalog.js';
import { InputError } from '../../../diagnostics/diagnostic.js';

/** What of a database's address may be shown, and what must not. */
export type Address = {
  /** Without user, password and settings: `postgres://host:5432/database`. */
  shown: string;
  user: string;
  password: string;
  database: string;
  url: string;
};

/**
 * Takes a database's address apart. Throws an `InputError` that does not hold it when it is none.
 */
export function parseAddress(url: string): Address {
  if (!URL.canParse(url)) throw unusable('it is no URL');
  const { protocol, host, username, password, pathname, searchParams } = new URL(url);
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') {
    throw unusable('it does not begin with postgres://');
  }
  const user = decode(username) || (searchParams.get('user') ?? '');
  const database = decode(pathname.slice(1)) || user;
  return {
    shown: `postgres://${host || (searchParams.get('host') ?? 'localhost')}/${encodeURIComponent(database)}`,
    user: user || 'the user',
    password: decode(password) || (searchParams.get('password') ?? ''),
    database,
    url,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unusable('a % in it does not begin an encoded character');
  }
}

function unusable(why: string): InputError {
  return new InputError([diagnostic('MCP807', { address: 'what was given', why })]);
}
