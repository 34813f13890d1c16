import pg from 'pg';
import { openDriver } from '../../../templates/src/runtime/sql/drivers/open-driver.js';
import { findPostgres, startPostgres } from '../../sql/support/postgres-server.js';
import { guardDatabase, guardScript } from './fixture.js';
import { runStrings, type Running } from './run-strings.js';
import { POSTGRES_BAD, POSTGRES_GOOD } from './strings/postgres.js';

const database = guardDatabase('postgres');

runStrings('PostgreSQL', {
  database,
  accounts: ['superuser', 'role'],
  missing: findPostgres() === undefined ? 'there is no PostgreSQL' : undefined,
  good: POSTGRES_GOOD,
  bad: POSTGRES_BAD,
  start,
});

async function start(): Promise<Running> {
  const server = await startPostgres();
  const admin = new pg.Client({ connectionString: server.url() });
  await admin.connect();
  for (const text of guardScript('postgres')) await admin.query(text);
  await admin.query(`CREATE ROLE shop_mcp LOGIN NOSUPERUSER NOINHERIT PASSWORD 'x'`);
  await admin.query('GRANT USAGE ON SCHEMA public, sales TO shop_mcp');
  for (const { schema, name } of Object.values(database.tables)) {
    await admin.query(`GRANT SELECT ON "${schema}"."${name}" TO shop_mcp`);
  }
  const open = (address: string) => openDriver({ database, address, env: {} });
  const accounts = {
    superuser: open(server.url()),
    role: open(`postgres://shop_mcp:x@${server.host}:${server.port}/postgres`),
  };
  return {
    accounts,
    fingerprint: async () => {
      const { rows } = await admin.query(FINGERPRINT);
      return JSON.stringify(rows);
    },
    stop: async () => {
      await Promise.all(Object.values(accounts).map((driver) => driver.close()));
      await admin.end();
      await server.stop();
    },
  };
}

const FINGERPRINT = `
  SELECT (SELECT json_agg(c ORDER BY id) FROM customers c) AS customers,
         (SELECT json_agg(c ORDER BY id) FROM orders c) AS orders,
         (SELECT json_agg(c ORDER BY order_id, position) FROM items c) AS items,
         (SELECT json_agg(c ORDER BY id) FROM "group" c) AS groups,
         (SELECT json_agg(c ORDER BY id) FROM salaries c) AS salaries,
         (SELECT json_agg(c.relname ORDER BY oid) FROM pg_class c WHERE relnamespace::regnamespace::text !~ '^pg_toast') AS relations,
         (SELECT count(*) FROM pg_proc) AS functions, (SELECT count(*) FROM pg_extension) AS extensions,
         (SELECT count(*) FROM pg_largeobject_metadata) AS objects,
         (SELECT json_agg(r ORDER BY rolname) FROM pg_authid r) AS roles,
         (SELECT json_agg(a ORDER BY a.name) FROM pg_settings a WHERE a.source <> 'client' AND a.name <> 'application_name') AS settings,
         (SELECT json_agg(l) FROM pg_locks l WHERE locktype = 'advisory') AS locks,
         (SELECT last_value || ' ' || is_called FROM tickets) AS tickets,
         (SELECT json_agg(f ORDER BY f.name) FROM pg_ls_dir('.') AS f(name)) AS files`;
