import { UserInputError } from '../../calls/user-input-error.js';
import { jsonCell } from '../cells.js';
import { conditionText, readConditions } from '../conditions.js';
import type { SqlColumn } from '../database.js';
import type { Dialect } from '../dialect.js';
import type { SqlCell } from '../driver.js';
import { fitRows } from '../fit-rows.js';
import {
  findColumn,
  findFitting,
  findTable,
  listed,
  shown,
  unknown,
  type NamedColumn,
  type NamedTable,
} from '../names.js';
import { isGroupable, measuresOf, SQL_MEASURES, type SqlMeasure } from '../operators.js';
import { readDirection } from '../ordering.js';
import {
  needText,
  readLimit,
  readList,
  readNames,
  readText,
  type Arguments,
} from '../read-arguments.js';
import { MAX_RESULT_BYTES, type SqlCall, type SqlData } from '../sql-call.js';
import { createParameters, referenceOf, type Reference } from '../statement.js';
import { cappedNote } from './list.js';

const MAX_GROUPS = 8;
const MAX_MEASURES = 20;
const MAX_ORDER = 10;

/** A column of the result. */
type Figure = {
  name: string;
  /** What it is computed by, and is put in order by. */
  expression: string;
  /** As it is selected. */
  select: string;
  nullable: boolean;
  read: (cell: SqlCell) => unknown;
};

/** Figures of the rows that fit all conditions: of all together, or of each group. */
export async function aggregateRows(
  call: SqlCall,
  args: Arguments,
  table: string,
): Promise<SqlData> {
  const { dialect, database } = call;
  const owner = findTable(database, table);
  const reference = referenceOf(dialect, 't');
  const groups = (readNames(args, 'group_by', MAX_GROUPS) ?? []).map((name) =>
    groupOf(findFitting(owner, name, isGroupable, 'grouped by'), call, reference),
  );
  const measures = readMeasures(args, owner, groups, call, reference);
  const figures = [...groups, ...measures];
  const { limit } = readLimit(args, database.limits);
  const parameters = createParameters(dialect);
  const where = readConditions(args, owner, dialect).map((condition) =>
    conditionText(condition, dialect, parameters, reference),
  );
  const order = orderOf(args, figures, groups, dialect);
  const statement = parameters.statement(
    [
      `SELECT ${figures.map(({ select }) => select).join(', ')}`,
      `FROM ${dialect.table(owner.table)} AS t`,
      ...(where.length > 0 ? [`WHERE ${where.map((part) => `(${part})`).join(' AND ')}`] : []),
      ...(groups.length > 0 ? [`GROUP BY ${groups.map(({ group }) => group).join(', ')}`] : []),
      ...(order.length > 0 ? [`ORDER BY ${order.join(', ')}`] : []),
      `LIMIT ${limit + 1}`,
    ].join(' '),
  );
  return call.driver.read(async (session) => {
    const bounds = { maxRows: limit + 1, maxBytes: MAX_RESULT_BYTES, last: true };
    const result = await session.run(statement, bounds);
    const rows = result.rows
      .slice(0, limit)
      .map((cells) =>
        Object.fromEntries(figures.map(({ name, read }, at) => [name, read(cells[at] ?? null)])),
      );
    const truncated = result.truncated || result.rows.length > limit;
    const withoutCursor =
      'There are more groups: order them so that those that matter come first, or use where.';
    const notes = cappedNote(call, args);
    return fitRows({ rows, truncated, notes, withoutCursor }, call.maxResultChars);
  }, call.session);
}

function groupOf(
  { name, column }: NamedColumn,
  { dialect, database }: SqlCall,
  reference: Reference,
): Figure & { group: string } {
  const expression = dialect.comparable(column, reference(name, column));
  // MySQL lets what is computed of a column stand beside it only where the column itself makes the groups.
  const group = dialect.name === 'mysql' ? reference(name, column) : expression;
  return {
    name,
    expression,
    group,
    select: dialect.cell(column, group, database.limits).text,
    nullable: column.nullable === true,
    read: (cell) => jsonCell(cell, column, database.limits),
  };
}

