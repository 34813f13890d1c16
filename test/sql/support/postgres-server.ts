import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import {
  PASSWORD,
  freePort,
  makeDataFolder,
  runOnce,
  serverAccount,
  startServer,
} from './database-server.js';
import type { DatabaseServer } from './database-server.js';

const VERSIONS = '/usr/lib/postgresql';

/** Folder of PostgreSQL's programs, the newest version; undefined where there are none: skip the test with a message then. */
export function findPostgres(): string | undefined {
  if (!existsSync(VERSIONS)) return undefined;
  return readdirSync(VERSIONS)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(VERSIONS, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')));
}

/** A new, empty PostgreSQL, by password only; the user `postgres` is superuser. About two seconds. */
export async function startPostgres(): Promise<DatabaseServer> {
  const bin = findPostgres();
  if (bin === undefined) throw new Error(`there is no PostgreSQL below ${VERSIONS}`);
  const account = serverAccount('postgres');
  const folder = await makeDataFolder('postgres-server-', account);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, PASSWORD);
  runOnce(
    join(bin, 'initdb'),
    [
      ...['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
      ...['-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    ],
    account,
    folder,
  );
  const port = await freePort();
  const url = (database = 'postgres'): string =>
    `postgres://postgres:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  const settings = [
    ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'],
    ...['shared_buffers=32MB', 'max_connections=100'],
  ];
  const server = await startServer({
    program: join(bin, 'postgres'),
    args: ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    account,
    folder,
    endSignal: 'SIGINT',
    ready: async () => {
      const client = new pg.Client({ connectionString: url(), connectionTimeoutMillis: 2_000 });
      client.on('error', () => undefined);
      await client.connect();
      await client.end();
    },
  });
  return { host: '127.0.0.1', port, user: 'postgres', password: PASSWORD, url, ...server };
}
