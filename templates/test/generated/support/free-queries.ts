import { databases } from '../../../src/generated/databases.js';
import type { SqlTool } from '../../../src/runtime/sql/sql-tool.js';

/** SELECTs that are let pass, with their parameters. */
export function goodStatements(
  table: string,
  isPostgres: boolean,
): [sql: string, parameters: unknown[]][] {
  return [
    [`SELECT * FROM ${table}`, []],
    [`WITH all_rows AS (SELECT * FROM ${table}) SELECT COUNT(*) AS n FROM all_rows`, []],
    [`SELECT COUNT(*) AS n FROM ${table} HAVING COUNT(*) >= 0 ORDER BY 1 LIMIT 5`, []],
    [`SELECT ${isPostgres ? '$1::text' : '?'} AS given`, ["it's"]],
    ["SELECT 'DELETE; DROP' AS words -- a comment", []],
  ];
}

/** What would change something, leave the database, or see what is not shown. */
export function badStatements(table: string, isPostgres: boolean): string[] {
  return [
    `DELETE FROM ${table}`,
    `DROP TABLE ${table}`,
    `INSERT INTO ${table} DEFAULT VALUES`,
    `SELECT * FROM ${table}; DELETE FROM ${table}`,
    `/* SELECT */ DELETE FROM ${table}`,
    'COMMIT',
    'SELECT * FROM no_such_table',
    'SELEC 1',
    ...(isPostgres
      ? [
          `WITH gone AS (DELETE FROM ${table} RETURNING *) SELECT * FROM gone`,
          `SELECT * FROM ${table} FOR UPDATE`,
          `SELECT * INTO copied FROM ${table}`,
          `COPY ${table} TO STDOUT`,
          'SELECT * FROM pg_catalog.pg_authid',
          "SELECT pg_read_file('/etc/passwd')",
          "SELECT set_config('role', 'postgres', false)",
          'SELECT pg_sleep(30)',
        ]
      : [
          "ATTACH 'other.sqlite' AS other",
          "VACUUM INTO 'copy.sqlite'",
          'PRAGMA writable_schema = 1',
          'SELECT * FROM sqlite_master',
          "SELECT load_extension('x')",
          "SELECT writefile('x', 'y')",
        ]),
  ];
}

/** Asks for a masked column of the table that the example is about. */
export function maskedStatement({ sql }: SqlTool, example: string): string | undefined {
  const first = Object.values(databases[sql.source]!.tables)[0];
  const masked = Object.entries(first?.columns ?? {}).find(([, column]) => column.masked);
  if (masked === undefined) return undefined;
  const name = masked[1].name ?? masked[0];
  const table = example.slice(example.indexOf(' FROM ') + ' FROM '.length);
  const quote = table.startsWith('`') ? '`' : '"';
  const column = quote + name.replaceAll(quote, quote + quote) + quote;
  return `SELECT t.${column} AS shown FROM ${table} AS t`;
}
