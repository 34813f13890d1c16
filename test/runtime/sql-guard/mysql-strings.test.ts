import mysql from 'mysql2/promise';
import { openDriver } from '../../../templates/src/runtime/sql/drivers/open-driver.js';
import { findMariadb, onMysql, startMariadb } from '../../sql/support/mariadb-server.js';
import { guardDatabase, guardScript, SECRET } from './fixture.js';
import { runStrings, type Running } from './run-strings.js';
import { MYSQL_BAD, MYSQL_GOOD } from './strings/mysql.js';

const database = guardDatabase('mysql');

/** JSON is a type of its own in MySQL, which gave up MD5 in version 9. */
const NOT_ON_MYSQL = MYSQL_GOOD.filter((sql) => /JSON_TABLE\(o\.data|\bMD5\(/.test(sql));

runStrings('MariaDB', {
  database,
  accounts: ['superuser', 'role'],
  missing: findMariadb() === undefined ? 'there is no MariaDB' : undefined,
  good: MYSQL_GOOD,
  foreign: onMysql ? NOT_ON_MYSQL : [],
  bad: MYSQL_BAD,
  start,
});

async function start(): Promise<Running> {
  const server = await startMariadb();
  const admin = await mysql.createConnection({ uri: server.url(), multipleStatements: false });
  await admin.query('CREATE DATABASE shop CHARACTER SET utf8mb4');
  await admin.query('USE shop');
  for (const text of guardScript('mysql')) await admin.query(text);
  if (!onMysql) await admin.query('CREATE SEQUENCE tickets');
  await admin.query(
    `CREATE FUNCTION leak() RETURNS TEXT DETERMINISTIC RETURN (SELECT '${SECRET}')`,
  );
  await admin.query(`CREATE USER 'shop_mcp'@'%' IDENTIFIED BY 'x'`);
  for (const { name } of Object.values(database.tables)) {
    await admin.query(`GRANT SELECT ON shop.\`${name}\` TO 'shop_mcp'@'%'`);
  }
  const open = (address: string) => openDriver({ database, address, env: {} });
  const accounts = {
    superuser: open(server.url('shop')),
    role: open(`mysql://shop_mcp:x@${server.host}:${server.port}/shop`),
  };
  return {
    accounts,
    fingerprint: async () => {
      const parts: unknown[] = [];
      for (const text of FINGERPRINT) parts.push((await admin.query(text))[0]);
      return JSON.stringify(parts);
    },
    stop: async () => {
      await Promise.all(Object.values(accounts).map((driver) => driver.close()));
      await admin.end();
      await server.stop();
    },
  };
}

const VARIABLES = `${onMysql ? 'performance_schema' : 'information_schema'}.global_variables`;

const FINGERPRINT = [
  ...['customers', 'orders', 'items', '`group`', 'salaries'].map(
    (table) => `SELECT * FROM shop.${table} ORDER BY 1, 2`,
  ),
  "SELECT table_schema, table_name, table_type FROM information_schema.tables WHERE table_schema NOT IN ('information_schema', 'performance_schema') ORDER BY 1, 2",
  'SELECT routine_schema, routine_name FROM information_schema.routines ORDER BY 1, 2',
  'SELECT user, host FROM mysql.user ORDER BY 1, 2',
  ...(onMysql ? [] : ['SELECT next_not_cached_value FROM shop.tickets']),
  `SELECT variable_name, variable_value FROM ${VARIABLES} WHERE variable_name NOT IN ('TIMESTAMP') AND variable_name NOT LIKE 'GTID%' ORDER BY 1`,
];
