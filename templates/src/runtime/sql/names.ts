import { closest } from '../arguments/closest.js';
import { UserInputError } from '../calls/user-input-error.js';
import type { SqlColumn, SqlDatabase, SqlRelation, SqlTable, SqlWrite } from './database.js';

/** A table as callers name it. */
export type NamedTable = { name: string; table: SqlTable };
export type NamedColumn = { name: string; column: SqlColumn };

const MAX_NAMES = 40;
const MAX_NAME_CHARS = 100;

/** The table of that name. Throws UserInputError; of a table that may not be changed that way, the same as of an unknown one. */
export function findTable(
  database: Pick<SqlDatabase, 'tables'>,
  name: string,
  write?: SqlWrite,
): NamedTable {
  const isMeant = ({ writes, isView }: SqlTable): boolean =>
    write === undefined || (isView !== true && writes?.includes(write) === true);
  const found = Object.hasOwn(database.tables, name) ? database.tables[name] : undefined;
  if (found !== undefined && isMeant(found)) return { name, table: found };
  const known = Object.entries(database.tables).flatMap(([other, table]) =>
    isMeant(table) ? [other] : [],
  );
  throw unknown(`There is no table ${shown(name)}${write ? ` for ${VERBS[write]}` : ''}`, name, {
    of: 'Tables',
    known,
  });
}

const VERBS: Record<SqlWrite, string> = {
  create: 'new rows',
  update: 'changes',
  delete: 'deletions',
};

/** The column of that name. Throws UserInputError that names those there are. */
export function findColumn({ name: tableName, table }: NamedTable, name: string): NamedColumn {
  const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
  if (column !== undefined) return { name, column };
  throw unknown(`${tableName} has no column ${shown(name)}`, name, {
    of: 'Columns',
    known: Object.keys(table.columns),
  });
}

/** The column, if it fits; otherwise the error names those that do. `purpose` goes on "cannot be". */
export function findFitting(
  owner: NamedTable,
  name: string,
  fits: (column: SqlColumn) => boolean,
  purpose: string,
): NamedColumn {
  const found = findColumn(owner, name);
  if (fits(found.column)) return found;
  const known = Object.entries(owner.table.columns).flatMap(([other, column]) =>
    fits(column) ? [other] : [],
  );
  throw new UserInputError(
    `${owner.name}.${name} cannot be ${purpose}. ${listed('Columns that can be', known)}`,
  );
}

/** A relation and the table that it leads to. Throws UserInputError. */
export function findRelation(
  database: Pick<SqlDatabase, 'tables'>,
  { name: tableName, table }: NamedTable,
  name: string,
): { relation: SqlRelation; target: NamedTable } {
  const relations = relationsOf(database, table);
  const relation = relations.get(name);
  if (relation !== undefined) return { relation, target: findTable(database, relation.table) };
  throw unknown(`${tableName} has no relation ${shown(name)}`, name, {
    of: 'Relations',
    known: [...relations.keys()],
  });
}

/** Relations that can be followed: the other table is exposed, and no column of them is hidden or masked. */
export function relationsOf(
  { tables }: Pick<SqlDatabase, 'tables'>,
  table: SqlTable,
): Map<string, SqlRelation> {
  const usable = (owner: SqlTable | undefined, name: string): boolean =>
    owner !== undefined &&
    Object.hasOwn(owner.columns, name) &&
    owner.columns[name]?.masked !== true;
  return new Map(
    Object.entries(table.relations ?? {}).filter(([, { table: other, columns }]) => {
      const target = Object.hasOwn(tables, other) ? tables[other] : undefined;
      return columns.every(([own, theirs]) => usable(table, own) && usable(target, theirs));
    }),
  );
}

/** The keys by which callers can name a row, the primary one first; none of a masked column. */
export function keysOf({
  key,
  uniques = [],
  columns,
}: Pick<SqlTable, 'key' | 'uniques' | 'columns'>): string[][] {
  const candidates = key === undefined ? uniques : [key, ...uniques];
  return candidates.filter((names) =>
    names.every((name) => Object.hasOwn(columns, name) && columns[name]?.masked !== true),
  );
}

/** The columns that put rows into an order without ties; undefined where there are none. */
export function rowKey({ key, columns }: SqlTable): string[] | undefined {
  return key === undefined ? undefined : keysOf({ key, columns })[0];
}

/** A name as it was given, in quotes and short. */
export function shown(name: string): string {
  const short = name.length > MAX_NAME_CHARS ? `${name.slice(0, MAX_NAME_CHARS)}…` : name;
  return JSON.stringify(short);
}

/** `Columns: a, b, c`, bounded. */
export function listed(what: string, names: readonly string[]): string {
  if (names.length === 0) return `${what}: none.`;
  const rest = names.length - MAX_NAMES;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return `${what}: ${names.slice(0, MAX_NAMES).join(', ')}${more}.`;
}

/** An error that says which names there are, and which of them was probably meant. */
export function unknown(
  message: string,
  name: string,
  { of, known }: { of: string; known: readonly string[] },
): UserInputError {
  const similar = closest(name, known);
  const hint = similar === undefined ? '' : `; did you mean ${similar}?`;
  return new UserInputError(`${message}${hint}${hint === '' ? '.' : ''} ${listed(of, known)}`);
}
