import type { SqlTable } from '../../../blueprint/database.js';

/** A name in standard SQL; NUL cannot be in one. */
export function quoted(name: string): string {
  return `"${name.replaceAll('\0', '').replaceAll('"', '""')}"`;
}

/** A text in standard SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`;
}

export function tableName({ schema, name }: SqlTable, isPostgres: boolean): string {
  return isPostgres && schema !== undefined ? `${quoted(schema)}.${quoted(name)}` : quoted(name);
}
