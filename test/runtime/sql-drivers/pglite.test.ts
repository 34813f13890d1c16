import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlDriver } from '../../../templates/src/runtime/sql/driver.js';
import '../../support/typescript-children.js';
import { driverOf, failureOf, read, sessionOptions, write } from './support.js';

describe('the driver of PGlite', () => {
  let folder: string;
  let driver: SqlDriver;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pglite-driver-'));
    driver = driverOf(`pglite:${folder}/data`);
    await write(driver, [
      'CREATE TABLE item (id int PRIMARY KEY, name text UNIQUE)',
      "INSERT INTO item VALUES (1, 'pen')",
    ]);
  });
  afterAll(async () => {
    await driver.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('cannot write in a read, and rolls back what fails', async () => {
    const insert = "INSERT INTO item VALUES (2, 'ink')";
    expect(await failureOf(read(driver, insert))).toMatchObject({ kind: 'denied', code: '25006' });
    expect(await failureOf(write(driver, [insert, insert]))).toMatchObject({
      kind: 'conflict',
      message: 'There is already a row with the same "id" (unique constraint "item_pkey").',
    });
    expect((await read(driver, 'SELECT * FROM item', [], { maxRows: 5 })).rows).toEqual([
      [1, 'pen'],
    ]);
  });

  it('warns of no rights: its one account is the only one', async () => {
    expect(await driver.inspectRights({ writes: false, tables: ['item'] })).toEqual([]);
  });

  it('answers one after the other', async () => {
    const texts = [1, 2, 3, 4, 5].map((i) => read(driver, `SELECT ${i}`));
    expect((await Promise.all(texts)).flatMap(({ rows }) => rows)).toEqual([
      [1],
      [2],
      [3],
      [4],
      [5],
    ]);
  });

  it('ends what takes too long or is cancelled, and keeps what was committed', async () => {
    await write(driver, "INSERT INTO item VALUES (3, 'cap')");
    const endless = 'SELECT count(*) FROM generate_series(1, 1000000000)';
    expect(await failureOf(read(driver, endless, [], { timeoutMs: 300 }))).toMatchObject({
      kind: 'timeout',
    });
    expect((await read(driver, 'SELECT name FROM item ORDER BY id')).rows).toEqual([
      ['pen'],
      ['cap'],
    ]);
    const controller = new AbortController();
    const cancelled = failureOf(
      driver.write(
        async (session) => {
          await session.run({ text: "INSERT INTO item VALUES (4, 'dip')", values: [] });
          setTimeout(() => controller.abort(), 200);
          await session.run({ text: endless, values: [] });
        },
        sessionOptions({ signal: controller.signal, timeoutMs: 60_000 }),
      ),
    );
    expect(await cancelled).toMatchObject({ kind: 'cancelled', applied: 'no' });
    expect((await read(driver, 'SELECT count(*) FROM item')).rows).toEqual([['2']]);
  });

  it('keeps other processes from its data', async () => {
    const other = driverOf(`pglite:${folder}/data`);
    expect(await failureOf(read(other, 'SELECT 1'))).toMatchObject({
      kind: 'unavailable',
      message: 'Another process uses the database.',
    });
    await other.close();
    await driver.close();
    expect(existsSync(`${folder}/data.lock`)).toBe(false);
    driver = driverOf(`pglite:${folder}/data`);
    expect((await read(driver, 'SELECT count(*) FROM item')).rows).toEqual([['2']]);
  });
});
