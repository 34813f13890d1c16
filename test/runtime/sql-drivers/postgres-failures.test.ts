import pg from 'pg';
import { describe } from 'vitest';
import { findPostgres, startPostgres } from '../../sql/support/postgres-server.js';
import { failureCases, type FailingEngine } from './cases/failures.js';

const none = findPostgres() ? '' : ' (skipped: no PostgreSQL is installed)';

const OTHERS = "FROM pg_stat_activity WHERE application_name = 'mcp-server'";

async function start(): Promise<FailingEngine> {
  const server = await startPostgres();
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: server.url() });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  let admin = await connect();
  await admin.query(
    "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL); INSERT INTO item VALUES (1, 'pen'), (2, 'ink')",
  );
  return {
    server,
    address: server.url(),
    run: (text) => admin.query(text),
    busy: async () => {
      const text = `SELECT count(*)::int AS n ${OTHERS} AND state = 'active'`;
      return (await admin.query<{ n: number }>(text)).rows[0]?.n ?? 0;
    },
    kill: async () => void (await admin.query(`SELECT pg_terminate_backend(pid, 5000) ${OTHERS}`)),
    reconnect: async () => {
      admin = await connect();
    },
    close: () => admin.end(),
  };
}

describe.skipIf(none)(`what goes wrong with PostgreSQL${none}`, () => {
  failureCases(start, {
    long: 'SELECT pg_sleep(60)',
    timeoutCode: '57014',
    million: 'CREATE UNLOGGED TABLE big AS SELECT generate_series(1, 1000000) AS i',
    largeValue: [
      'CREATE UNLOGGED TABLE big_value (body bytea)',
      "INSERT INTO big_value SELECT convert_to(repeat('x', 200000000), 'UTF8')",
    ],
    nowhere: 'postgres://u:secret@127.0.0.1:1/x',
    returning: true,
  });
});
