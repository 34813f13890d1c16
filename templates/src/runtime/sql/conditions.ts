import { closest } from '../arguments/closest.js';
import { UserInputError } from '../calls/user-input-error.js';
import type { SqlColumn } from './database.js';
import type { Dialect } from './dialect.js';
import { escapeLike } from './dialects/quoting.js';
import type { SqlValue } from './driver.js';
import { findColumn, listed, shown, type NamedTable } from './names.js';
import { operandOf, operatorsOf, SQL_OPERATORS, type SqlOperator } from './operators.js';
import { needText, readList, type Arguments } from './read-arguments.js';
import type { Parameters, Reference } from './statement.js';
import { checkValue, elementOf } from './values.js';

/** A condition of `where` whose column, operator and values fit each other. */
export type Condition = {
  name: string;
  column: SqlColumn;
  operator: SqlOperator;
  /** One, none, or any number of them for `in`, where null stands for rows without a value. */
  values: SqlValue[];
};

const MAX_CONDITIONS = 50;
const MAX_VALUES = 1_000;

/** The conditions in `where`. Throws UserInputError that names what there is instead. */
export function readConditions(args: Arguments, owner: NamedTable, dialect: Dialect): Condition[] {
  return readList(args, 'where', MAX_CONDITIONS).map((given) => condition(given, owner, dialect));
}

function condition(given: Arguments, owner: NamedTable, dialect: Dialect): Condition {
  const { name, column } = findColumn(owner, needText(given, 'column'));
  const operator = readOperator(given, name, column);
  const { value } = given;
  const operand = operandOf(operator);
  if (operand === 'none') return { name, column, operator, values: [] };
  if (operand === 'list') {
    if (!Array.isArray(value) || value.length === 0) {
      throw new UserInputError(`${name} ${operator} needs a list of values.`);
    }
    if (value.length > MAX_VALUES) {
      throw new UserInputError(`${name} ${operator} takes at most ${MAX_VALUES} values.`);
    }
    const values = value.map((item: unknown) =>
      item === null ? null : operandValue(item, name, column, operator, dialect),
    );
    return { name, column, operator, values };
  }
  // There is nothing else that it could mean.
  if (value === null && operator === '=') return { name, column, operator: 'is null', values: [] };
  if (value === null && operator === '!=') {
    return { name, column, operator: 'is not null', values: [] };
  }
  if (value === undefined || value === null) {
    throw new UserInputError(
      `${name} ${operator} needs a value; to find rows without one, use "is null".`,
    );
  }
  const checked = operandValue(value, name, column, operator, dialect);
  return { name, column, operator, values: [checked] };
}

function readOperator(given: Arguments, name: string, column: SqlColumn): SqlOperator {
  const wanted = needText(given, 'operator').trim().toLowerCase();
  const allowed = operatorsOf(column);
  const operator = allowed.find((known) => known === wanted);
  if (operator !== undefined) return operator;
  if (allowed.length === 0) {
    throw new UserInputError(`${name} is masked and cannot be used in where.`);
  }
  const exists = SQL_OPERATORS.some((known) => known === wanted);
  const similar = exists ? undefined : closest(wanted, allowed);
  const hint = similar === undefined ? '' : `; did you mean ${shown(similar)}?`;
  throw new UserInputError(
    `${name} (${column.kind}) has no operator ${shown(wanted)}${hint || '.'} ${listed('Operators', allowed)}`,
  );
}

const PARTS: ReadonlySet<SqlOperator> = new Set(['like', 'contains', 'starts with', 'ends with']);
const ORDERS: ReadonlySet<SqlOperator> = new Set(['<', '<=', '>', '>=']);

function operandValue(
  value: unknown,
  name: string,
  column: SqlColumn,
  operator: SqlOperator,
  dialect: Dialect,
): SqlValue {
  const target = { ...column, name };
  if (operator === 'contains' && column.kind === 'array') {
    return checkValue(value, elementOf(target), dialect.name);
  }
  if (operator === 'contains' && column.kind === 'set') {
    return checkValue(value, { ...target, kind: 'enum' }, dialect.name);
  }
  const asText = PARTS.has(operator) || (column.kind === 'text' && ORDERS.has(operator));
  return checkValue(value, asText ? { name, kind: 'text', type: 'text' } : target, dialect.name);
}

/** The condition as a part of WHERE. */
export function conditionText(
  { name, column, operator, values }: Condition,
  dialect: Dialect,
  parameters: Parameters,
  reference: Reference,
): string {
  const expression = reference(name, column);
  const [value = null] = values;
  if (operator === 'is null') return `${expression} IS NULL`;
  if (operator === 'is not null') return `${expression} IS NOT NULL`;
  const compared = dialect.comparable(column, expression);
  if (operator === 'in' || operator === 'not in') {
    const present = values.filter((item) => item !== null);
    const list = present.map((item) => parameters.add(column, item)).join(', ');
    // In SQL itself no row is like a null in a list, and with one there `NOT IN` finds none at all.
    const hasNull = present.length < values.length;
    if (operator === 'not in') {
      return list === '' ? `${expression} IS NOT NULL` : `${compared} NOT IN (${list})`;
    }
    if (list === '') return `${expression} IS NULL`;
    return hasNull
      ? `(${compared} IN (${list}) OR ${expression} IS NULL)`
      : `${compared} IN (${list})`;
  }
  if (operator === 'like') return `${expression} LIKE ${parameters.add(TEXT, value)}`;
  if (operator === 'contains' && column.kind === 'array') {
    const element = { kind: column.element ?? 'text', type: '' } as const;
    return dialect.has(column, expression, parameters.add(element, value));
  }
  if (operator === 'contains' && column.kind === 'set') {
    return dialect.has(column, expression, parameters.add(TEXT, value));
  }
  if (operator === 'contains' || operator === 'starts with' || operator === 'ends with') {
    const text = escapeLike(String(value));
    const pattern = `${operator === 'starts with' ? '' : '%'}${text}${operator === 'ends with' ? '' : '%'}`;
    return dialect.matches(column, expression, parameters.add(TEXT, pattern));
  }
  return `${compared} ${operator === '!=' ? '<>' : operator} ${parameters.add(column, value)}`;
}

const TEXT = { kind: 'text', type: 'text' } as const;
