import type { Value } from './compare.js';
import {
  NotUnderstood,
  readList,
  readOr,
  takeSymbol,
  takeWord,
  valueOf,
} from './read-condition.js';
import type { Part, Reader } from './read-condition.js';

const UNKNOWN: Part = { value: { kind: 'unknown' } };
const ARITHMETIC = ['+', '-', '*', '/', '%', '||', '&', '|', '^', '#', '&&'];
const NUMERIC_TYPES =
  /^(?:smallint|integer|bigint|int[248]?|numeric|decimal|real|float[48]?|double precision)$/;
const TEXT_TYPES = /^(?:text|character varying|varchar|bpchar|character|char|name)$/;

/** A value with everything that belongs to it: casts, and operators that make another value of it. */
export function readValue(reader: Reader): Part {
  const first = readOperand(reader);
  let isOne = true;
  while (ARITHMETIC.some((one) => !isLogical(reader, one) && takeSymbol(reader, one))) {
    readOperand(reader);
    isOne = false;
  }
  return isOne ? first : UNKNOWN;
}

function isLogical({ dialect }: Reader, symbol: string): boolean {
  return dialect === 'mysql' && (symbol === '||' || symbol === '&&');
}

function readOperand(reader: Reader): Part {
  let part = readPrimary(reader);
  for (;;) {
    if (takeSymbol(reader, '::')) part = { value: cast(valueOf(part), readType(reader)) };
    else if (takeWord(reader, 'collate')) {
      // The same texts may be equal under one collation and not under another.
      reader.at++;
      part = UNKNOWN;
    } else if (takeSymbol(reader, '[')) {
      readOr(reader);
      if (!takeSymbol(reader, ']')) throw new NotUnderstood();
      part = UNKNOWN;
    } else return part;
  }
}

function readPrimary(reader: Reader): Part {
  if (takeSymbol(reader, '-')) {
    const value = valueOf(readPrimary(reader));
    return value.kind === 'number' ? { value: { kind: 'number', number: -value.number } } : UNKNOWN;
  }
  if (takeSymbol(reader, '+')) return readPrimary(reader);
  if (takeSymbol(reader, '(')) return readParenthesis(reader);
  const token = reader.tokens[reader.at++];
  if (!token) throw new NotUnderstood();
  if (token.kind === 'number') return { value: numberValue(token.text) };
  if (token.kind === 'string') return { value: { kind: 'string', text: token.text } };
  if (token.kind === 'symbol') throw new NotUnderstood();
  const word = token.text.toLowerCase();
  if (token.kind === 'word') {
    if (word === 'array' && isNext(reader, '[')) {
      return { value: { kind: 'list', items: readList(reader, '[', ']') } };
    }
    if (word === 'case' || word === 'select' || word === 'exists' || word === 'interval') {
      throw new NotUnderstood();
    }
    if (isNext(reader, '(')) return { value: readCall(reader, word) };
    if (/^(?:null|true|false|current_\w+)$/.test(word)) return UNKNOWN;
  }
  let name = token;
  while (takeSymbol(reader, '.')) {
    const next = reader.tokens[reader.at++];
    if (!next || (next.kind !== 'word' && next.kind !== 'quoted')) throw new NotUnderstood();
    name = next;
  }
  if (isNext(reader, '(')) {
    readList(reader);
    return UNKNOWN;
  }
  return { value: { kind: isColumn(reader, name) ? 'column' : 'unknown' } };
}

/** A condition or a value in parentheses; a row of several is nothing we know of. */
function readParenthesis(reader: Reader): Part {
  const inner = readOr(reader);
  let isOne = true;
  while (takeSymbol(reader, ',')) {
    readOr(reader);
    isOne = false;
  }
  if (!takeSymbol(reader, ')')) throw new NotUnderstood();
  return isOne ? inner : UNKNOWN;
}

function isColumn(
  { column, dialect }: Reader,
  { kind, text }: { kind: string; text: string },
): boolean {
  if (text === column) return true;
  if (dialect !== 'postgres') return text.toLowerCase() === column.toLowerCase();
  return kind === 'word' && text.toLowerCase() === column;
}

