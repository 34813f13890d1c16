import mysql from 'mysql2/promise';
import { describe, expect, it } from 'vitest';
import { openDriver } from '../../../../templates/src/runtime/sql/drivers/open-driver.js';
import { guard } from '../../../../templates/src/runtime/sql/guard/mysql.js';
import { findMariadb, startMariadb } from '../../../sql/support/mariadb-server.js';
import { guardDatabase, guardScript, WITHOUT_HIDDEN } from '../fixture.js';
import { OPTIONS } from '../run-strings.js';
import { judge } from './judge.js';

const missing = findMariadb() === undefined ? ' (there is no MariaDB)' : '';

describe.skipIf(missing !== '')(`the guard of MySQL${missing}`, () => {
  it('lets nothing pass that reads what is hidden', async () => {
    const server = await startMariadb();
    const admin = await mysql.createConnection({ uri: server.url() });
    const database = guardDatabase('mysql');
    const drivers = [];
    for (const [name, more] of [
      ['shop', []],
      ['open_shop', WITHOUT_HIDDEN],
    ] as const) {
      await admin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
      await admin.query(`USE ${name}`);
      for (const text of [...guardScript('mysql'), ...more]) await admin.query(text);
      drivers.push(openDriver({ database, address: server.url(name), env: {} }));
    }
    await admin.end();
    const [whole, open] = drivers as [(typeof drivers)[0], (typeof drivers)[0]];
    const run = (driver: typeof whole) => (text: string) =>
      driver.read((session) => session.run({ text, values: [] }), OPTIONS);
    try {
      const counts = await judge(
        guard,
        database,
        {
          session: { run: (statement) => whole.read((it) => it.run(statement), OPTIONS) },
          whole: run(whole),
          open: run(open),
        },
        1_500,
      );
      expect(counts.passed).toBeGreaterThan(100);
      expect(counts.ran).toBeGreaterThan(50);
    } finally {
      await Promise.all(drivers.map((driver) => driver.close()));
      await server.stop();
    }
  }, 240_000);
});
