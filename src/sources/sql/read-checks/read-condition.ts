import type { Dialect } from '../model.js';
import type { Token } from './check-tokens.js';
import { compare, oneOf } from './compare.js';
import type { Value } from './compare.js';
import { ANYTHING, NEVER, both, either, facets } from './facets.js';
import type { Condition } from './facets.js';
import { portablePattern } from './portable-pattern.js';
import { readValue } from './read-value.js';

/** Where reading is. Errors are `NotUnderstood`. */
export type Reader = {
  tokens: Token[];
  at: number;
  depth: number;
  column: string;
  dialect: Dialect;
};

export class NotUnderstood extends Error {}

const MOST_DEPTH = 100;
const COMPARISONS = ['=', '==', '<>', '!=', '<', '>', '<=', '>='];

/** What the tokens of a check say of a column; undefined where they cannot be read to their end. */
export function readCondition(
  tokens: Token[],
  column: string,
  dialect: Dialect,
): Condition | undefined {
  const reader: Reader = { tokens, at: 0, depth: 0, column, dialect };
  try {
    const condition = asCondition(readOr(reader));
    return reader.at === tokens.length ? condition : undefined;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

/** A condition, or what has another value. Only conditions say anything. */
export type Part = { condition: Condition; not: Condition } | { value: Value };

function asCondition(part: Part): Condition {
  return 'condition' in part ? part.condition : ANYTHING;
}

/** A whole condition or value, as it stands in parentheses too. */
export function readOr(reader: Reader): Part {
  if (++reader.depth > MOST_DEPTH) throw new NotUnderstood();
  const first = readAnd(reader);
  let condition = asCondition(first);
  let isOne = true;
  while (takeWord(reader, 'or') || (reader.dialect === 'mysql' && takeSymbol(reader, '||'))) {
    condition = either(condition, asCondition(readAnd(reader)));
    isOne = false;
  }
  reader.depth--;
  return isOne ? first : { condition, not: ANYTHING };
}

function readAnd(reader: Reader): Part {
  const first = readNot(reader);
  let condition = asCondition(first);
  let isOne = true;
  while (takeWord(reader, 'and') || (reader.dialect === 'mysql' && takeSymbol(reader, '&&'))) {
    condition = both(condition, asCondition(readNot(reader)));
    isOne = false;
  }
  return isOne ? first : { condition, not: ANYTHING };
}

function readNot(reader: Reader): Part {
  if (!takeWord(reader, 'not')) return readPredicate(reader);
  if (++reader.depth > MOST_DEPTH) throw new NotUnderstood();
  const part = readNot(reader);
  reader.depth--;
  return 'condition' in part
    ? { condition: part.not, not: part.condition }
    : { condition: ANYTHING, not: ANYTHING };
}

function readPredicate(reader: Reader): Part {
  const left = readValue(reader);
  const subject: Value = 'value' in left ? left.value : { kind: 'unknown' };
  const operator = COMPARISONS.find((one) => takeSymbol(reader, one));
  if (operator !== undefined) return readComparison(reader, subject, operator);
  if (takeWord(reader, 'is')) return readIs(reader, subject);
  if (takeSymbol(reader, '~')) return readMatch(reader, subject);
  const not = takeWord(reader, 'not');
  if (takeWord(reader, 'between')) {
    const low = compare(subject, '>=', valueOf(readValue(reader)));
    if (!takeWord(reader, 'and')) throw new NotUnderstood();
    const high = compare(subject, '<=', valueOf(readValue(reader)));
    return negatable(both(low, high), not);
  }
  if (takeWord(reader, 'in')) return negatable(oneOf(subject, readList(reader)), not);
  if (not || !isEnd(reader)) {
    skipOperand(reader);
    return { condition: ANYTHING, not: ANYTHING };
  }
  return left;
}

function readComparison(reader: Reader, subject: Value, operator: string): Part {
  if (takeWord(reader, 'any')) {
    const list = valueOf(readValue(reader));
    const known = operator === '=' && list.kind === 'list';
    return { condition: known ? oneOf(subject, list.items) : ANYTHING, not: ANYTHING };
  }
  if (takeWord(reader, 'all')) {
    readValue(reader);
    return { condition: ANYTHING, not: ANYTHING };
  }
  const right = valueOf(readValue(reader));
  return {
    condition: compare(subject, operator, right),
    not: compare(subject, operator, right, true),
  };
}

/** IS [NOT] NULL is known for a column that is not null; of TRUE, DISTINCT FROM and others nothing follows. */
function readIs(reader: Reader, subject: Value): Part {
  const not = takeWord(reader, 'not');
  if (takeWord(reader, 'null')) {
    if (subject.kind !== 'column') return { condition: ANYTHING, not: ANYTHING };
    return not ? { condition: ANYTHING, not: NEVER } : { condition: NEVER, not: ANYTHING };
  }
  skipOperand(reader);
  return { condition: ANYTHING, not: ANYTHING };
}

function readMatch(reader: Reader, subject: Value): Part {
  const right = valueOf(readValue(reader));
  const isPlain = subject.kind === 'column' && reader.dialect === 'postgres';
  const pattern = isPlain && right.kind === 'string' ? portablePattern(right.text) : undefined;
  return { condition: pattern === undefined ? ANYTHING : facets({ pattern }), not: ANYTHING };
}

function negatable(condition: Condition, not: boolean): Part {
  return not ? { condition: ANYTHING, not: condition } : { condition, not: ANYTHING };
}

/** Items in parentheses. */
export function readList(reader: Reader, open = '(', close = ')'): Value[] {
  if (!takeSymbol(reader, open)) throw new NotUnderstood();
  const items: Value[] = [];
  if (takeSymbol(reader, close)) return items;
  do items.push(valueOf(readOr(reader)));
  while (takeSymbol(reader, ','));
  if (!takeSymbol(reader, close)) throw new NotUnderstood();
  return items;
}

/** Passes over the rest of a predicate of which nothing follows. */
function skipOperand(reader: Reader): void {
  while (!isEnd(reader)) {
    const token = reader.tokens[reader.at];
    if (token?.kind === 'symbol' && (token.text === '(' || token.text === '[')) skipGroup(reader);
    else reader.at++;
  }
}

function skipGroup(reader: Reader): void {
  let depth = 0;
  do {
    const token = reader.tokens[reader.at++];
    if (!token) throw new NotUnderstood();
    if (token.kind !== 'symbol') continue;
    if (token.text === '(' || token.text === '[') depth++;
    if (token.text === ')' || token.text === ']') depth--;
  } while (depth > 0);
}

/** Whether a predicate ends here. */
function isEnd(reader: Reader): boolean {
  const token = reader.tokens[reader.at];
  if (!token) return true;
  if (token.kind === 'word') return /^(?:and|or)$/i.test(token.text);
  if (token.kind !== 'symbol') return false;
  if (reader.dialect === 'mysql' && (token.text === '||' || token.text === '&&')) return true;
  return [')', ']', ','].includes(token.text);
}

export function valueOf(part: Part): Value {
  return 'value' in part ? part.value : { kind: 'unknown' };
}

export function takeWord(reader: Reader, word: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
  reader.at++;
  return true;
}

export function takeSymbol(reader: Reader, symbol: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'symbol' || token.text !== symbol) return false;
  reader.at++;
  return true;
}
