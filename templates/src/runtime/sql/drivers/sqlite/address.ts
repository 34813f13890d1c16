import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export type SqliteAddress = {
  /** Undefined for `:memory:`. */
  path: string | undefined;
  mode: 'ro' | 'rw' | 'rwc';
};

/**
 * Reads `sqlite:./file`, `sqlite:///absolute/file`, `file:…` and `sqlite::memory:`; with `?mode=ro` nothing is written, with
 * `?mode=rwc` the first write makes the file.
 */
export function readAddress(address: string): SqliteAddress {
  const [body = '', query = ''] = address.slice(address.indexOf(':') + 1).split('?');
  const asked = new URLSearchParams(query).get('mode');
  const mode = asked === 'ro' || asked === 'rwc' ? asked : 'rw';
  if (body === ':memory:') return { path: undefined, mode: 'rwc' };
  if (/^\/\/(?:localhost)?\//.test(body)) return { path: fileURLToPath(`file:${body}`), mode };
  const local = body.replace(/^\/\//, '');
  return { path: resolve(local.includes('%') ? decodeURIComponent(local) : local), mode };
}
