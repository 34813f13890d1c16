import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseServer } from '../support/database-server.js';
import { emitDatabase, type EmittedDatabase } from '../support/emit-database.js';
import { findMariadb, startMariadb } from '../support/mariadb-server.js';
import { findPostgres, startPostgres } from '../support/postgres-server.js';

type Subject = {
  missing: string;
  /** Columns that are numbered as the dialect does it, and an odd name. */
  schema: string;
  start: () => Promise<DatabaseServer>;
  /** Runs a script as a user, or as the one who may do everything. */
  run: (address: string, script: string) => Promise<unknown>;
  unlock: string;
  /** Beside the address: what a refusal by the server says. */
  denied: RegExp;
};

const TABLES = `
  name varchar(40) NOT NULL, pin_code varchar(10), api_key varchar(40));
CREATE TABLE visit (id integer NOT NULL PRIMARY KEY, person_id integer NOT NULL REFERENCES person (id), note varchar(40));
CREATE TABLE internal (id integer NOT NULL PRIMARY KEY, name varchar(40));
CREATE TABLE shelf (id integer NOT NULL PRIMARY KEY);
CREATE TABLE vault (content varchar(40));`;

const SUBJECTS: Record<'postgres' | 'mysql', Subject> = {
  postgres: {
    missing: findPostgres() ? '' : ' (skipped: no PostgreSQL is installed)',
    schema: `CREATE SCHEMA shop; CREATE SEQUENCE "Odd seq"; SET search_path = public;
CREATE TABLE shop."a ""table" (id serial PRIMARY KEY, name text, other integer NOT NULL DEFAULT nextval('"Odd seq"'));
CREATE TABLE person (id serial PRIMARY KEY,${TABLES}`,
    start: startPostgres,
    run: async (address, script) => {
      const client = new pg.Client({ connectionString: address });
      await client.connect();
      try {
        return await client.query(script);
      } finally {
        await client.end();
      }
    },
    unlock: `ALTER ROLE db_mcp PASSWORD 'r'`,
    denied: /permission denied|must be owner/,
  },
  mysql: {
    missing: findMariadb() ? '' : ' (skipped: no MariaDB is installed)',
    schema: `CREATE TABLE \`a "table\` (id integer AUTO_INCREMENT PRIMARY KEY, name text, other integer NOT NULL DEFAULT 7);
CREATE TABLE person (id integer AUTO_INCREMENT PRIMARY KEY,${TABLES}`,
    start: startMariadb,
    run: async (address, script) => {
      const connection = await mysql.createConnection({ uri: address, multipleStatements: true });
      try {
        return await connection.query(script);
      } finally {
        await connection.end();
      }
    },
    unlock: `ALTER USER db_mcp@localhost IDENTIFIED BY 'r' ACCOUNT UNLOCK`,
    denied: /denied/,
  },
};

