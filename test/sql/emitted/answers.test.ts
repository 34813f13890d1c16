import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusFile, corpusText } from '../support/corpus-schema.js';
import { emitDatabase, type EmittedDatabase } from '../support/emit-database.js';
import { flatRows, withoutNulls } from '../support/flat-rows.js';
import {
  loadMariadb,
  loadPostgres,
  loadSqlite,
  MARIADB_CLIENT,
  PSQL,
  type LoadedDatabase,
} from '../support/loaded-database.js';
import { findMariadb } from '../support/mariadb-server.js';
import { findPostgres } from '../support/postgres-server.js';
import type { AnswerCase } from './cases/case.js';
import { chinook } from './cases/chinook.js';
import { employees, employeesRows } from './cases/employees.js';
import { northwind, northwindSqlite } from './cases/northwind.js';
import { sakila, sakilaRows } from './cases/sakila.js';
import { inSnakeCase } from './cases/snake-case.js';

type Subject = {
  file: string;
  dialect: 'postgres' | 'mysql' | 'sqlite';
  /** Comes after the script. */
  rows?: string;
  /** That the script makes, or that it runs in. */
  database: string;
  cases: AnswerCase[];
};

const SUBJECTS: Subject[] = [
  { file: 'sqlite/chinook.sql', dialect: 'sqlite', database: '', cases: chinook },
  { file: 'mysql/chinook.sql', dialect: 'mysql', database: 'Chinook', cases: chinook },
  {
    file: 'postgres/chinook.sql',
    dialect: 'postgres',
    database: 'chinook',
    cases: chinook.map(inSnakeCase),
  },
  { file: 'sqlite/northwind.sql', dialect: 'sqlite', database: '', cases: northwindSqlite },
  { file: 'postgres/northwind.sql', dialect: 'postgres', database: 'postgres', cases: northwind },
  { file: 'sqlite/sakila.sql', dialect: 'sqlite', database: '', rows: sakilaRows, cases: sakila },
  {
    file: 'mysql/sakila.sql',
    dialect: 'mysql',
    database: 'sakila',
    rows: `SET foreign_key_checks = 0;\n${sakilaRows}`,
    cases: sakila,
  },
  {
    file: 'mysql/employees.sql',
    dialect: 'mysql',
    database: 'employees',
    rows: employeesRows,
    cases: employees,
  },
];

const MISSING = {
  postgres: findPostgres() && PSQL ? undefined : 'no PostgreSQL is installed',
  mysql: findMariadb() && MARIADB_CLIENT ? undefined : 'no MariaDB is installed',
  sqlite: undefined,
};

for (const { file, dialect, rows = '', database, cases } of SUBJECTS) {
  const missing = corpusFile(file) === undefined ? 'there is no corpus' : MISSING[dialect];
  const note = missing === undefined ? '' : ` (skipped: ${missing})`;

  describe.skipIf(missing !== undefined)(`answers over ${file}${note}`, () => {
    let emitted: EmittedDatabase;
    let loaded: LoadedDatabase;
    let connection: Awaited<ReturnType<EmittedDatabase['connect']>>;

    beforeAll(async () => {
      const text = corpusText(file);
      emitted = await emitDatabase({
        text,
        dialect,
        profile: 'generic',
        limits: { maxRows: 2_000 },
      });
      loaded = await load(dialect, text + rows, database);
      connection = await emitted.connect(loaded.address);
    });
    afterAll(async () => {
      await connection?.close();
      await loaded?.close();
      await emitted?.remove();
    });

    for (const { asks, tool, args, sql } of cases) {
      it(asks, async () => {
        const expected = withoutNulls(await loaded.rows(sql));
        const result = await connection.client.callTool({ name: tool, arguments: args });
        const [content] = result.content as { text: string }[];
        expect(result.isError, content?.text).not.toBe(true);
        const data = JSON.parse(content!.text) as {
          rows?: Record<string, unknown>[];
          row?: Record<string, unknown>;
        };
        expect(flatRows(data.rows ?? [data.row!])).toEqual(expected);
        expect(expected.length).toBeGreaterThan(0);
      });
    }

    it('pages through a table without gaps or repeats', async () => {
      const [first] = cases.filter(({ tool }) => tool === 'list_rows');
      const table = first!.args['table'];
      const call = async (args: object) => {
        const result = await connection.client.callTool({
          name: 'list_rows',
          arguments: { table, ...args },
        });
        return JSON.parse((result.content as { text: string }[])[0]!.text) as {
          rows: unknown[];
          truncated: boolean;
          next_cursor?: string;
        };
      };
      const whole = await call({ limit: 2_000 });
      expect(whole.truncated).toBe(false);
      const walked: unknown[] = [];
      let cursor: string | undefined;
      do {
        const page = await call({ limit: 7, ...(cursor !== undefined && { cursor }) });
        walked.push(...page.rows);
        cursor = page.next_cursor;
      } while (cursor !== undefined);
      expect(walked).toEqual(whole.rows);
      expect(walked.length).toBeGreaterThan(7);
    });
  });
}

function load(
  dialect: Subject['dialect'],
  script: string,
  database: string,
): Promise<LoadedDatabase> {
  if (dialect === 'postgres') return loadPostgres(script, database);
  return dialect === 'mysql' ? loadMariadb(script, database) : loadSqlite(script);
}
