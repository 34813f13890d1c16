import {
  accept,
  acceptOne,
  expect,
  group,
  isAtEnd,
  isNext,
  peek,
  peekKey,
  written,
} from '../cursor.js';
import type { Cursor, QualifiedName } from '../cursor.js';
import { parseFrom } from './parse-from.js';
import type { Token } from '../token.js';

/** Of a SELECT, what its columns come from; conditions, groups and order are passed over. */
export type SelectShape = {
  items: SelectItem[];
  sources: Source[];
  /** Common table expressions by lower-case name. */
  common: Record<string, Source>;
  /** Further parts of a UNION, INTERSECT or EXCEPT. */
  others: SelectShape[];
};

/** `reference`: the item is a plain column, `[column]`, `[table, column]` or with the database before. */
export type SelectItem =
  { star: true; qualifier?: string } | { star?: undefined; name: string; reference?: string[] };

export type Source = {
  /** The name that columns are qualified with. */
  alias: string;
  table?: QualifiedName;
  derived?: SelectShape;
  /** Names given to its columns in parentheses. */
  columnNames?: string[];
  /** On the side of an outer join that may be missing. */
  isOptional?: true;
  /** Columns of USING, which `*` shows once. */
  using?: string[];
  natural?: true;
};

const SET_OPERATORS = ['UNION', 'INTERSECT', 'EXCEPT', 'MINUS'];
const MODIFIERS = [
  ...['ALL', 'DISTINCT', 'DISTINCTROW', 'HIGH_PRIORITY', 'STRAIGHT_JOIN', 'SQL_SMALL_RESULT'],
  ...['SQL_BIG_RESULT', 'SQL_BUFFER_RESULT', 'SQL_CACHE', 'SQL_NO_CACHE', 'SQL_CALC_FOUND_ROWS'],
];
const CLAUSES = [
  ...[
    'FROM',
    'INTO',
    'WHERE',
    'GROUP',
    'HAVING',
    'ORDER',
    'LIMIT',
    'WINDOW',
    'FOR',
    'LOCK',
    'WITH',
  ],
  ...SET_OPERATORS,
];

/** Reads a query expression: WITH, SELECT, parentheses, UNION. Throws where it is none. */
export function parseSelect(cursor: Cursor): SelectShape {
  const common = accept(cursor, 'WITH') ? commonTables(cursor) : {};
  const shape = operand(cursor);
  while (!isAtEnd(cursor)) {
    if (!acceptOne(cursor, ...SET_OPERATORS)) {
      if (isNext(cursor, '(')) group(cursor);
      else cursor.at += 1;
      continue;
    }
    acceptOne(cursor, 'ALL', 'DISTINCT');
    shape.others.push(operand(cursor));
  }
  return { ...shape, common: { ...shape.common, ...common } };
}

function commonTables(cursor: Cursor): Record<string, Source> {
  accept(cursor, 'RECURSIVE');
  const common: Record<string, Source> = Object.create(null) as Record<string, Source>;
  do {
    const alias = peek(cursor)?.text ?? '';
    cursor.at += 1;
    const columnNames = isNext(cursor, '(') ? namesIn(group(cursor)) : undefined;
    expect(cursor, 'AS');
    const derived = parseSelect({ ...cursor, tokens: group(cursor), at: 0 });
    common[alias.toLowerCase()] = { alias, derived, ...(columnNames && { columnNames }) };
  } while (accept(cursor, ','));
  return common;
}

export function namesIn(tokens: readonly Token[]): string[] {
  return tokens.filter(({ kind }) => kind !== 'symbol').map(({ text }) => text);
}

