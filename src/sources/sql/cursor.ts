import type { Token } from './token.js';

/** A place in the tokens of one statement of `source`, moved on by the functions here. */
export type Cursor = { tokens: readonly Token[]; at: number; source: string };

/** What a statement says cannot be understood; `offset` is where in the file. */
export class SqlSyntaxError extends Error {
  readonly offset: number | undefined;

  constructor(message: string, offset?: number) {
    super(message);
    this.name = 'SqlSyntaxError';
    this.offset = offset;
  }
}

export function peek(cursor: Cursor, ahead = 0): Token | undefined {
  return cursor.tokens[cursor.at + ahead];
}

/** Key of the next token; empty at the end, and for names, strings and numbers. */
export function peekKey(cursor: Cursor, ahead = 0): string {
  return cursor.tokens[cursor.at + ahead]?.key ?? '';
}

export function isAtEnd(cursor: Cursor): boolean {
  return cursor.at >= cursor.tokens.length;
}

/** Whether these words and symbols come next. */
export function isNext(cursor: Cursor, ...keys: string[]): boolean {
  return keys.every((key, index) => peekKey(cursor, index) === key);
}

/** Moves over these words and symbols if they come next, all of them. */
export function accept(cursor: Cursor, ...keys: string[]): boolean {
  if (!isNext(cursor, ...keys)) return false;
  cursor.at += keys.length;
  return true;
}

/** Moves over one of these and says which. */
export function acceptOne(cursor: Cursor, ...keys: string[]): string | undefined {
  const key = peekKey(cursor);
  if (key === '' || !keys.includes(key)) return undefined;
  cursor.at += 1;
  return key;
}

export function expect(cursor: Cursor, ...keys: string[]): void {
  if (!accept(cursor, ...keys)) throw unexpected(cursor, keys.join(' '));
}

export function unexpected(cursor: Cursor, wanted: string): SqlSyntaxError {
  const token = peek(cursor);
  const found = token
    ? `"${cursor.source.slice(token.start, Math.min(token.end, token.start + 40))}"`
    : 'its end';
  return new SqlSyntaxError(`${found} stands where ${wanted} is expected`, token?.start);
}

/** A name in any spelling: plain, in backticks, in double quotes. */
export function name(cursor: Cursor, wanted = 'a name'): string {
  const token = peek(cursor);
  const isName =
    token && (token.kind === 'word' || token.kind === 'name' || token.isDouble === true);
  if (!isName) throw unexpected(cursor, wanted);
  cursor.at += 1;
  return token.text;
}

/** `table` or `database.table`. */
export type QualifiedName = { database?: string; name: string };

export function qualifiedName(cursor: Cursor): QualifiedName {
  const first = name(cursor, 'the name of a table');
  if (!accept(cursor, '.')) return { name: first };
  return { database: first, name: name(cursor) };
}

/** Moves over a group in parentheses and gives its tokens without them. */
export function group(cursor: Cursor): Token[] {
  expect(cursor, '(');
  const start = cursor.at;
  let depth = 1;
  while (depth > 0) {
    const key = peekKey(cursor);
    if (isAtEnd(cursor)) throw new SqlSyntaxError('a parenthesis is not closed');
    if (key === '(') depth += 1;
    if (key === ')') depth -= 1;
    cursor.at += 1;
  }
  return cursor.tokens.slice(start, cursor.at - 1);
}

/** Tokens cut at the commas that stand in no parentheses. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [];
  let depth = 0;
  let start = 0;
  tokens.forEach((token, index) => {
    if (token.key === '(') depth += 1;
    if (token.key === ')') depth -= 1;
    if (token.key !== ',' || depth > 0) return;
    parts.push(tokens.slice(start, index));
    start = index + 1;
  });
  if (tokens.length > 0) parts.push(tokens.slice(start));
  return parts;
}

/** The text of tokens as it was written, on one line. */
export function written(source: string, tokens: readonly Token[]): string {
  const first = tokens[0];
  const last = tokens[tokens.length - 1];
  if (!first || !last) return '';
  return source.slice(first.start, last.end).replace(/\s+/g, ' ');
}
