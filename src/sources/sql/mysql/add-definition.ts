import { findColumn, isSameName } from './catalogue.js';
import type { Context } from './context.js';
import { SqlSyntaxError, written } from '../cursor.js';
import type { DraftColumn, DraftForeignKey, DraftKey, DraftTable, KeyPart } from './draft.js';
import type { ParsedColumn } from './parse-column.js';
import type { ParsedKey } from './parse-key.js';

/** What InnoDB and others bear (MySQL 8.4 manual, "Limits on Table Column Count"). */
const MAX_COLUMNS = 4096;

/** Adds a column with what was declared behind it. Throws where the table has one of that name. */
export function addColumn(context: Context, table: DraftTable, parsed: ParsedColumn): void {
  const { column, position } = parsed;
  if (table.columns.length >= MAX_COLUMNS)
    throw new SqlSyntaxError(`a table has no more than ${MAX_COLUMNS} columns`);
  if (findColumn(table, column.name))
    throw new SqlSyntaxError(`there is a column ${column.name} already`);
  placeColumn(table, column, position);
  addColumnParts(context, table, parsed);
}

export function placeColumn(
  table: DraftTable,
  column: DraftColumn,
  position: ParsedColumn['position'],
): void {
  if (position === 'first') table.columns.unshift(column);
  else if (position) {
    const index = table.columns.findIndex(({ name }) => isSameName(name, position.after));
    table.columns.splice(index === -1 ? table.columns.length : index + 1, 0, column);
  } else table.columns.push(column);
}

/** Keys, references and checks of a column definition, and word of what of it was not understood. */
export function addColumnParts(context: Context, table: DraftTable, parsed: ParsedColumn): void {
  for (const key of parsed.keys) addKey(table, key);
  for (const foreignKey of parsed.foreignKeys) addForeignKey(table, foreignKey);
  table.checks.push(...parsed.checks);
  if (parsed.unknown.length === 0) return;
  const words = written(context.cursor.source, parsed.unknown);
  context.lose(
    `"${words}" of column ${table.name}.${parsed.column.name}`,
    'it is no attribute of a column',
    parsed.column.place,
  );
}

/** Adds a key, a foreign key or a check. Throws where a column of it is not there. */
export function addParsedKey(table: DraftTable, parsed: ParsedKey): void {
  if (parsed.what === 'key') addKey(table, parsed.key);
  else if (parsed.what === 'foreign key') addForeignKey(table, parsed.foreignKey);
  else if (parsed.what === 'period') (table.periods ??= []).push(parsed.period);
  else if (!parsed.isOff) table.checks.push(parsed.check);
}

export function addKey(table: DraftTable, key: DraftKey): void {
  key.parts = key.parts.flatMap((part) => (part.isPeriod ? periodParts(table, part) : [part]));
  for (const part of key.parts) {
    if (part.column !== undefined) part.column = columnName(table, part.column);
  }
  const isPrimary = key.kind === 'primary';
  if (isPrimary && table.keys.some(({ kind }) => kind === 'primary')) {
    throw new SqlSyntaxError(`${table.name} has a primary key already`);
  }
  if (key.name !== undefined && table.keys.some(({ name }) => isSameName(name, key.name!))) {
    throw new SqlSyntaxError(`there is a key ${key.name} already`);
  }
  if (!isPrimary && key.name === undefined) key.name = freeKeyName(table, key.parts[0]?.column);
  table.keys.push(key);
}

/** `WITHOUT OVERLAPS`: the server makes it the end and the beginning of the period, in this order. */
function periodParts({ periods = [] }: DraftTable, part: KeyPart): KeyPart[] {
  const period = periods.find(({ name }) => isSameName(name, part.column ?? ''));
  return period?.columns.map((column) => ({ column })).reverse() ?? [part];
}

/** As the server names them: after their first column, numbered from 2. */
function freeKeyName(table: DraftTable, first = 'functional_index'): string {
  const isTaken = (wanted: string): boolean =>
    table.keys.some(({ name }) => isSameName(name, wanted));
  let wanted = first;
  for (let number = 2; isTaken(wanted); number += 1) wanted = `${first}_${number}`;
  return wanted;
}

export function addForeignKey(table: DraftTable, foreignKey: DraftForeignKey): void {
  foreignKey.columns = foreignKey.columns.map((column) => columnName(table, column));
  const { name } = foreignKey;
  if (name !== undefined && table.foreignKeys.some((other) => isSameName(other.name, name))) {
    throw new SqlSyntaxError(`there is a foreign key ${name} already`);
  }
  foreignKey.name ??= `${table.name}_ibfk_${nextForeignKeyNumber(table)}`;
  table.foreignKeys.push(foreignKey);
}

function nextForeignKeyNumber(table: DraftTable): number {
  const numbers = table.foreignKeys.map(({ name }) =>
    Number(/_ibfk_(\d+)$/.exec(name ?? '')?.[1] ?? 0),
  );
  return Math.max(0, ...numbers) + 1;
}

function columnName(table: DraftTable, column: string): string {
  const found = findColumn(table, column);
  if (!found) throw new SqlSyntaxError(`there is no column ${column} in ${table.name}`);
  return found.name;
}
