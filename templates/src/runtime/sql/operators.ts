import type { SqlColumn, SqlColumnKind } from './database.js';

/** What stands between a column and a value in `where`. Like SQL: a row whose column is null fits `is null` only. */
export type SqlOperator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | 'like'
  | 'contains'
  | 'starts with'
  | 'ends with'
  | 'is null'
  | 'is not null';

const EQUAL = ['=', '!=', 'in', 'not in'] as const;
const ORDERED = [...EQUAL, '<', '<=', '>', '>='] as const;
const PARTS = ['contains', 'starts with', 'ends with'] as const;
const NULLS = ['is null', 'is not null'] as const;

const BY_KIND: Record<SqlColumnKind, readonly SqlOperator[]> = {
  integer: [...ORDERED, ...NULLS],
  bigint: [...ORDERED, ...NULLS],
  decimal: [...ORDERED, ...NULLS],
  float: [...ORDERED, ...NULLS],
  boolean: ['=', '!=', ...NULLS],
  text: [...ORDERED, 'like', ...PARTS, ...NULLS],
  date: [...ORDERED, ...NULLS],
  time: [...ORDERED, ...NULLS],
  timestamp: [...ORDERED, ...NULLS],
  timestamptz: [...ORDERED, ...NULLS],
  interval: [...ORDERED, ...NULLS],
  uuid: [...EQUAL, ...NULLS],
  json: ['contains', ...NULLS],
  binary: [...EQUAL, ...NULLS],
  enum: [...EQUAL, ...NULLS],
  set: ['=', '!=', 'contains', ...NULLS],
  array: ['contains', ...NULLS],
  other: [...EQUAL, ...PARTS, ...NULLS],
};

/** All operators, in the order in which they are told. */
export const SQL_OPERATORS: readonly SqlOperator[] = [...ORDERED, 'like', ...PARTS, ...NULLS];

/**
 * Operators for a column; none for a masked one. `contains` looks for text in texts and JSON, for an element in arrays and
 * sets; it, `starts with` and `ends with` take upper and lower case as equal, `like` is what the database makes of it.
 */
export function operatorsOf(column: Pick<SqlColumn, 'kind' | 'masked'>): readonly SqlOperator[] {
  return column.masked ? [] : BY_KIND[column.kind];
}

/** Whether the operator takes no value, a list of values, or one. */
export function operandOf(operator: SqlOperator): 'none' | 'list' | 'one' {
  if (operator === 'is null' || operator === 'is not null') return 'none';
  return operator === 'in' || operator === 'not in' ? 'list' : 'one';
}

const UNORDERED: ReadonlySet<SqlColumnKind> = new Set(['json', 'array']);
const UNGROUPED: ReadonlySet<SqlColumnKind> = new Set(['json', 'array', 'other', 'binary']);

/** Whether rows can be put in order by the column. */
export function isSortable({ kind, masked }: Pick<SqlColumn, 'kind' | 'masked'>): boolean {
  return masked !== true && !UNORDERED.has(kind);
}

/** Whether rows can be grouped by the column. */
export function isGroupable({ kind, masked }: Pick<SqlColumn, 'kind' | 'masked'>): boolean {
  return masked !== true && !UNGROUPED.has(kind);
}

/** What aggregates compute of rows. */
export type SqlMeasure = 'count' | 'count distinct' | 'sum' | 'avg' | 'min' | 'max';

export const SQL_MEASURES: readonly SqlMeasure[] = [
  'count',
  'count distinct',
  'sum',
  'avg',
  'min',
  'max',
];

const NUMBERS: readonly SqlColumnKind[] = ['integer', 'bigint', 'decimal', 'float'];
const EXTREMES: readonly SqlColumnKind[] = [
  ...NUMBERS,
  'text',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'interval',
];

/** What can be computed of a column; nothing of a masked one. */
export function measuresOf(column: Pick<SqlColumn, 'kind' | 'masked'>): readonly SqlMeasure[] {
  if (column.masked) return [];
  const { kind } = column;
  return SQL_MEASURES.filter((measure) => {
    if (measure === 'count') return true;
    if (measure === 'count distinct') return isGroupable(column);
    return (measure === 'sum' || measure === 'avg' ? NUMBERS : EXTREMES).includes(kind);
  });
}