function isNext({ tokens, at }: Reader, symbol: string): boolean {
  const token = tokens[at];
  return token?.kind === 'symbol' && token.text === symbol;
}

function readCall(reader: Reader, name: string): Value {
  if (name === 'trim') return readTrim(reader);
  const items = readList(reader);
  const [only] = items;
  if (items.length !== 1 || !only) return { kind: 'unknown' };
  if (name === 'btrim' || name === 'ltrim' || name === 'rtrim') {
    return only.kind === 'column' ? { kind: 'trimmed' } : { kind: 'unknown' };
  }
  const bytes = name === 'octet_length' || (name === 'length' && reader.dialect === 'mysql');
  if (!bytes && !/^(?:length|char_length|character_length)$/.test(name)) return { kind: 'unknown' };
  if (only.kind === 'column') return { kind: 'length', bytes, trimmed: false };
  return only.kind === 'trimmed' ? { kind: 'length', bytes, trimmed: true } : { kind: 'unknown' };
}

/** `trim(x)` and `TRIM(BOTH FROM x)`; with characters of its own it may take away anything, which is no less than blanks. */
function readTrim(reader: Reader): Value {
  const start = reader.at;
  reader.at++;
  const sided =
    takeWord(reader, 'both') || takeWord(reader, 'leading') || takeWord(reader, 'trailing');
  if (sided && takeWord(reader, 'from')) {
    const inner = valueOf(readOr(reader));
    if (!takeSymbol(reader, ')')) throw new NotUnderstood();
    return inner.kind === 'column' ? { kind: 'trimmed' } : { kind: 'unknown' };
  }
  if (sided) throw new NotUnderstood();
  reader.at = start;
  const items = readList(reader);
  return items.length === 1 && items[0]?.kind === 'column'
    ? { kind: 'trimmed' }
    : { kind: 'unknown' };
}

/** Only numbers that JSON can tell from their neighbours. */
function numberValue(text: string): Value {
  const number = Number(text);
  const isExact = Number.isSafeInteger(number) || (!/^\d+$/.test(text) && text.length <= 16);
  return Number.isFinite(number) && isExact ? { kind: 'number', number } : { kind: 'unknown' };
}

/** A type's name without its modifiers; arrays end with `[]`. */
function readType(reader: Reader): string {
  const words: string[] = [];
  for (let token = reader.tokens[reader.at]; token; token = reader.tokens[reader.at]) {
    const isMore = words.length > 0;
    if (token.kind === 'quoted' && !isMore) words.push(token.text);
    else if (token.kind !== 'word') break;
    else if (isMore && !/^(?:varying|precision|with|without|time|zone)$/i.test(token.text)) break;
    else words.push(token.text.toLowerCase());
    reader.at++;
    if (!isMore && takeSymbol(reader, '.')) words.length = 0;
  }
  if (words.length === 0) throw new NotUnderstood();
  if (isNext(reader, '(')) readList(reader);
  let name = words.join(' ');
  while (takeSymbol(reader, '[')) {
    if (!takeSymbol(reader, ']')) throw new NotUnderstood();
    name += '[]';
  }
  return name;
}

function cast(value: Value, type: string): Value {
  const isArray = type.endsWith('[]');
  const element = type.replace(/\[\]$/, '');
  if (value.kind === 'list') {
    return isArray
      ? { kind: 'list', items: value.items.map((item) => cast(item, element)) }
      : { kind: 'unknown' };
  }
  if (NUMERIC_TYPES.test(type)) {
    if (value.kind === 'number') return value;
    const isNumber = value.kind === 'string' && /^-?\d+(?:\.\d+)?$/.test(value.text);
    if (!isNumber) return { kind: 'unknown' };
    const positive = numberValue(value.text.replace('-', ''));
    if (positive.kind !== 'number' || !value.text.startsWith('-')) return positive;
    return { kind: 'number', number: -positive.number };
  }
  return TEXT_TYPES.test(type) && value.kind !== 'number' ? value : { kind: 'unknown' };
}
