import type { SqlColumn, SqlRelation } from './database.js';
import type { Dialect } from './dialect.js';
import type { SqlCell, SqlSession, SqlText, SqlValue } from './driver.js';
import type { NamedTable } from './names.js';
import { orderText, totalOrder } from './ordering.js';
import { projectionOf, type Projection } from './projection.js';
import { MAX_RESULT_BYTES, type SqlCall } from './sql-call.js';
import { createParameters, referenceOf, type Parameters, type Reference } from './statement.js';

/** Rows that one row is given with, of a relation to many. */
export const MAX_CHILDREN = 20;

/** Rows of one relation for all rows of a result. */
const MAX_ROWS = 2_000;
/** Values in one statement. */
const CHUNK = 500;

export type RelatedQuery = {
  relation: SqlRelation;
  target: NamedTable;
  /** Of each row, the cells of its own columns of the relation. */
  keys: readonly (readonly (SqlCell | undefined)[])[];
  /** Columns that are read besides. */
  also: readonly string[];
};

export type RelatedRow = {
  row: Record<string, unknown>;
  /** Cells of the other table's columns of the relation. */
  key: (SqlCell | undefined)[];
  raw: (name: string) => SqlCell | undefined;
};

/** The rows that a relation leads to; of many, the first few for each key and one more. */
export async function readRelated(
  call: SqlCall,
  session: SqlSession,
  { relation, target, keys, also }: RelatedQuery,
): Promise<{ rows: RelatedRow[]; truncated: boolean }> {
  const others = relation.columns.map(([, other]) => other);
  const reference = referenceOf(call.dialect, 't');
  const projection = projectionOf(call.dialect, target, reference, call.database.limits, {
    also: [...others, ...also],
  });
  const wanted = distinct(keys);
  const size = Math.max(1, Math.floor(CHUNK / others.length));
  const rows: RelatedRow[] = [];
  let truncated = false;
  for (let at = 0; at < wanted.length; at += size) {
    const room = MAX_ROWS - rows.length;
    if (room <= 0) return { rows, truncated: true };
    const chunk = wanted.slice(at, at + size);
    const statement = statementFor(call.dialect, relation, target, projection, reference, chunk);
    const bounds = { maxRows: room, maxBytes: MAX_RESULT_BYTES };
    const result = await session.run(statement, bounds);
    truncated ||= result.truncated;
    for (const cells of result.rows) {
      rows.push({
        row: projection.row(cells),
        key: others.map((name) => projection.raw(cells, name)),
        raw: (name) => projection.raw(cells, name),
      });
    }
  }
  return { rows, truncated };
}

function statementFor(
  dialect: Dialect,
  relation: SqlRelation,
  target: NamedTable,
  { select }: Projection,
  reference: Reference,
  keys: readonly SqlValue[][],
): SqlText {
  const parameters = createParameters(dialect);
  const columns = relation.columns.flatMap(([, name]) => {
    const column = target.table.columns[name];
    return column === undefined ? [] : [{ name, column }];
  });
  const where = keyCondition(dialect, parameters, reference, columns, keys);
  const from = `FROM ${dialect.table(target.table)} AS t WHERE ${where}`;
  if (relation.many !== true) {
    return parameters.statement(`SELECT ${select.join(', ')} ${from}`);
  }
  const names = select.map((_, index) => `c${index}`);
  const cells = select.map((expression, index) => `${expression} AS c${index}`);
  const by = columns.map(({ name, column }) => reference(name, column)).join(', ');
  const order = totalOrder([], target);
  const ordered = order === undefined ? '' : ` ORDER BY ${orderText(order, dialect, reference)}`;
  const number = `ROW_NUMBER() OVER (PARTITION BY ${by}${ordered}) AS n`;
  return parameters.statement(
    `SELECT ${names.join(', ')} FROM (SELECT ${cells.join(', ')}, ${number} ${from}) AS x WHERE n <= ${MAX_CHILDREN + 1} ORDER BY n`,
  );
}

/** The columns have the values of one of the keys. */
function keyCondition(
  dialect: Dialect,
  parameters: Parameters,
  reference: Reference,
  columns: readonly { name: string; column: SqlColumn }[],
  keys: readonly SqlValue[][],
): string {
  const expressions = columns.map(({ name, column }) =>
    dialect.comparable(column, reference(name, column)),
  );
  const parameter = (index: number, value: SqlValue | undefined): string =>
    parameters.add(columns[index]?.column ?? { kind: 'other', type: '' }, value ?? null);
  if (columns.length === 1) {
    return `${expressions[0]} IN (${keys.map(([value]) => parameter(0, value)).join(', ')})`;
  }
  const ways = keys.map((key) =>
    expressions
      .map((expression, index) => `${expression} = ${parameter(index, key[index])}`)
      .join(' AND '),
  );
  return ways.map((way) => `(${way})`).join(' OR ');
}

/** Each key once, and none that has a null or a value of which only a part is there. */
function distinct(keys: RelatedQuery['keys']): SqlValue[][] {
  const known = new Map<string, SqlValue[]>();
  for (const key of keys) {
    const values = key.flatMap((cell) => (cell === null || cell === undefined ? [] : [cell]));
    if (values.length < key.length) continue;
    const text = JSON.stringify(values.map((value) => [typeof value, String(value)]));
    if (!known.has(text)) known.set(text, values);
  }
  return [...known.values()];
}
