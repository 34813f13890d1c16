import { expect, it } from 'vitest';
import { read, readFast } from '../support/postgres-reading.js';
import { exposeDatabase } from '../../../src/sources/sql/expose/expose.js';
import { readMysql } from '../../../src/sources/sql/mysql/read-mysql.js';
import { readSqlite } from '../../../src/sources/sql/sqlite/read-sqlite.js';
import type { DatabaseModel } from '../../../src/sources/sql/model.js';

/** What is masked in one part of a UNION may be shown, made into something else, by another. */
const SCRIPT = `
  CREATE TABLE users (id INT PRIMARY KEY, note VARCHAR(60), password VARCHAR(60));
  CREATE TABLE old_users (id INT PRIMARY KEY, note VARCHAR(60));
  CREATE VIEW plain AS SELECT note AS n FROM users UNION SELECT note FROM old_users;
  CREATE VIEW mixed AS SELECT note AS n FROM users UNION SELECT lower(password) FROM users;
  CREATE VIEW also AS SELECT password AS n FROM users UNION ALL SELECT 'none';
  CREATE VIEW nested AS WITH w AS (SELECT upper(password) AS n FROM users UNION SELECT note FROM users) SELECT n FROM w;
  CREATE VIEW over_mixed AS SELECT n AS m FROM mixed;`;

it.each<[string, () => Promise<DatabaseModel>]>([
  ['PostgreSQL', async () => (await read(SCRIPT)).model],
  ['PostgreSQL, fast', async () => (await readFast(SCRIPT)).model],
  ['MySQL', async () => readMysql([{ path: 'x.sql', text: SCRIPT }]).model],
  ['SQLite', async () => (await readSqlite([{ path: 'x.sql', text: SCRIPT }])).model],
])(
  'views that show a column in one part of a UNION and what is made of others in another: %s',
  async (_, readModel) => {
    const { database, findings } = exposeDatabase('shop', await readModel(), {
      sql: 'x.sql',
      columns: { 'users.password': 'masked' },
    });
    const told = findings.filter(({ code }) => code === 'MCP852');
    expect(told.map(({ message }) => message.split(' ')[0]).sort()).toEqual([
      'also',
      'mixed',
      'nested',
      'over_mixed',
    ]);
    // What is known of them still holds.
    expect(database.tables['also']!.columns).toMatchObject({ n: { masked: true } });
    expect(database.tables['plain']!.columns).not.toMatchObject({ n: { masked: true } });
  },
);

it('a full join shows something else where one side is made of a column', async () => {
  const text = `CREATE TABLE a (id int, pin text); CREATE TABLE b (id int, pin text);
    CREATE VIEW v AS SELECT pin FROM a FULL JOIN (SELECT upper(pin) AS pin FROM b) c USING (pin);`;
  for (const how of [read, readFast]) {
    const { model } = await how(text);
    const columns = model.tables.find(({ name }) => name === 'v')?.columns;
    expect(columns?.map(({ shows, showsOther }) => [shows, showsOther])).toEqual([
      [[{ schema: 'public', table: 'a', column: 'pin' }], true],
    ]);
  }
});
