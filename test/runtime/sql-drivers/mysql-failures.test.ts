import mysql from 'mysql2/promise';
import { describe } from 'vitest';
import { findMariadb, onMysql, startMariadb } from '../../sql/support/mariadb-server.js';
import { failureCases, type FailingEngine } from './cases/failures.js';

const none = findMariadb() ? '' : ' (skipped: no MariaDB is installed)';

const OTHERS = "FROM information_schema.processlist WHERE db = 'shop' AND id <> CONNECTION_ID()";

async function start(): Promise<FailingEngine> {
  const server = await startMariadb();
  const connect = async (): Promise<mysql.Connection> => {
    const connection = await mysql.createConnection({
      uri: server.url(),
      multipleStatements: true,
    });
    connection.on('error', () => undefined);
    return connection;
  };
  const first = await connect();
  // For sessions that begin afterwards.
  await first.query('SET GLOBAL max_allowed_packet = 1073741824');
  await first.end();
  let admin = await connect();
  await admin.query(`
    CREATE DATABASE shop CHARACTER SET utf8mb4; USE shop;
    CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL);
    INSERT INTO item VALUES (1, 'pen'), (2, 'ink')`);
  const ids = async (where: string): Promise<number[]> => {
    const [rows] = await admin.query<mysql.RowDataPacket[]>(`SELECT id AS id ${OTHERS} ${where}`);
    return rows.map((row) => Number(row['id']));
  };
  return {
    server,
    address: server.url('shop'),
    run: (text) => admin.query(text),
    busy: async () => (await ids("AND command IN ('Query', 'Execute')")).length,
    kill: async () => {
      for (const id of await ids('')) await admin.query(`KILL ${id}`);
    },
    reconnect: async () => {
      admin = await connect();
      await admin.query('USE shop');
    },
    close: () => admin.end(),
  };
}

const DIGITS = [...'0123456789'].map((digit) => `SELECT ${digit} AS d`).join(' UNION ALL ');

const MARIADB = {
  long: 'SELECT COUNT(*) FROM seq_1_to_100000000 a JOIN seq_1_to_100000 b ON a.seq <> b.seq',
  timeoutCode: '1969',
  million: 'CREATE TABLE big ENGINE=Aria AS SELECT seq AS i FROM seq_1_to_1000000',
  largeValue: [
    'CREATE TABLE big_value (body LONGBLOB) ENGINE=Aria',
    "INSERT INTO big_value VALUES (REPEAT('x', 100000000))",
    'UPDATE big_value SET body = CONCAT(body, body)',
  ],
  nowhere: 'mariadb://u:secret@127.0.0.1:1/x',
  returning: true,
};

const MYSQL = {
  long: 'SELECT COUNT(*) FROM information_schema.columns a, information_schema.columns b, information_schema.columns c',
  timeoutCode: '3024',
  million: `CREATE TABLE big AS WITH digit AS (${DIGITS})
    SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d + 100000 * g.d AS i
    FROM digit a, digit b, digit c, digit e, digit f, digit g`,
  largeValue: [
    'CREATE TABLE big_value (body LONGBLOB)',
    "INSERT INTO big_value VALUES (REPEAT('x', 100000000))",
    'UPDATE big_value SET body = CONCAT(body, body)',
  ],
  nowhere: 'mysql://u:secret@127.0.0.1:1/x',
  returning: false,
};

describe.skipIf(none)(`what goes wrong with MariaDB${none}`, () => {
  failureCases(start, onMysql ? MYSQL : MARIADB);
});
