import type { DraftColumn, DraftRoutine, DraftTable } from './draft.js';
import type { QualifiedName } from '../cursor.js';
import { SqlSyntaxError } from '../cursor.js';

/** Many times what the largest schemas have. */
const MAX_TABLES = 20_000;

export function emptyCatalogue(): Catalogue {
  return { tables: new Set(), byName: new Map(), routines: [], database: '' };
}

/** The databases as the statements so far made them. */
export type Catalogue = {
  tables: Set<DraftTable>;
  /** The same tables by lower-case name. */
  byName: Map<string, DraftTable[]>;
  routines: DraftRoutine[];
  /** Empty until a USE. */
  database: string;
};

/**
 * The table of a name: exactly spelled first, then in any case, and in any database where the one that is said has none:
 * scripts name databases that they do not create.
 */
export function findTable(catalogue: Catalogue, wanted: QualifiedName): DraftTable | undefined {
  const database = wanted.database ?? catalogue.database;
  const alike = catalogue.byName.get(wanted.name.toLowerCase()) ?? [];
  const here = alike.filter((table) => table.database === database);
  return pick(here, wanted.name) ?? (alike.length === 1 ? alike[0] : undefined);
}

function pick(tables: DraftTable[], exact: string): DraftTable | undefined {
  return tables.find((table) => table.name === exact) ?? tables[0];
}

/** The table or view of exactly that name in the database that a statement means: what a new one would clash with. */
export function exactTable(catalogue: Catalogue, wanted: QualifiedName): DraftTable | undefined {
  const database = wanted.database ?? catalogue.database;
  return catalogue.byName
    .get(wanted.name.toLowerCase())
    ?.find((table) => table.name === wanted.name && table.database === database);
}

/** Adds a table whose name is free. Throws where there are too many. */
export function addTable(catalogue: Catalogue, table: DraftTable): void {
  if (catalogue.tables.size >= MAX_TABLES)
    throw new SqlSyntaxError(`more than ${MAX_TABLES} tables are not read`);
  catalogue.tables.add(table);
  const key = table.name.toLowerCase();
  const others = catalogue.byName.get(key);
  if (others) others.push(table);
  else catalogue.byName.set(key, [table]);
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
  catalogue.tables.delete(table);
  const key = table.name.toLowerCase();
  const others = (catalogue.byName.get(key) ?? []).filter((other) => other !== table);
  catalogue.byName.set(key, others);
}
