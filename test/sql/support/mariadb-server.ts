import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import {
  PASSWORD,
  freePort,
  makeDataFolder,
  runOnce,
  serverAccount,
  startServer,
} from './database-server.js';
import type { DatabaseServer } from './database-server.js';

const SERVERS = ['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd', '/usr/bin/mariadbd'];
const INSTALLERS = ['/usr/bin/mariadb-install-db', '/usr/local/bin/mariadb-install-db'];

/** Whether the tests of MariaDB run on MySQL, which has some statements less. */
export const onMysql = (process.env['MYSQLD'] ?? '') !== '';

type Programs = {
  server: string;
  args: string[];
  install: (data: string) => [program: string, args: string[]];
};

/**
 * MariaDB's programs, or MySQL's where MYSQLD names its server: both have to pass the same tests. Undefined where there are
 * none: skip the test with a message then.
 */
export function findMariadb(): Programs | undefined {
  const mysqld = process.env['MYSQLD'];
  if (mysqld) {
    const args = ['--no-defaults', '--initialize-insecure'];
    return {
      server: mysqld,
      args: ['--mysqlx=OFF', '--innodb-redo-log-capacity=4G'],
      install: (data) => [mysqld, [...args, `--datadir=${data}`]],
    };
  }
  const server = SERVERS.find((path) => existsSync(path));
  const installer = INSTALLERS.find((path) => existsSync(path));
  if (server === undefined || installer === undefined) return undefined;
  const flags = ['--skip-test-db', '--auth-root-authentication-method=normal'];
  return {
    server,
    args: [],
    install: (data) => [installer, ['--no-defaults', `--datadir=${data}`, ...flags]],
  };
}

/** A new, empty MariaDB, by password only; the user is `root`, the database that is always there `mysql`. */
export async function startMariadb(): Promise<DatabaseServer> {
  const programs = findMariadb();
  if (!programs) throw new Error('there is no MariaDB');
  const account = serverAccount('mysql');
  const folder = await makeDataFolder('mariadb-server-', account);
  const data = join(folder, 'data');
  const [installer, flags] = programs.install(data);
  runOnce(installer, flags, account, folder);
  const init = join(folder, 'init.sql');
  const users = ["'root'@'localhost'", "'root'@'127.0.0.1'"];
  const passwords = users.map(
    (user) => `ALTER USER IF EXISTS ${user} IDENTIFIED BY '${PASSWORD}';`,
  );
  await writeFile(init, `${passwords.join('\n')}\nDROP USER IF EXISTS ''@'localhost';\n`);
  const port = await freePort();
  const url = (database = 'mysql'): string =>
    `mysql://root:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  const server = await startServer({
    program: programs.server,
    args: [
      ...[
        '--no-defaults',
        `--datadir=${data}`,
        `--socket=${join(folder, 'mariadb.sock')}`,
        `--tmpdir=${folder}`,
      ],
      ...[`--port=${port}`, '--bind-address=127.0.0.1', `--init-file=${init}`],
      ...['--innodb-buffer-pool-size=32M', '--innodb-flush-log-at-trx-commit=0'],
      ...programs.args,
    ],
    account,
    folder,
    endSignal: 'SIGTERM',
    ready: async () => {
      const connection = await mysql.createConnection({ uri: url(), connectTimeout: 2_000 });
      await connection.end();
    },
  });
  return { host: '127.0.0.1', port, user: 'root', password: PASSWORD, url, ...server };
}
