import { describeTable } from './describe-table.js';
import type { SqlDatabase, SqlTable } from './database.js';

/** What MCP gives at most as completions of one argument. */
const MAX_COMPLETIONS = 100;
const MAX_DESCRIPTION = 160;

/** The tables, a line for each: name, number of columns, keys, what it is. */
export function schemaOverview({ tables }: Pick<SqlDatabase, 'tables'>): string {
  return Object.entries(tables)
    .map(([name, table]) => `${name} (${factsOf(table).join(', ')})${purposeOf(table)}`)
    .join('\n');
}

function factsOf({ isView, columns, key, writes }: SqlTable): string[] {
  const count = Object.keys(columns).length;
  return [
    ...(isView ? ['view'] : []),
    count === 1 ? '1 column' : `${count} columns`,
    key === undefined ? 'no key' : `key ${key.join(', ')}`,
    ...(writes !== undefined && writes.length > 0 && !isView ? [writes.join(', ')] : []),
  ];
}

function purposeOf({ description }: SqlTable): string {
  if (description === undefined) return '';
  const line = description.replace(/\s+/g, ' ').trim();
  return `: ${line.length > MAX_DESCRIPTION ? `${line.slice(0, MAX_DESCRIPTION)}…` : line}`;
}

/** Columns, keys and relations of a table as JSON data; undefined for a table that there is not. */
export function tableSchema(
  database: Pick<SqlDatabase, 'tables'>,
  name: string,
): Record<string, unknown> | undefined {
  const table = tableNamed(database, name);
  return table && describeTable(database, name, table);
}

/** All values of an enum or set column; undefined for a column that has none, and for masked ones. */
export function enumValues(
  database: Pick<SqlDatabase, 'tables'>,
  table: string,
  column: string,
): string[] | undefined {
  const columns = tableNamed(database, table)?.columns ?? {};
  const found = Object.hasOwn(columns, column) ? columns[column] : undefined;
  return found?.masked ? undefined : found?.values;
}

/** What of the tables has values to be listed: only their enum columns, and only tables that have some. */
export function withValues({ tables }: Pick<SqlDatabase, 'tables'>): Pick<SqlDatabase, 'tables'> {
  const found = Object.entries(tables).flatMap(([name, table]): [string, SqlTable][] => {
    const columns = Object.entries(table.columns).filter(
      ([, { values, masked }]) => values !== undefined && !masked,
    );
    return columns.length === 0 ? [] : [[name, { ...table, columns: Object.fromEntries(columns) }]];
  });
  return { tables: Object.fromEntries(found) };
}

/** Names of tables for what was typed so far: those that begin with it, then those that have it inside. */
export function completeTable({ tables }: Pick<SqlDatabase, 'tables'>, typed: string): string[] {
  return complete(Object.keys(tables), typed);
}

/** The same for the columns of a table. */
export function completeColumn(
  database: Pick<SqlDatabase, 'tables'>,
  table: string,
  typed: string,
): string[] {
  return complete(Object.keys(tableNamed(database, table)?.columns ?? {}), typed);
}

function tableNamed({ tables }: Pick<SqlDatabase, 'tables'>, name: string): SqlTable | undefined {
  return Object.hasOwn(tables, name) ? tables[name] : undefined;
}

function complete(names: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  const begins = names.filter((name) => name.toLowerCase().startsWith(wanted));
  const holds = names.filter((name) => name.toLowerCase().indexOf(wanted) > 0);
  return [...new Set([...begins, ...holds])].slice(0, MAX_COMPLETIONS);
}
