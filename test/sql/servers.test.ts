import mysql from 'mysql2/promise';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { findMariadb, startMariadb } from './support/mariadb-server.js';
import { findPostgres, startPostgres } from './support/postgres-server.js';

const noPostgres = findPostgres() ? '' : ' (skipped: no PostgreSQL is installed)';
const noMariadb = findMariadb() ? '' : ' (skipped: no MariaDB is installed)';

describe('servers for tests', () => {
  it.skipIf(noPostgres)(`starts and stops PostgreSQL${noPostgres}`, async () => {
    const server = await startPostgres();
    const client = new pg.Client({ connectionString: server.url() });
    await client.connect();
    expect((await client.query('SELECT 40 + 2 AS answer')).rows).toEqual([{ answer: 42 }]);
    await client.end();
    await server.stop();
    expect(() => process.kill(server.pid, 0)).toThrow('ESRCH');
    await server.stop();
  });

  it.skipIf(noMariadb)(`starts and stops MariaDB${noMariadb}`, async () => {
    const server = await startMariadb();
    const connection = await mysql.createConnection({ uri: server.url() });
    expect((await connection.query('SELECT 40 + 2 AS answer'))[0]).toEqual([{ answer: 42 }]);
    await connection.end();
    await expect(
      mysql.createConnection({ host: server.host, port: server.port, user: 'root', password: '' }),
    ).rejects.toThrow('Access denied');
    await server.stop();
    expect(() => process.kill(server.pid, 0)).toThrow('ESRCH');
  });
});
