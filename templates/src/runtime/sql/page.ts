import { UserInputError } from '../calls/user-input-error.js';
import { conditionText, type Condition } from './conditions.js';
import { fingerprintOf, readCursor, writeCursor } from './cursor.js';
import type { SqlCell, SqlSession } from './driver.js';
import type { NamedTable } from './names.js';
import { afterText, orderText, totalOrder, type OrderColumn } from './ordering.js';
import { projectionOf, type Projection } from './projection.js';
import { MAX_RESULT_BYTES, type SqlCall } from './sql-call.js';
import { createParameters, referenceOf, type Parameters, type Reference } from './statement.js';

/** Some rows of a table in order, from where a cursor left off. */
export type PageQuery = {
  owner: NamedTable;
  conditions: readonly Condition[];
  order: readonly OrderColumn[];
  fields?: readonly string[] | undefined;
  /** Columns that are read besides. */
  also?: readonly string[];
  limit: number;
  cursor?: string | undefined;
  /** What else decides which rows there are: a condition that `conditions` cannot say. */
  extra?: {
    key: readonly unknown[];
    text: (parameters: Parameters, reference: Reference) => string;
  };
};

export type Page = {
  projection: Projection;
  cells: SqlCell[][];
  truncated: boolean;
  cursorAfter: (index: number) => string | undefined;
  /** Why there is no cursor where there are more rows. */
  withoutCursor: string;
};

/** Prepares the statement of a page, so that nothing is connected to for arguments that are wrong; throws UserInputError. */
export function preparePage(
  { dialect, database }: Pick<SqlCall, 'dialect' | 'database'>,
  { owner, conditions, order: wanted, fields, also = [], limit, cursor, extra }: PageQuery,
): (session: SqlSession, last?: boolean) => Promise<Page> {
  const reference = referenceOf(dialect, 't');
  const total = totalOrder(wanted, owner);
  const order = total ?? wanted;
  const ordered = total === undefined ? [] : total.map(({ name }) => name);
  const projection = projectionOf(dialect, owner, reference, database.limits, {
    fields,
    also: [...ordered, ...also],
  });
  let known: string | undefined;
  // Most pages neither begin nor end at a cursor.
  const fingerprint = (): string =>
    (known ??= fingerprintOf([
      database.id,
      owner.name,
      conditions.map(({ name, operator, values }) => [name, operator, values]),
      order.map(({ name, descending }) => [name, descending]),
      extra?.key ?? null,
    ]));

  const parameters = createParameters(dialect);
  const where = conditions.map((one) => conditionText(one, dialect, parameters, reference));
  if (extra !== undefined) where.push(extra.text(parameters, reference));
  if (cursor !== undefined) {
    if (total === undefined) throw new UserInputError(`${owner.name} has no cursors: no key.`);
    const values = readCursor(cursor, fingerprint(), total.length);
    where.push(afterText(total, values, dialect, parameters, reference));
  }
  const statement = parameters.statement(
    [
      `SELECT ${projection.select.join(', ')}`,
      `FROM ${dialect.table(owner.table)} AS t`,
      ...(where.length > 0 ? [`WHERE ${where.map((part) => `(${part})`).join(' AND ')}`] : []),
      ...(order.length > 0 ? [`ORDER BY ${orderText(order, dialect, reference)}`] : []),
      `LIMIT ${limit + 1}`,
    ].join(' '),
  );

  return async (session, last = true) => {
    const bounds = { maxRows: limit + 1, maxBytes: MAX_RESULT_BYTES, last };
    const { rows, truncated } = await session.run(statement, bounds);
    if (truncated && rows.length === 0) {
      throw new UserInputError(`A row of ${owner.name} is too large: ask for less with fields.`);
    }
    const cells = rows.slice(0, limit);
    return {
      projection,
      cells,
      truncated: truncated || rows.length > limit,
      cursorAfter: (index) => {
        const row = cells[index];
        if (row === undefined || total === undefined) return undefined;
        return writeCursor(
          fingerprint(),
          total.map(({ name }) => projection.raw(row, name)),
        );
      },
      withoutCursor:
        total === undefined
          ? `There are more rows, but ${owner.name} has no key to go on from: use where, or a larger limit.`
          : 'There are more rows, but the values that they are ordered by are too long to go on from: use another order, or where.',
    };
  };
}
