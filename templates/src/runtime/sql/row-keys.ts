import { UserInputError } from '../calls/user-input-error.js';
import type { Dialect } from './dialect.js';
import type { SqlValue } from './driver.js';
import { findColumn, keysOf, shown, type NamedColumn, type NamedTable } from './names.js';
import { needObject, type Arguments } from './read-arguments.js';
import type { Parameters, Reference } from './statement.js';
import { checkValue } from './values.js';

/** Values that at most one row has. */
export type RowKey = (NamedColumn & { value: SqlValue })[];

/** The row that `key` names, by all columns of one key and nothing else. Throws UserInputError that names the keys. */
export function readKey(args: Arguments, owner: NamedTable, dialect: Dialect): RowKey {
  const given = needObject(args, 'key');
  const keys = keysOf(owner.table);
  const names = Object.keys(given);
  const isKey = (key: string[]): boolean =>
    key.length === names.length && key.every((name) => Object.hasOwn(given, name));
  const key = keys.find(isKey);
  if (key === undefined) {
    for (const name of names) findColumn(owner, name);
    throw new UserInputError(`key must be ${describeKeys(owner)}, not ${listOf(names)}.`);
  }
  return key.map((name) => {
    const { column } = findColumn(owner, name);
    return { name, column, value: checkValue(given[name], { ...column, name }, dialect.name) };
  });
}

/** As after "key must be". */
function describeKeys(owner: NamedTable): string {
  const keys = keysOf(owner.table);
  if (keys.length === 0) {
    throw new UserInputError(`${owner.name} has no key, so that single rows cannot be named.`);
  }
  return keys.map(listOf).join(' or ');
}

function listOf(names: readonly string[]): string {
  return `{ ${names.map((name) => shown(name)).join(', ')} }`;
}

/** As a part of WHERE. */
export function keyText(
  key: RowKey,
  dialect: Dialect,
  parameters: Parameters,
  reference: Reference,
): string {
  return key
    .map(({ name, column, value }) => {
      const expression = dialect.comparable(column, reference(name, column));
      return `${expression} = ${parameters.add(column, value)}`;
    })
    .join(' AND ');
}

/** `{"id":7}` for messages. */
export function keyName(key: RowKey): string {
  const entries = key.map(({ name, value }) => [
    name,
    value instanceof Uint8Array ? '(bytes)' : value,
  ]);
  const text = JSON.stringify(Object.fromEntries(entries));
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

export function noSuchRow(owner: NamedTable, key: RowKey): UserInputError {
  return new UserInputError(`${owner.name} has no row with the key ${keyName(key)}.`);
}