describe.each(['postgres', 'mysql'] as const)('the account of grants/ on %s', (dialect) => {
  const { missing, schema, start, run, unlock, denied } = SUBJECTS[dialect];
  const odd = dialect === 'postgres' ? 'shop."a ""table"' : '`a "table`';

  describe.skipIf(missing !== '')(`on a real server${missing}`, () => {
    let server: DatabaseServer;
    let emitted: EmittedDatabase;
    let address: string;
    let connection: Awaited<ReturnType<EmittedDatabase['connect']>>;
    beforeAll(async () => {
      emitted = await emitDatabase({
        text: schema,
        dialect,
        profile: 'generic',
        exclude: ['internal'],
        access: { person: 'read-write', 'a "table': 'create' },
        columns: { 'person.pin_code': 'hidden', 'vault.content': 'masked' },
        query: true,
        queries: {
          note_visit: {
            description: 'Notes something of a visit',
            sql: 'UPDATE visit SET note = :note WHERE id = :id',
            writes: true,
          },
          hold_shelf: {
            description: 'Looks at shelves that nobody changes meanwhile',
            sql: 'SELECT s.id FROM shelf s WHERE s.id > :id FOR UPDATE',
            writes: true,
          },
        },
      });
      server = await start();
      const admin = server.url(dialect === 'mysql' ? 'mysql' : 'postgres');
      const database = dialect === 'mysql' ? 'shop' : 'postgres';
      if (dialect === 'mysql') await run(admin, 'CREATE DATABASE shop');
      const own = server.url(database);
      await run(own, schema);
      await run(own, "INSERT INTO person (name, pin_code, api_key) VALUES ('Ann', '1234', 'k')");
      await run(own, 'INSERT INTO visit VALUES (1, 1, null)');
      await run(own, 'INSERT INTO shelf VALUES (7)');
      await run(own, emitted.files.get('grants/db.sql')!);
      await expect(run(asRole(own), 'SELECT 1')).rejects.toThrow();
      await run(own, unlock);
      // As after a change of mcp.yaml; the account keeps its password.
      await run(own, emitted.files.get('grants/db.sql')!);
      address = asRole(own);
      connection = await emitted.connect(address);
    });
    afterAll(async () => {
      await connection?.close();
      await server?.stop();
      await emitted?.remove();
    });

    const asRole = (url: string) => url.replace(/\/\/[^@]*@/, '//db_mcp:r@');
    const call = async (name: string, args: object) => {
      const result = await connection.client.callTool({ name, arguments: { ...args } });
      const { text } = (result.content as { text: string }[])[0]!;
      return result.isError ? text : (JSON.parse(text) as unknown);
    };

    it('lets every tool work', async () => {
      expect(await call('list_rows', { table: 'person', include: ['visit'] })).toMatchObject({
        rows: [{ id: 1, name: 'Ann', api_key: '•••', visit: [{ id: 1, person_id: 1 }] }],
      });
      const made = { table: 'person', values: { name: 'Bob' } };
      expect(await call('create_row', made)).toMatchObject({ row: { id: 2, name: 'Bob' } });
      const key = { table: 'person', key: { id: 2 } };
      const renamed = await call('update_row', { ...key, values: { name: 'Bo' } });
      expect(renamed).toMatchObject({ row: { id: 2, name: 'Bo' } });
      expect(await call('delete_row', key)).toMatchObject({ row: { id: 2, name: 'Bo' } });
      const table = 'a "table';
      const other = dialect === 'postgres' ? 1 : 7;
      expect(await call('create_row', { table, values: { name: 'x' } })).toMatchObject({
        row: { id: 1, name: 'x', other },
      });
      expect(
        await call('aggregate_rows', { table: 'person', measures: [{ function: 'count' }] }),
      ).toMatchObject({ rows: [{ count: 1 }] });
      expect(await call('query', { sql: 'SELECT p.name FROM person p' })).toMatchObject({
        rows: [{ name: 'Ann' }],
      });
    });

    it('lets a statement of mcp.yaml change the tables that it is about', async () => {
      await call('note_visit', { id: 1, note: 'late' });
      const visit = { table: 'visit', key: { id: 1 } };
      expect(await call('get_row', visit)).toMatchObject({ row: { id: 1, note: 'late' } });
    });

    it('lets a statement of mcp.yaml lock the tables that it is about', async () => {
      expect(await call('hold_shelf', { id: 0 })).toMatchObject({ rows: [{ id: 7 }] });
    });

    it('is told which columns there are, and of no hidden one', async () => {
      expect(await call('query', { sql: 'SELECT nam FROM person' })).toContain(
        ' Did you mean name? Columns of person: id, name.\n',
      );
      const hidden = await call('query', { sql: 'SELECT person.pin_code FROM person' });
      expect(hidden).toMatch(/ Columns(?: of person)?: id, name(?:, api_key)?\.$/m);
    });

    it.each([
      ['a hidden column', 'SELECT pin_code FROM person'],
      ['a masked column', 'SELECT api_key FROM person'],
      ['all columns of a table with hidden ones', 'SELECT * FROM person'],
      ['a table of which all is masked', 'SELECT count(*) FROM vault'],
      ['a table that is excluded', 'SELECT * FROM internal'],
      ['rows in a table that is only read', "INSERT INTO visit VALUES (2, 1, '')"],
      ['changes where rows are only made', `UPDATE ${odd} SET name = 'y'`],
      ['deletions where rows are only made', `DELETE FROM ${odd}`],
      ['a table of its own', 'CREATE TABLE mine (id integer)'],
      ['the end of a table', 'DROP TABLE person'],
      ['an emptied table', 'TRUNCATE TABLE person'],
    ])('is refused %s', async (_, statement) => {
      await expect(run(address, statement)).rejects.toThrow(denied);
    });

    it('is given what the tools need, and no more', async () => {
      const text = emitted.files.get('grants/db.sql')!;
      expect(text.split('\n').filter((line) => line.startsWith('GRANT'))).toEqual(GRANTS[dialect]);
      expect(text).toContain(
        `which lets their rows be counted and listed:\n--   ${dialect === 'postgres' ? '"public"."vault"' : '`vault`'}\n`,
      );
    });
  });
});

const GRANTS = {
  postgres: [
    'GRANT USAGE ON SCHEMA "public" TO "db_mcp";',
    'GRANT USAGE ON SCHEMA "shop" TO "db_mcp";',
    'GRANT SELECT ("id", "name"), INSERT, UPDATE, DELETE ON "public"."person" TO "db_mcp";',
    'GRANT SELECT, UPDATE ON "public"."shelf" TO "db_mcp";',
    'GRANT SELECT, UPDATE ON "public"."visit" TO "db_mcp";',
    'GRANT SELECT, INSERT ON "shop"."a ""table" TO "db_mcp";',
    'GRANT USAGE ON SEQUENCE "public"."person_id_seq" TO "db_mcp";',
    'GRANT USAGE ON SEQUENCE "shop"."a ""table_id_seq" TO "db_mcp";',
    'GRANT USAGE ON SEQUENCE "public"."Odd seq" TO "db_mcp";',
  ],
  mysql: [
    "GRANT SELECT, INSERT ON `a \"table` TO `db_mcp`@'localhost';",
    "GRANT SELECT (`id`, `name`), INSERT, UPDATE, DELETE ON `person` TO `db_mcp`@'localhost';",
    "GRANT SELECT, UPDATE ON `shelf` TO `db_mcp`@'localhost';",
    "GRANT SELECT, UPDATE ON `visit` TO `db_mcp`@'localhost';",
  ],
};
