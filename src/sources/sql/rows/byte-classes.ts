import type { Dialect } from '../model.js';

/** What a byte may begin. All of them are ASCII, which no character of several bytes contains in UTF-8. */
export const PLAIN = 0;
export const WORD = 1;
export const QUOTE = 2;
export const DASH = 3;
export const SLASH = 4;
export const HASH = 5;
export const DOLLAR = 6;
export const OPEN = 7;
export const CLOSE = 8;
export const END = 9;
export const BACKSLASH = 10;
/** In rows: the prefix of a string with escapes. */
export const ESCAPE = 11;
/** The first byte of a delimiter that a script chose, where it may begin nothing else. */
export const DELIMITER = 12;

const SYMBOLS: Record<string, number> = {
  "'": QUOTE,
  '"': QUOTE,
  '-': DASH,
  '/': SLASH,
  '(': OPEN,
  ')': CLOSE,
  ';': END,
};

const OF_DIALECT: Record<Dialect, Record<string, number>> = {
  postgres: { $: DOLLAR, '\\': BACKSLASH },
  mysql: { '`': QUOTE, '#': HASH },
  sqlite: { '`': QUOTE, '[': QUOTE },
};

/** Byte → class. `inRows`: inside the brackets of a row, where words say nothing. */
export function byteClasses(dialect: Dialect, inRows: boolean, delimiter = ';'): Uint8Array {
  const classes = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte += 1) if (isWordStart(byte) && !inRows) classes[byte] = WORD;
  for (const [symbol, kind] of Object.entries({ ...SYMBOLS, ...OF_DIALECT[dialect] }))
    classes[symbol.charCodeAt(0)] = kind;
  if (inRows && dialect === 'postgres') for (const byte of [0x45, 0x65]) classes[byte] = ESCAPE;
  const first = delimiter.charCodeAt(0) & 0xff;
  if (classes[first] === PLAIN) classes[first] = DELIMITER;
  return classes;
}

export function isWordStart(byte: number): boolean {
  return byte >= 0x80 || byte === 0x5f || isLetter(byte);
}

export function isWordPart(byte: number): boolean {
  return isWordStart(byte) || byte === 0x24 || (byte >= 0x30 && byte <= 0x39);
}

function isLetter(byte: number): boolean {
  return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
}

/** Nothing but control characters and blanks: what every dialect passes over. */
export function isBlank(byte: number | undefined): boolean {
  return byte !== undefined && byte <= 0x20;
}
