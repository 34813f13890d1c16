import { UserInputError } from '../calls/user-input-error.js';
import type { SqlColumn } from './database.js';
import type { Dialect } from './dialect.js';
import type { SqlValue } from './driver.js';
import { findFitting, rowKey, type NamedTable } from './names.js';
import { isSortable } from './operators.js';
import { needText, readList, type Arguments } from './read-arguments.js';
import type { Parameters, Reference } from './statement.js';

/** A column that rows are put in order by. */
export type OrderColumn = { name: string; column: SqlColumn; descending: boolean };

const MAX_COLUMNS = 8;

/** What `order` asks for, each column once. Throws UserInputError that names the columns that can be asked for. */
export function readOrder(args: Arguments, owner: NamedTable): OrderColumn[] {
  const given = readList(args, 'order', MAX_COLUMNS).map((entry) => ({
    ...findFitting(owner, needText(entry, 'column'), isSortable, 'ordered by'),
    descending: readDirection(entry),
  }));
  return given.filter(({ name }, index) => given.findIndex((one) => one.name === name) === index);
}

/** Whether `direction` says so. Throws UserInputError for anything but asc and desc. */
export function readDirection({ direction }: Arguments): boolean {
  if (direction === undefined || direction === null || direction === 'asc') return false;
  if (direction === 'desc') return true;
  throw new UserInputError('direction must be asc or desc.');
}

/**
 * The order without ties: what is asked for, then the rest of the key. Undefined where the table has no key. Columns that
 * follow a whole key change nothing and are left out.
 */
export function totalOrder(
  wanted: readonly OrderColumn[],
  { table }: NamedTable,
): OrderColumn[] | undefined {
  const key = rowKey(table);
  if (key === undefined || key.some((name) => !isSortable(table.columns[name] ?? NOTHING))) {
    return undefined;
  }
  const order = [...wanted];
  // Rows with one key lie the same way round as those before them, so that an index can give them in one go.
  const descending = wanted.at(-1)?.descending ?? false;
  for (const name of key) {
    const column = table.columns[name];
    if (column === undefined || order.some((one) => one.name === name)) continue;
    order.push({ name, column, descending });
  }
  const last = Math.max(...key.map((name) => order.findIndex((one) => one.name === name)));
  return order.slice(0, last + 1);
}

const NOTHING = { kind: 'json' } as const;

/** After ORDER BY. */
export function orderText(
  order: readonly OrderColumn[],
  dialect: Dialect,
  reference: Reference,
): string {
  return order
    .map(({ name, column, descending }) => {
      const expression = dialect.comparable(column, reference(name, column));
      return dialect.order(expression, descending, column.nullable === true);
    })
    .join(', ');
}

/**
 * The condition for rows that come after the one with these values in a total order. Nulls come last when ascending and first
 * when descending: as if null were greater than everything.
 */
export function afterText(
  order: readonly OrderColumn[],
  values: readonly SqlValue[],
  dialect: Dialect,
  parameters: Parameters,
  reference: Reference,
): string {
  const first = order[0];
  if (first === undefined) return '1 = 0';
  const sign = first.descending ? '<' : '>';
  const isUniform = order.every(
    ({ column, descending }) => descending === first.descending && column.nullable !== true,
  );
  const expressions = order.map(({ name, column }) =>
    dialect.comparable(column, reference(name, column)),
  );
  const parameter = (index: number): string =>
    parameters.add(order[index]?.column ?? first.column, values[index] ?? null);

  if (isUniform && (order.length === 1 || dialect.comparesRows)) {
    const places = order.map((_, index) => parameter(index));
    if (order.length === 1) return `${expressions[0]} ${sign} ${places[0]}`;
    return `(${expressions.join(', ')}) ${sign} (${places.join(', ')})`;
  }

  // The first column alone bounds the range for an index; the rest decides among equals.
  const bound = isUniform ? `${expressions[0]} ${sign}= ${parameter(0)} AND ` : '';
  const ways: string[] = [];
  for (const [index, { column, descending }] of order.entries()) {
    const isNull = (values[index] ?? null) === null;
    if (isNull && !descending) continue;
    const equal = order
      .slice(0, index)
      .map((_, before) =>
        (values[before] ?? null) === null
          ? `${expressions[before]} IS NULL`
          : `${expressions[before]} = ${parameter(before)}`,
      );
    ways.push([...equal, beyond(index, column, descending, isNull)].join(' AND '));
  }
  return `${bound}(${ways.length === 0 ? '1 = 0' : ways.join(' OR ')})`;

  function beyond(index: number, column: SqlColumn, descending: boolean, isNull: boolean): string {
    const expression = expressions[index] ?? '';
    if (isNull) return `${expression} IS NOT NULL`;
    if (descending) return `${expression} < ${parameter(index)}`;
    const later = `${expression} > ${parameter(index)}`;
    return column.nullable ? `(${later} OR ${expression} IS NULL)` : later;
  }
}
