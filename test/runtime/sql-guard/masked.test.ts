import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlDialect } from '../../../templates/src/runtime/sql/database.js';
import type { SqlDriver } from '../../../templates/src/runtime/sql/driver.js';
import { openDriver } from '../../../templates/src/runtime/sql/drivers/open-driver.js';
import { guard as mysql } from '../../../templates/src/runtime/sql/guard/mysql.js';
import { guard as postgres } from '../../../templates/src/runtime/sql/guard/postgres.js';
import { guard as sqlite } from '../../../templates/src/runtime/sql/guard/sqlite.js';
import '../../support/typescript-children.js';
import { runScript, shopCaller } from '../sql/support/bench.js';
import { guardDatabase, guardScript, SECRET } from './fixture.js';

const GUARDS = { postgres, mysql, sqlite };

describe('a masked column that a free query speaks of', () => {
  const maskedIn = async (dialect: SqlDialect, sql: string): Promise<readonly string[]> => {
    const answer = { columns: [], rows: [['', 'shop']], changes: 0, truncated: false };
    const none = { ...answer, rows: [] };
    const run = async ({ text }: { text: string }) => (text.includes('sql_mode') ? answer : none);
    const database = guardDatabase(dialect);
    return (await GUARDS[dialect]({ sql, parameters: 0, database }, { run })).masked;
  };

  it.each<[string, string[]]>([
    ["SELECT id FROM customers WHERE secret = 'x'", ['customers.secret']],
    ['SELECT count(*) FROM customers c GROUP BY c.secret', ['customers.secret']],
    [
      'SELECT id FROM orders WHERE id IN (SELECT id FROM customers ORDER BY secret)',
      ['customers.secret'],
    ],
    ['SELECT a.id FROM customers a JOIN customers b USING (secret)', ['customers.secret']],
    ['SELECT a.id FROM customers a NATURAL JOIN orders b', ['customers.secret']],
    ['SELECT * FROM customers', []],
    ["SELECT id FROM customers WHERE name = 'secret'", []],
    ['SELECT id AS secret FROM orders', []],
  ])('%s', async (sql, columns) => {
    for (const dialect of ['postgres', 'mysql', 'sqlite'] as const) {
      expect([dialect, await maskedIn(dialect, sql)]).toEqual([dialect, columns]);
    }
  });
});

describe('the answer to a free query over a masked column', () => {
  const database = guardDatabase('sqlite');
  let folder: string;
  let driver: SqlDriver;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guard-masked-'));
    const address = `sqlite:${folder}/data.sqlite?mode=rwc`;
    driver = openDriver({ database, address, env: {} });
    await runScript(driver, guardScript('sqlite'));
  });
  afterAll(async () => {
    await driver?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('says that nothing was compared with what is stored', async () => {
    const { call } = shopCaller(database, driver);
    const notes = [
      'customers.secret is masked: for this statement it has the value ••• in every row, also in conditions, joins, groups and order. That says nothing about the data.',
    ];
    const sql = `SELECT id FROM customers WHERE secret = '${SECRET}'`;
    expect((await call('query', { sql })).data).toEqual({
      rows: [],
      truncated: false,
      notes,
    });
    expect((await call('explain', { sql })).data).toEqual({ plan: expect.any(String), notes });
    expect((await call('query', { sql: 'SELECT id FROM customers WHERE id = 1' })).data).toEqual({
      rows: [{ id: 1 }],
      truncated: false,
    });
    const plain = await call('explain', { sql: 'SELECT id FROM customers WHERE id = 1' });
    expect(plain.data).toEqual({ plan: expect.any(String) });
  });
});
