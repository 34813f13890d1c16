import type { ColumnModel, DatabaseReading, TableModel } from '../../../src/sources/sql/model.js';

/** The table of that name; throws with the names that are there. */
export function tableOf({ model }: DatabaseReading, name: string): TableModel {
  const found = model.tables.find((table) => table.name === name);
  if (!found) throw new Error(`no ${name} in ${model.tables.map((one) => one.name).join()}`);
  return found;
}

export function columnOf(reading: DatabaseReading, table: string, name: string): ColumnModel {
  const { columns } = tableOf(reading, table);
  const found = columns.find((column) => column.name === name);
  if (!found) throw new Error(`no ${name} in ${columns.map((one) => one.name).join()}`);
  return found;
}

/** `name kind sql?` of every column, `?` where it may be NULL. */
export function columnLines(reading: DatabaseReading, table: string): string[] {
  return tableOf(reading, table).columns.map(
    ({ name, type, nullable }) => `${name} ${type.kind} ${type.sql}${nullable ? '?' : ''}`,
  );
}

/** `line:column what: reason` of everything that was left out. */
export function lossLines({ skipped }: DatabaseReading): string[] {
  return skipped.map(
    ({ what, reason, origin }) =>
      `${origin.position?.line}:${origin.position?.column} ${what}: ${reason}`,
  );
}
