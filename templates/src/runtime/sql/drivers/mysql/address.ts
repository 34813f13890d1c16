import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'mysql2';
import { failure } from '../failures.js';

const WRONG =
  'The address of the database must be mysql://user:password@host:port/name, with ssl-mode=disabled, required, verify_ca or verify_identity and ssl-ca=<file> after a question mark where needed.';

/**
 * Reads `mysql://…` and `mariadb://…`; nothing of it can turn on what is turned off here. Throws SqlFailure, never with the
 * address, which may hold a password.
 */
export function readAddress(address: string): ConnectionOptions {
  let url: URL;
  try {
    url = new URL(address.replace(/^mariadb:/i, 'mysql:'));
  } catch {
    throw failure('internal', { message: WRONG });
  }
  const socketPath = url.searchParams.get('socket');
  const ssl = readTls(url.searchParams);
  return {
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(socketPath === null
      ? {
          host: url.hostname.replace(/^\[|\]$/g, '') || '127.0.0.1',
          port: Number(url.port || 3306),
        }
      : { socketPath }),
    ...(ssl && { ssl }),
  };
}

function readTls(parameters: URLSearchParams): ConnectionOptions['ssl'] {
  const file = parameters.get('ssl-ca');
  const mode =
    parameters.get('ssl-mode')?.toLowerCase() ?? (file === null ? 'disabled' : 'verify_ca');
  const ca = file === null ? {} : { ca: readFileSync(file, 'utf8') };
  if (mode === 'disabled') return undefined;
  if (mode === 'required') return { ...ca, rejectUnauthorized: false };
  if (mode === 'verify_ca') return { ...ca, rejectUnauthorized: true, verifyIdentity: false };
  if (mode === 'verify_identity') return { ...ca, rejectUnauthorized: true, verifyIdentity: true };
  throw failure('internal', { message: WRONG });
}
