import { UserInputError } from '../calls/user-input-error.js';
import type { SqlColumn } from './database.js';
import type { Dialect } from './dialect.js';
import type { SqlValue } from './driver.js';
import { fractionOf } from './integer-range.js';
import { findFitting, type NamedColumn, type NamedTable } from './names.js';
import { needObject, type Arguments } from './read-arguments.js';
import { checkValue } from './values.js';

export type WrittenValue = NamedColumn & { value: SqlValue };

/** The values to write, none of a column that may not be written. Throws UserInputError. */
export function readWritten(args: Arguments, owner: NamedTable, dialect: Dialect): WrittenValue[] {
  return Object.entries(needObject(args, 'values')).map(([name, given]) => {
    const { column } = findFitting(owner, name, isWritable, 'written');
    return { name, column, value: writtenValue(given, name, column, dialect) };
  });
}

/** Whether callers give the column a value. */
export function isWritable({ readOnly, masked }: Pick<SqlColumn, 'readOnly' | 'masked'>): boolean {
  return readOnly !== true && masked !== true;
}

function writtenValue(given: unknown, name: string, column: SqlColumn, dialect: Dialect): SqlValue {
  if (given === null) {
    if (column.nullable) return null;
    throw new UserInputError(`${name} cannot be null.`);
  }
  const value = checkValue(given, { ...column, name }, dialect.name);
  const fraction = column.kind === 'decimal' ? fractionOf(column.type) : undefined;
  const digits = String(value).split('.')[1]?.replace(/0+$/, '').length ?? 0;
  if (fraction !== undefined && digits > fraction) {
    throw new UserInputError(
      `${name} keeps ${fraction} ${fraction === 1 ? 'digit' : 'digits'} after the point: ${String(value)} would be rounded.`,
    );
  }
  return value;
}

/** Columns that a new row needs and was not given, as a sentence; empty when there are none. */
export function missingNote(owner: NamedTable, values: readonly WrittenValue[]): string {
  const missing = Object.entries(owner.table.columns).flatMap(([name, column]) => {
    const isGiven = values.some((one) => one.name === name);
    const isNeeded = !column.nullable && !column.hasDefault && isWritable(column);
    return isNeeded && !isGiven ? [name] : [];
  });
  return missing.length === 0
    ? ''
    : `Not given, though they have no default: ${missing.join(', ')}.`;
}
