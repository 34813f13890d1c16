import type { Dialect } from '../model.js';
import { byteClasses } from './byte-classes.js';
import type { KeptText } from './kept-text.js';
import type { Piece, Rules } from './pieces.js';

/** What is known of the statement at hand. */
export type StatementFacts = {
  /** Its first words in lower case, a blank before each and one behind. */
  words: string;
  /** BEGIN and CASE that are not ended. */
  blocks: number;
  parentheses: number;
  /** Whether semicolons are parts of it: a body that no quote holds together. */
  isCompound: boolean;
  /** In a trigger of SQLite: whether only blanks came since the last semicolon. */
  isAfterSemicolon: boolean;
  /** The last word was END. */
  isAfterEnd: boolean;
  hasFrom: boolean;
  selects: number;
};

/** Where a scan is: bytes at hand, the piece and the statement that have begun, and what was left out. */
export type Scan = {
  rules: Rules;
  kept: KeptText;
  bytes: Buffer;
  at: number;
  /** Up to here bytes may be looked at with enough of them behind; the end of the bytes once nothing follows. */
  limit: number;
  isLast: boolean;
  /** What lies between here and `at` was neither kept nor passed over so far. */
  from: number;
  /** Where the line begins if only blanks came since, -1 otherwise. */
  lineStart: number;
  piece: Piece | undefined;
  statement: StatementFacts | undefined;
  /** Whether a statement began alone on its line, so that its line goes with it. */
  isAlone: boolean;
  rows: RowsAtHand | undefined;
  copy: CopyAtHand | undefined;
  delimiter: string;
  classes: Uint8Array;
  classesInRows: Uint8Array;
  /** The head of the last rows: the next statement mostly begins the same. */
  last: { head: Buffer; name: string; isCounting: boolean } | undefined;
  slips: number;
  leftOut: Map<string, number>;
};

/** A COPY whose rows are passed over; `start` is where they begin in the bytes at hand. */
export type CopyAtHand = { name: string; start: number; rows: number; isLineStart: boolean };

/** An INSERT whose rows are passed over. */
export type RowsAtHand = { name: string; depth: number; rows: number; isCounting: boolean };

export function createScan(dialect: Dialect, kept: KeptText): Scan {
  return {
    rules: { dialect, escapes: dialect === 'mysql' },
    kept,
    bytes: Buffer.alloc(0),
    ...{ at: 0, limit: 0, isLast: false, from: 0, lineStart: 0 },
    piece: undefined,
    statement: undefined,
    isAlone: false,
    rows: undefined,
    copy: undefined,
    delimiter: ';',
    classes: byteClasses(dialect, false),
    classesInRows: byteClasses(dialect, true),
    last: undefined,
    slips: 0,
    leftOut: new Map(),
  };
}

export function setDelimiter(scan: Scan, delimiter: string): void {
  const { dialect } = scan.rules;
  scan.delimiter = delimiter;
  scan.classes = byteClasses(dialect, false, delimiter);
  scan.classesInRows = byteClasses(dialect, true, delimiter);
}

/** Names that are told apart; what lies beyond is counted together. */
const MOST_NAMES = 10_000;

export function countRows(scan: Scan, name: string, rows: number): void {
  if (rows === 0) return;
  const { leftOut } = scan;
  const key = leftOut.has(name) || leftOut.size < MOST_NAMES ? name : 'other tables';
  leftOut.set(key, (leftOut.get(key) ?? 0) + rows);
}

/** Gives what was read since to what is kept. */
export function keepRead(scan: Scan, to = scan.at): void {
  if (to > scan.from) scan.kept.add(scan.bytes.subarray(scan.from, to));
  scan.from = Math.max(scan.from, to);
}

/** Passes over what was read since. */
export function skipRead(scan: Scan): void {
  if (scan.at > scan.from) scan.kept.skip(scan.bytes.subarray(scan.from, scan.at));
  scan.from = scan.at;
}

/** After a statement that is left out: moves over the rest of its line where nothing stands there. */
export function passLineEnd(scan: Scan): void {
  const { bytes } = scan;
  let at = scan.at;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1;
  if (bytes[at] === 0x0d) at += 1;
  if (at < bytes.length && bytes[at] !== 0x0a) return;
  scan.at = Math.min(at + 1, bytes.length);
}
