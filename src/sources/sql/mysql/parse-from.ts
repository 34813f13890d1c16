import {
  accept,
  acceptOne,
  group,
  isAtEnd,
  isNext,
  name,
  peek,
  peekKey,
  qualifiedName,
  unexpected,
} from '../cursor.js';
import type { Cursor } from '../cursor.js';
import { namesIn, parseSelect, upTo } from './parse-select.js';
import type { Source } from './parse-select.js';

const CLAUSE = [
  ...['WHERE', 'GROUP', 'HAVING', 'ORDER', 'LIMIT', 'WINDOW', 'FOR', 'LOCK', 'INTO', 'PROCEDURE'],
  ...['UNION', 'INTERSECT', 'EXCEPT', 'MINUS'],
];
const JOINS = ['JOIN', 'INNER', 'CROSS', 'LEFT', 'RIGHT', 'NATURAL', 'STRAIGHT_JOIN'];

/** Reads the tables after FROM, in the order in which `*` shows them. */
export function parseFrom(cursor: Cursor): Source[] {
  const sources = factor(cursor);
  while (!isAtEnd(cursor) && !CLAUSE.includes(peekKey(cursor))) {
    if (accept(cursor, ',')) {
      sources.push(...factor(cursor));
      continue;
    }
    const isNatural = accept(cursor, 'NATURAL');
    const side = acceptOne(cursor, 'INNER', 'CROSS', 'LEFT', 'RIGHT');
    accept(cursor, 'OUTER');
    if (!acceptOne(cursor, 'JOIN', 'STRAIGHT_JOIN')) throw unexpected(cursor, 'a join');
    const joined = factor(cursor);
    if (side === 'LEFT') for (const source of joined) source.isOptional = true;
    if (side === 'RIGHT') for (const source of sources) source.isOptional = true;
    if (isNatural && joined[0]) joined[0].natural = true;
    if (accept(cursor, 'ON')) upTo(cursor, ',', ...JOINS, ...CLAUSE);
    else if (accept(cursor, 'USING') && joined[0]) joined[0].using = namesIn(group(cursor));
    sources.push(...joined);
  }
  return sources;
}

function factor(cursor: Cursor): Source[] {
  accept(cursor, 'LATERAL');
  if (isNext(cursor, '(')) return inParentheses(cursor);
  // ODBC's { OJ … } is an outer join in braces.
  if (accept(cursor, '{')) {
    cursor.at += 1;
    return parseFrom(cursor);
  }
  const table = qualifiedName(cursor);
  if (isNext(cursor, '(')) {
    group(cursor);
    return [{ alias: alias(cursor) ?? table.name }];
  }
  if (accept(cursor, 'PARTITION')) group(cursor);
  if (accept(cursor, 'FOR', 'SYSTEM_TIME')) upTo(cursor, 'AS', ',', ')', ...JOINS, ...CLAUSE);
  const source = { alias: alias(cursor) ?? table.name, table };
  while (acceptOne(cursor, 'USE', 'FORCE', 'IGNORE')) {
    while (!isAtEnd(cursor) && !isNext(cursor, '(')) cursor.at += 1;
    group(cursor);
    accept(cursor, ',');
  }
  return [source];
}

function inParentheses(cursor: Cursor): Source[] {
  const tokens = group(cursor);
  const first = tokens.find(({ key }) => key !== '(');
  const isQuery = first?.key === 'SELECT' || first?.key === 'WITH' || first?.key === 'VALUES';
  if (!isQuery || isJoinOfQueries({ ...cursor, tokens, at: 0 })) {
    return parseFrom({ ...cursor, tokens, at: 0 });
  }
  const named = alias(cursor) ?? '';
  const columnNames = isNext(cursor, '(') ? namesIn(group(cursor)) : undefined;
  const names = columnNames && { columnNames };
  if (first.key === 'VALUES') return [{ alias: named, ...names }];
  return [{ alias: named, derived: parseSelect({ ...cursor, tokens, at: 0 }), ...names }];
}

/** `((select …) a join b)`: the first query in parentheses has an alias, so that the outer ones hold a join. */
function isJoinOfQueries(cursor: Cursor): boolean {
  if (!isNext(cursor, '(')) return false;
  group(cursor);
  const next = peek(cursor);
  if (!next) return false;
  if (next.kind === 'name' || JOINS.includes(next.key) || next.key === ',') return true;
  return next.kind === 'word' && !CLAUSE.includes(next.key);
}

function alias(cursor: Cursor): string | undefined {
  if (accept(cursor, 'AS')) return name(cursor, 'an alias');
  const next = peek(cursor);
  if (next?.kind === 'name') return name(cursor);
  const stops = [
    ...JOINS,
    ...CLAUSE,
    'ON',
    'USING',
    'USE',
    'FORCE',
    'IGNORE',
    'PARTITION',
    'OUTER',
  ];
  return next?.kind === 'word' && !stops.includes(next.key) ? name(cursor) : undefined;
}
