import type { Dialect } from '../model.js';
import { isBlank, isWordPart, isWordStart } from './byte-classes.js';

/** A quoted piece or a comment that has begun. `start` counts from the beginning of the bytes at hand. */
export type Piece =
  | { kind: 'quote'; close: number; escapes: boolean; doubles: boolean; start: number }
  | { kind: 'line'; start: number }
  | { kind: 'block'; nests: boolean; depth: number; start: number }
  | { kind: 'dollar'; tag: Buffer; start: number };

export type Rules = {
  dialect: Dialect;
  /** Whether a backslash in a string takes the next character with it. */
  escapes: boolean;
};

const BACKSLASH = 0x5c;
const STAR = 0x2a;
const SLASH = 0x2f;

/** The piece that the quote at `start` begins; backslashes mean nothing in names. */
export function quotedPiece(bytes: Buffer, start: number, rules: Rules, isEscape = false): Piece {
  const quote = bytes[start]!;
  const isBracket = quote === 0x5b;
  const isString = quote === 0x27 || (quote === 0x22 && rules.dialect === 'mysql');
  return {
    ...{ kind: 'quote', close: isBracket ? 0x5d : quote, doubles: !isBracket, start },
    escapes: isEscape || (isString && rules.escapes),
  };
}

const DOLLAR_TAG = /^\$(?:[A-Za-z_\x80-\xff][\w\x80-\xff]*)?\$/;

/** The dollar quote that begins at `start`, if it is one. */
export function dollarPiece(bytes: Buffer, start: number): Piece | undefined {
  const tag = DOLLAR_TAG.exec(bytes.toString('latin1', start, start + 130))?.[0];
  if (tag === undefined) return undefined;
  return { kind: 'dollar', tag: Buffer.from(tag, 'latin1'), start };
}

/** Moves over a piece from `at`, up to `limit`: where it ends, or `done` is false and it goes on behind that. */
export function passPiece(
  bytes: Buffer,
  from: number,
  limit: number,
  piece: Piece,
): { at: number; done: boolean } {
  if (piece.kind === 'quote') return passQuote(bytes, from, limit, piece);
  if (piece.kind === 'block') return passBlock(bytes, from, limit, piece);
  const begun = from === piece.start && piece.kind === 'dollar' ? piece.tag.length : 0;
  const end = bytes.indexOf(piece.kind === 'line' ? '\n' : piece.tag, from + begun);
  if (end < 0 || end >= limit) return { at: Math.max(limit, from + begun), done: false };
  return { at: piece.kind === 'line' ? end : end + piece.tag.length, done: true };
}

function passQuote(
  bytes: Buffer,
  from: number,
  limit: number,
  { close, escapes, doubles, start }: Piece & { kind: 'quote' },
) {
  const first = from === start ? from + 1 : from;
  const at = quoteEnd(bytes, first, limit, close, escapes, doubles);
  return at < 0 ? { at: -at, done: false } : { at, done: true };
}

/** Behind the quote that ends a quoted piece; where there is none before `limit`, less than 0: the place to go on at. */
export function quoteEnd(
  bytes: Buffer,
  from: number,
  limit: number,
  close: number,
  escapes: boolean,
  doubles: boolean,
): number {
  let at = from;
  while (at < limit) {
    const byte = bytes[at]!;
    if (byte === close) {
      if (!doubles || bytes[at + 1] !== close) return at + 1;
      at += 2;
    } else at += byte === BACKSLASH && escapes ? 2 : 1;
  }
  return -at;
}

function passBlock(
  bytes: Buffer,
  from: number,
  limit: number,
  piece: Piece & { kind: 'block' },
): { at: number; done: boolean } {
  let at = from === piece.start ? from + 2 : from;
  while (at < limit) {
    if (bytes[at] === STAR && bytes[at + 1] === SLASH) {
      at += 2;
      piece.depth -= 1;
      if (piece.depth === 0) return { at, done: true };
    } else if (piece.nests && bytes[at] === SLASH && bytes[at + 1] === STAR) {
      at += 2;
      piece.depth += 1;
    } else at += 1;
  }
  return { at, done: false };
}

const OPENER = /^\/\*M?!(\d{5,6})?/;
/** Versions from here on belong to no server: dumps hide client commands behind them. */
const FAR_VERSION = 999_000;

/** The length of the opener of a comment that MySQL executes; 0 for a plain one. */
export function executableLength(bytes: Buffer, at: number): number {
  const found = OPENER.exec(bytes.toString('latin1', at, at + 12));
  return !found || Number(found[1] ?? 0) >= FAR_VERSION ? 0 : found[0].length;
}

/** Whether the two dashes at `at` begin a comment: in MySQL, with white space after them or first on their line. */
export function isDashComment(bytes: Buffer, at: number, dialect: Dialect): boolean {
  if (bytes[at + 1] !== 0x2d) return false;
  if (dialect !== 'mysql' || at + 2 >= bytes.length || isBlank(bytes[at + 2])) return true;
  let before = at - 1;
  while (before >= 0 && bytes[before] !== 0x0a && isBlank(bytes[before])) before -= 1;
  return before < 0 || bytes[before] === 0x0a;
}

/** `#__` before a letter stands for a prefix of table names. */
export function isHashComment(bytes: Buffer, at: number): boolean {
  return !(bytes[at + 1] === 0x5f && bytes[at + 2] === 0x5f && isWordStart(bytes[at + 3] ?? 0));
}

/** Whether `e` or `E` at `at` is the prefix of a string, and no end of a word. */
export function isEscapePrefix(bytes: Buffer, at: number): boolean {
  return bytes[at + 1] === 0x27 && (at === 0 || !isWordPart(bytes[at - 1]!));
}
