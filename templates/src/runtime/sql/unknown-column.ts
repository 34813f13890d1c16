import { closest } from '../arguments/closest.js';
import type { SqlDatabase, SqlTable } from './database.js';
import { SqlFailure } from './driver.js';
import { listed } from './names.js';

/** SQLSTATE of PostgreSQL and number of MySQL; SQLite has one number for all mistakes. */
const CODES: ReadonlySet<string | undefined> = new Set(['42703', '1054']);
const UNKNOWN =
  /column (?:"([^"]+)"|(?:[^\s"]+\.)?([^\s".]+)) does not exist|no such column: (?:\S+\.)?([^\s".]+)|Unknown column '(?:[^']+\.)?([^'.]+)'/;
const MAX_TABLES = 3;

/** The failure of a statement that names a column which is not there, with the columns that callers see of its tables. */
export function withColumns(
  error: unknown,
  sql: string,
  { tables }: Pick<SqlDatabase, 'tables'>,
): unknown {
  if (!(error instanceof SqlFailure) || error.kind !== 'statement') return error;
  const { kind, message, code, detail, applied } = error;
  const found = UNKNOWN.exec(message);
  if (!found && !CODES.has(code)) return error;
  const named = Object.entries(tables).filter(([, { name }]) => mentions(sql, name));
  if (named.length === 0) return error;
  const columns = named.map(([, table]) => columnsOf(table));
  const name = found?.slice(1).find((part) => part !== undefined);
  const meant = name === undefined ? undefined : closest(name, columns.flat());
  const hints = [
    ...(meant === undefined ? [] : [`Did you mean ${meant}?`]),
    ...named
      .slice(0, MAX_TABLES)
      .map(([table], index) => listed(`Columns of ${table}`, columns[index]!)),
  ];
  return new SqlFailure(kind, `${message} ${hints.join(' ')}`, {
    applied,
    ...(code !== undefined && { code }),
    ...(detail !== undefined && { detail }),
  });
}

/** As the database names them: those are what statements are made of. Masked ones cannot be asked for. */
function columnsOf({ columns }: SqlTable): string[] {
  return Object.entries(columns).flatMap(([shown, { name = shown, masked }]) =>
    masked ? [] : [name],
  );
}

/** Whether the name stands in the statement, and not within another one. */
function mentions(sql: string, table: string): boolean {
  const [text, name] = [sql.toLowerCase(), table.toLowerCase()];
  const isPart = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}_$]/u.test(character);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) return true;
  }
  return false;
}
