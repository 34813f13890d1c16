import type { DatabaseReading } from './model.js';
import { writeSnapshot } from './snapshot.js';

/**
 * The schema of a live database as the text of a snapshot, read in one read-only transaction. The password in the address
 * appears nowhere. Throws an InputError (MCP803 to MCP807).
 */
export async function readDatabase(address: string, signal?: AbortSignal): Promise<string> {
  const { model } = await introspectLive(address, signal ? { signal } : {});
  return writeSnapshot(model);
}

// Each client is loaded only where a database of its kind is read.
async function introspectLive(
  address: string,
  options: { signal?: AbortSignal },
): Promise<DatabaseReading> {
  const scheme = /^([a-z]+):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === 'postgres' || scheme === 'postgresql') {
    const { introspectPostgres } = await import('./postgres/introspect-live.js');
    return introspectPostgres(address, options);
  }
  if (scheme === 'mysql' || scheme === 'mariadb') {
    const { introspectMysql } = await import('./mysql/introspect-live.js');
    return introspectMysql(address);
  }
  const { introspectSqliteFile } = await import('./sqlite/introspect-live.js');
  return introspectSqliteFile(address.replace(/^sqlite:(?:\/\/(?=\/))?/i, ''));
}
