import type { SqlColumn, SqlDatabase } from '../../../blueprint/database.js';
import { literal, quoted, tableName } from './quoting.js';
import type { SampleTable } from './sample-rows.js';

/** One statement for the rows of each table, their values as literals. */
export function sampleInserts(
  { tables, dialect }: SqlDatabase,
  rows: readonly SampleTable[],
): string[] {
  const isPostgres = dialect === 'postgres';
  return rows.flatMap(({ table: name, values }) => {
    const table = tables[name]!;
    const columns = Object.keys(values[0] ?? {});
    if (columns.length === 0) return [];
    const names = columns.map((column) => quoted(table.columns[column]?.name ?? column)).join(', ');
    const lines = values.map((row) => {
      const cells = columns.map((column) => cell(row[column], table.columns[column]!, isPostgres));
      return `  (${cells.join(', ')})`;
    });
    const into = tableName(table, isPostgres);
    return [`INSERT INTO ${into} (${names}) VALUES\n${lines.join(',\n')}`];
  });
}

function cell(value: unknown, { kind }: SqlColumn, isPostgres: boolean): string {
  if (value === null || value === undefined) return 'NULL';
  if (kind === 'binary') {
    const hex = Buffer.from(String(value), 'base64').toString('hex');
    return isPostgres ? `'\\x${hex}'` : `x'${hex}'`;
  }
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return isPostgres ? String(value) : String(Number(value));
  if (Array.isArray(value)) return isPostgres ? "'{}'" : literal(JSON.stringify(value));
  if (typeof value === 'object') return literal(JSON.stringify(value));
  const text = String(value);
  const isNumber = kind === 'integer' || kind === 'bigint';
  return isNumber && /^-?\d+$/.test(text) ? text : literal(text);
}
