import type { DraftColumn, DraftRoutine, DraftTable } from './draft.js';
import type { QualifiedName } from '../cursor.js';
import { SqlSyntaxError } from '../cursor.js';

/** The databases as the statements so far made them. */
export type Catalogue = {
  tables: DraftTable[];
  routines: DraftRoutine[];
  /** Empty until a USE. */
  database: string;
};

/**
 * The table of a name: exactly spelled first, then in any case, and in any database where the one that is said has none:
 * scripts name databases that they do not create.
 */
export function findTable(catalogue: Catalogue, wanted: QualifiedName): DraftTable | undefined {
  const lower = wanted.name.toLowerCase();
  const database = wanted.database ?? catalogue.database;
  const alike = catalogue.tables.filter((table) => table.name.toLowerCase() === lower);
  const here = alike.filter((table) => table.database === database);
  return pick(here, wanted.name) ?? (alike.length === 1 ? alike[0] : undefined);
}

function pick(tables: DraftTable[], exact: string): DraftTable | undefined {
  return tables.find((table) => table.name === exact) ?? tables[0];
}

/** The table of a name; throws where there is none. */
export function needTable(catalogue: Catalogue, wanted: QualifiedName): DraftTable {
  const table = findTable(catalogue, wanted);
  if (!table) throw new SqlSyntaxError(`there is no table ${wanted.name}`);
  return table;
}

export function findColumn(table: DraftTable, column: string): DraftColumn | undefined {
  const lower = column.toLowerCase();
  return table.columns.find((candidate) => candidate.name.toLowerCase() === lower);
}

export function needColumn(table: DraftTable, column: string): DraftColumn {
  const found = findColumn(table, column);
  if (!found) throw new SqlSyntaxError(`there is no column ${column} in ${table.name}`);
  return found;
}

export function isSameName(one: string | undefined, other: string): boolean {
  return one !== undefined && one.toLowerCase() === other.toLowerCase();
}

export function removeTable(catalogue: Catalogue, table: DraftTable): void {
  catalogue.tables = catalogue.tables.filter((candidate) => candidate !== table);
}
