import { existsSync, readFileSync } from 'node:fs';
import type { Client } from '@modelcontextprotocol/client';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseServer } from '../../sql/support/database-server.js';
import { emitDatabase, type EmittedDatabase } from '../../sql/support/emit-database.js';
import { findMariadb, startMariadb } from '../../sql/support/mariadb-server.js';
import { findPostgres, startPostgres } from '../../sql/support/postgres-server.js';

const SCHEMA = 'CREATE TABLE line (id integer NOT NULL PRIMARY KEY, kind integer, note text);';
const STATUS = '/proc/self/status';

async function fillPostgres({ url }: DatabaseServer): Promise<string> {
  const admin = new pg.Client({ connectionString: url() });
  await admin.connect();
  await admin.query(SCHEMA);
  await admin.query(
    "INSERT INTO line SELECT i, i % 7, repeat('some words ', 8) || i FROM generate_series(1, 1000000) i",
  );
  await admin.end();
  return url();
}

async function fillMariadb({ url }: DatabaseServer): Promise<string> {
  const admin = await mysql.createConnection({ uri: url(), multipleStatements: true });
  // A recursion of a thousand is what both servers allow unless told otherwise.
  await admin.query(`CREATE DATABASE many; USE many; ${SCHEMA}
    INSERT INTO line
      WITH RECURSIVE some (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM some WHERE n < 999),
        million (seq) AS (SELECT 1 + a.n + 1000 * b.n FROM some AS a, some AS b)
      SELECT seq, seq % 7, CONCAT(REPEAT('some words ', 8), seq) FROM million`);
  await admin.end();
  return url('many');
}

const noStatus = existsSync(STATUS) ? '' : 'nothing tells what a process uses';

describe.each([
  {
    dialect: 'postgres' as const,
    missing: noStatus || (findPostgres() ? '' : 'there is no PostgreSQL'),
    start: startPostgres,
    fill: fillPostgres,
  },
  {
    dialect: 'mysql' as const,
    missing: noStatus || (findMariadb() ? '' : 'there is no MariaDB'),
    start: startMariadb,
    fill: fillMariadb,
  },
])('a server of a million rows, $dialect', ({ dialect, missing, start, fill }) => {
  let database: DatabaseServer;
  let emitted: EmittedDatabase;
  let server: { client: Client; pid: number; close: () => Promise<void> };

  beforeAll(async () => {
    if (missing) return;
    database = await start();
    emitted = await emitDatabase({ text: SCHEMA, dialect, profile: 'typed' });
    server = await emitted.connect(await fill(database));
  });
  afterAll(async () => {
    await server?.close();
    await emitted?.remove();
    await database?.stop();
  });

  type Rows = { rows: Record<string, unknown>[]; truncated: boolean };
  const call = async (name: string, args: Record<string, unknown>): Promise<Rows> => {
    const result = await server.client.callTool({ name, arguments: args });
    if (result.isError) throw new Error(JSON.stringify(result.content));
    return result.structuredContent as Rows;
  };
  /** Resident memory of the server, in MB. */
  const resident = (): number => {
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024;
  };

  it.skipIf(missing !== '')(
    missing || 'is listed, counted and searched in the memory of what it gives',
    async () => {
      const listed = await call('list_line', { limit: 200, order: [{ column: 'note' }] });
      expect([listed.rows.length, listed.truncated]).toEqual([200, true]);
      const before = resident();
      for (let time = 0; time < 5; time += 1) {
        const where = [{ column: 'kind', operator: '=', value: time }];
        expect((await call('list_line', { limit: 200, where })).truncated).toBe(true);
        const counted = await call('aggregate_rows', {
          table: 'line',
          group_by: ['kind'],
          measures: [{ function: 'count' }, { function: 'sum', column: 'id' }],
        });
        expect(counted.rows.slice(0, 2)).toEqual([
          { kind: 0, count: 142_857, sum_id: '71428928571' },
          { kind: 1, count: 142_858, sum_id: '71429071429' },
        ]);
        const found = await call('search_rows', { table: 'line', text: 'WORDS 999999' });
        expect(found.rows.map(({ id }) => id)).toEqual([999_999]);
      }
      // The table is 100 MB; what is given of it at once is 25 kB.
      expect(resident() - before).toBeLessThan(40);
    },
  );
});