function operand(cursor: Cursor): SelectShape {
  if (isNext(cursor, '(')) return parseSelect({ ...cursor, tokens: group(cursor), at: 0 });
  expect(cursor, 'SELECT');
  while (acceptOne(cursor, ...MODIFIERS)) continue;
  const items: SelectItem[] = [];
  do {
    items.push(item(cursor.source, upTo(cursor, ',', ...CLAUSES)));
  } while (accept(cursor, ','));
  const sources = accept(cursor, 'FROM') ? parseFrom(cursor) : [];
  while (!isAtEnd(cursor) && !SET_OPERATORS.includes(peekKey(cursor))) {
    if (isNext(cursor, '(')) group(cursor);
    else cursor.at += 1;
  }
  return { items, sources, common: {}, others: [] };
}

/** The tokens up to one of these in no parentheses. */
export function upTo(cursor: Cursor, ...keys: string[]): Token[] {
  const start = cursor.at;
  while (!isAtEnd(cursor) && !keys.includes(peekKey(cursor))) {
    if (isNext(cursor, '(')) group(cursor);
    else cursor.at += 1;
  }
  return cursor.tokens.slice(start, cursor.at);
}

function item(source: string, tokens: readonly Token[]): SelectItem {
  const last = tokens[tokens.length - 1];
  if (last?.key === '*' && (tokens.length === 1 || tokens[tokens.length - 2]?.key === '.')) {
    const qualifier = tokens[tokens.length - 3]?.text;
    return { star: true, ...(qualifier !== undefined && { qualifier }) };
  }
  const aliased = withoutAlias(tokens);
  const reference = plainReference(aliased.expression);
  const name = aliased.alias ?? reference?.at(-1) ?? literalName(source, aliased.expression);
  return { name, ...(reference && { reference }) };
}

/** A column without an alias is named like its text; a string like its value. */
function literalName(source: string, tokens: readonly Token[]): string {
  return tokens.length === 1 ? tokens[0]!.text : written(source, tokens);
}

const NO_ALIAS = new Set(
  (
    'END NULL TRUE FALSE UNKNOWN DAY HOUR MINUTE MONTH QUARTER SECOND WEEK YEAR MICROSECOND ' +
    'SEPARATOR ASC DESC'
  ).split(' '),
);
const OPERATORS = new Set(
  (
    'AND OR XOR NOT IS IN LIKE RLIKE REGEXP BETWEEN DIV MOD COLLATE BINARY CASE WHEN THEN ELSE INTERVAL ' +
    'DISTINCT SOUNDS ESCAPE MEMBER OF'
  ).split(' '),
);

function withoutAlias(tokens: readonly Token[]): { expression: readonly Token[]; alias?: string } {
  const last = tokens[tokens.length - 1];
  const before = tokens[tokens.length - 2];
  if (!last || !before) return { expression: tokens };
  if (before.key === 'AS') return { expression: tokens.slice(0, -2), alias: last.text };
  const canBeAlias =
    last.kind === 'name' ||
    last.kind === 'string' ||
    (last.kind === 'word' && !NO_ALIAS.has(last.key));
  const isOperand =
    before.key === ')' ||
    (before.kind === 'word' ? !OPERATORS.has(before.key) : before.kind !== 'symbol');
  // _utf8'x' is one string.
  const isIntroducer =
    last.kind === 'string' && before.kind === 'word' && before.end === last.start;
  if (!canBeAlias || !isOperand || isIntroducer) return { expression: tokens };
  return { expression: tokens.slice(0, -1), alias: last.text };
}

/** The parts of `column`, `table.column`, `database.table.column`, in parentheses or not. */
function plainReference(tokens: readonly Token[]): string[] | undefined {
  if (tokens[0]?.key === '(' && tokens[tokens.length - 1]?.key === ')')
    return plainReference(tokens.slice(1, -1));
  if (tokens.length % 2 === 0 || tokens.length > 5) return undefined;
  const isName = (token: Token): boolean =>
    token.kind === 'name' || (token.kind === 'word' && !NO_ALIAS.has(token.key));
  const isPlain = tokens.every((token, index) =>
    index % 2 === 0 ? isName(token) : token.key === '.',
  );
  return isPlain ? tokens.filter((_, index) => index % 2 === 0).map(({ text }) => text) : undefined;
}