function readMeasures(
  args: Arguments,
  owner: NamedTable,
  groups: readonly Figure[],
  call: SqlCall,
  reference: Reference,
): Figure[] {
  const given = readList(args, 'measures', MAX_MEASURES);
  if (given.length === 0 && groups.length === 0) {
    throw new UserInputError('measures is empty: ask for at least one, or for group_by.');
  }
  const measures: Figure[] = [];
  for (const entry of given) {
    const measure = readMeasure(entry, owner, call, reference);
    if (measures.some(({ name }) => name === measure.name)) continue;
    // A column may have the name of a measure.
    while (groups.some(({ name }) => name === measure.name)) measure.name += '_';
    measures.push(measure);
  }
  return measures;
}

function readMeasure(
  entry: Arguments,
  owner: NamedTable,
  { dialect, database: { limits } }: SqlCall,
  reference: Reference,
): Figure {
  const wanted = needText(entry, 'function').trim().toLowerCase().replaceAll('_', ' ');
  const measure = SQL_MEASURES.find((known) => known === wanted);
  if (measure === undefined) {
    const known = { of: 'Functions', known: SQL_MEASURES };
    throw unknown(`There is no function ${shown(wanted)}`, wanted, known);
  }
  const columnName = readText(entry, 'column');
  if (columnName === undefined) {
    if (measure !== 'count') throw new UserInputError(`${measure} needs a column.`);
    const expression = 'COUNT(*)';
    return { name: 'count', expression, select: expression, nullable: false, read: readCount };
  }
  const { name, column } = findColumn(owner, columnName);
  const allowed = measuresOf(column);
  if (!allowed.includes(measure)) {
    const what = column.masked ? 'masked' : column.kind;
    const functions = listed('Functions of this column', allowed);
    throw new UserInputError(`${owner.name}.${name} (${what}) has no ${measure}. ${functions}`);
  }
  const value = dialect.comparable(column, reference(name, column));
  const isCount = measure === 'count' || measure === 'count distinct';
  const expression = `${CALLS[measure]}${value})`;
  const isExtreme = measure === 'min' || measure === 'max';
  const figure: SqlColumn = isExtreme || column.kind === 'float' ? column : EXACT;
  return {
    name: `${measure.replace(' ', '_')}_${name}`,
    expression,
    select: isExtreme ? dialect.cell(column, expression, limits).text : expression,
    nullable: !isCount,
    read: isCount ? readCount : (cell) => jsonCell(cell, figure, limits),
  };
}

const CALLS: Record<SqlMeasure, string> = {
  count: 'COUNT(',
  'count distinct': 'COUNT(DISTINCT ',
  sum: 'SUM(',
  avg: 'AVG(',
  min: 'MIN(',
  max: 'MAX(',
};

/** Sums and means of exact numbers. */
const EXACT: SqlColumn = { kind: 'decimal', type: '' };

function readCount(cell: SqlCell): unknown {
  const count = Number(cell);
  return Number.isSafeInteger(count) ? count : String(cell);
}

function orderOf(
  args: Arguments,
  figures: readonly Figure[],
  groups: readonly Figure[],
  dialect: Dialect,
): string[] {
  const wanted = readList(args, 'order', MAX_ORDER).map((entry) => {
    const name = needText(entry, 'column');
    const figure = figures.find((one) => one.name === name);
    if (figure !== undefined) return { figure, descending: readDirection(entry) };
    const known = figures.map((one) => one.name);
    throw unknown(`The result has no ${shown(name)}`, name, { of: 'It has', known });
  });
  // Groups among themselves, so that the same question has the same answer.
  const rest = groups
    .filter((group) => wanted.every(({ figure }) => figure !== group))
    .map((figure) => ({ figure, descending: false }));
  return [...wanted, ...rest].map(({ figure, descending }) =>
    dialect.order(figure.expression, descending, figure.nullable),
  );
}
