import { addTable, exactTable, findColumn, isSameName, removeTable } from './catalogue.js';
import type { Catalogue } from './catalogue.js';
import type { QualifiedName } from '../cursor.js';
import { SqlSyntaxError } from '../cursor.js';
import type { DraftForeignKey, DraftTable } from './draft.js';

/** Removes a column from its table and from the keys over it; a key without columns goes with it. */
export function dropColumn(
  catalogue: Catalogue,
  table: DraftTable,
  column: string,
  mayMiss: boolean,
): void {
  if (!findColumn(table, column)) return missing(mayMiss, `column ${column} in ${table.name}`);
  table.columns = table.columns.filter(({ name }) => !isSameName(name, column));
  for (const key of table.keys)
    key.parts = key.parts.filter((part) => !isSameName(part.column, column));
  table.keys = table.keys.filter((key) => key.parts.length > 0);
  table.foreignKeys = table.foreignKeys.filter(
    ({ columns }) => !columns.some((name) => isSameName(name, column)),
  );
  for (const { owner, foreignKey } of referencesTo(catalogue, table)) {
    if (!foreignKey.references.some((name) => isSameName(name, column))) continue;
    owner.foreignKeys = owner.foreignKeys.filter((other) => other !== foreignKey);
  }
}

/** Gives a column another name, in all keys and in foreign keys that lead to it as well. */
export function renameColumn(
  catalogue: Catalogue,
  table: DraftTable,
  from: string,
  to: string,
): void {
  const renamed = (name: string): string => (isSameName(name, from) ? to : name);
  for (const { foreignKey } of referencesTo(catalogue, table)) {
    foreignKey.references = foreignKey.references.map(renamed);
  }
  for (const column of table.columns) {
    column.name = renamed(column.name);
    if (column.madeOf) column.madeOf = column.madeOf.map(renamed);
  }
  for (const { parts } of table.keys) {
    for (const part of parts) if (part.column !== undefined) part.column = renamed(part.column);
  }
  for (const foreignKey of table.foreignKeys) foreignKey.columns = foreignKey.columns.map(renamed);
}

/** Gives a table another name, also in the foreign keys that lead to it. Throws where that name is taken. */
export function renameTable(catalogue: Catalogue, table: DraftTable, to: QualifiedName): void {
  const database = to.database ?? table.database;
  const taken = exactTable(catalogue, { database, name: to.name });
  if (taken && taken !== table) throw new SqlSyntaxError(`there is a table ${to.name} already`);
  for (const { foreignKey } of referencesTo(catalogue, table)) {
    foreignKey.table = to.name;
    if (to.database !== undefined) foreignKey.database = to.database;
  }
  for (const key of table.foreignKeys) {
    if (!key.isNamed) key.name = key.name?.replace(table.name, () => to.name);
  }
  removeTable(catalogue, table);
  table.name = to.name;
  table.database = database;
  addTable(catalogue, table);
}

function referencesTo(
  catalogue: Catalogue,
  table: DraftTable,
): { owner: DraftTable; foreignKey: DraftForeignKey }[] {
  return [...catalogue.tables].flatMap((owner) =>
    owner.foreignKeys
      .filter(
        (foreignKey) =>
          isSameName(foreignKey.table, table.name) &&
          (foreignKey.database ?? owner.database) === table.database,
      )
      .map((foreignKey) => ({ owner, foreignKey })),
  );
}

/** Removes a key; the primary key where no name is given. */
export function dropKey(table: DraftTable, name: string | undefined, mayMiss: boolean): void {
  const isPrimary = name === undefined || name.toUpperCase() === 'PRIMARY';
  const kept = table.keys.filter((key) =>
    isPrimary ? key.kind !== 'primary' : !isSameName(key.name, name),
  );
  if (kept.length < table.keys.length) table.keys = kept;
  // The server makes an index for a foreign key, with its name: it is not among the keys here.
  else if (!table.foreignKeys.some((key) => isSameName(key.name, name ?? '')))
    missing(mayMiss, isPrimary ? `primary key in ${table.name}` : `key ${name} in ${table.name}`);
}

export function dropForeignKey(table: DraftTable, name: string, mayMiss: boolean): void {
  const kept = table.foreignKeys.filter((key) => !isSameName(key.name, name));
  if (kept.length === table.foreignKeys.length)
    return missing(mayMiss, `foreign key ${name} in ${table.name}`);
  table.foreignKeys = kept;
}

/** Removes whatever constraint has that name; unnamed checks have the names that servers give them. */
export function dropConstraint(table: DraftTable, name: string, mayMiss: boolean): void {
  const unnamed = table.checks.filter((check) => check.name === undefined);
  const number = /^(?:CONSTRAINT_|.+_chk_)(\d+)$/i.exec(name)?.[1];
  const check =
    table.checks.find((candidate) => isSameName(candidate.name, name)) ??
    (number === undefined ? undefined : unnamed[Number(number) - 1]);
  if (check) {
    table.checks = table.checks.filter((candidate) => candidate !== check);
    return;
  }
  if (table.foreignKeys.some((key) => isSameName(key.name, name)))
    return dropForeignKey(table, name, mayMiss);
  dropKey(table, name, mayMiss);
}

function missing(mayMiss: boolean, what: string): void {
  if (!mayMiss) throw new SqlSyntaxError(`there is no ${what}`);
}
