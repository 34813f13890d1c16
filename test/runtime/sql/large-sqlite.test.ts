import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitDatabase, type EmittedDatabase } from '../../sql/support/emit-database.js';
import '../../support/typescript-children.js';
import { driverOf, write } from '../sql-drivers/support.js';

const SCHEMA = `CREATE TABLE line (id INTEGER PRIMARY KEY, kind INTEGER, note TEXT);
CREATE TABLE film (id INTEGER PRIMARY KEY, body BLOB);`;
const STATUS = '/proc/self/status';
const missing = existsSync(STATUS) ? '' : 'nothing tells what a process uses';

describe.skipIf(missing !== '')(
  `a server of a large SQLite file${missing && ` (${missing})`}`,
  () => {
    let folder: string;
    let emitted: EmittedDatabase;
    let server: { client: Client; pid: number; close: () => Promise<void> };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'large-sqlite-'));
      const address = `sqlite:${folder}/data.sqlite`;
      const driver = driverOf(`${address}?mode=rwc`);
      await write(
        driver,
        [
          ...SCHEMA.split('\n'),
          `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
          INSERT INTO line SELECT i, i % 7, 'some words some words some words some words ' || i FROM n`,
          'INSERT INTO film VALUES (1, zeroblob(200000000)), (2, zeroblob(3))',
        ],
        [],
        { timeoutMs: 100_000 },
      );
      await driver.close();
      const limits = { timeoutMs: 50_000 };
      emitted = await emitDatabase({
        text: SCHEMA,
        dialect: 'sqlite',
        profile: 'typed',
        query: true,
        queries: {
          body_of: {
            description: 'The body of a film',
            sql: 'SELECT body FROM film WHERE id = :id',
            single: true,
          },
        },
        limits,
      });
      server = await emitted.connect(address);
    });
    afterAll(async () => {
      await server?.close();
      await emitted?.remove();
      await rm(folder, { recursive: true, force: true });
    });

    type Rows = { rows: Record<string, unknown>[]; truncated: boolean };
    const call = async (name: string, args: Record<string, unknown>): Promise<Rows> => {
      const result = await server.client.callTool({ name, arguments: args });
      if (result.isError) throw new Error(JSON.stringify(result.content));
      return result.structuredContent as Rows;
    };
    /** Resident memory of the server and of the process in which SQLite runs, in MB. */
    const resident = (pid = server.pid): number => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const own = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
      const children =
        readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').match(/\d+/g) ?? [];
      return children.reduce((sum, child) => sum + resident(Number(child)), own);
    };

    it('lists, counts and searches a million rows in the memory of what it gives', async () => {
      const first = await call('list_line', { limit: 200 });
      expect([first.rows.length, first.truncated]).toEqual([200, true]);
      const before = resident();
      for (let time = 0; time < 2; time += 1) {
        const where = [{ column: 'kind', operator: '=', value: time }];
        expect((await call('list_line', { limit: 200, where })).truncated).toBe(true);
        const ordered = await call('list_line', { limit: 1, order: [{ column: 'note' }] });
        expect(ordered.rows[0]).toMatchObject({ id: 1 });
        const counted = await call('aggregate_rows', {
          table: 'line',
          group_by: ['kind'],
          measures: [{ function: 'count' }],
        });
        expect(counted.rows.slice(0, 2)).toEqual([
          { kind: 0, count: 142_857 },
          { kind: 1, count: 142_858 },
        ]);
        const found = await call('search_rows', { table: 'line', text: 'WORDS 999999' });
        expect(found.rows.map(({ id }) => id)).toEqual([999_999]);
      }
      // The file is 260 MB.
      expect(resident() - before).toBeLessThan(60);
    });

    it('leaves out a value of 200 MB and says how large it is', async () => {
      expect((await call('list_film', {})).rows).toEqual([
        { id: 1, body: null, _omitted: { body: '200000000 bytes' } },
        { id: 2, body: 'AAAA' },
      ]);
      expect((await call('query', { sql: 'SELECT length(body) AS n FROM film' })).rows).toEqual([
        { n: 200_000_000 },
        { n: 3 },
      ]);
      const refusal = 'A row of the result is too large: ask for fewer or smaller columns.';
      const queried = call('query', { sql: 'SELECT body FROM film WHERE id = 1' });
      await expect(queried).rejects.toThrow(refusal);
      await expect(call('body_of', { id: 1 })).rejects.toThrow(refusal);
      expect((await call('list_film', { fields: ['id'] })).rows).toEqual([{ id: 1 }, { id: 2 }]);
    });
  },
);
