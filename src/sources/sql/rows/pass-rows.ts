import { CLOSE, DASH, DOLLAR, END, ESCAPE, HASH, OPEN } from './byte-classes.js';
import { isWordPart, PLAIN, QUOTE, SLASH, WORD } from './byte-classes.js';
import {
  dollarPiece,
  executableLength,
  isDashComment,
  isEscapePrefix,
  isHashComment,
  quotedPiece,
  quoteEnd,
  type Piece,
} from './pieces.js';
import { countRows, passLineEnd, skipRead, type RowsAtHand, type Scan } from './scan.js';

/** Passes over the rows of an INSERT up to its end, a quoted piece, or the end of what is at hand. */
export function passRows(scan: Scan, rows: RowsAtHand): void {
  const { bytes, limit, rules } = scan;
  let at = scan.at;
  let classes = rows.depth > 0 ? scan.classesInRows : scan.classes;
  while (at < limit) {
    const kind = classes[bytes[at]!]!;
    if (kind === PLAIN) {
      at += 1;
      continue;
    }
    if (kind === OPEN) {
      if (rows.depth === 0 && rows.isCounting) rows.rows += 1;
      rows.depth += 1;
      classes = scan.classesInRows;
      at += 1;
      continue;
    }
    if (kind === CLOSE) {
      rows.depth = Math.max(0, rows.depth - 1);
      if (rows.depth === 0) classes = scan.classes;
      at += 1;
      continue;
    }
    if (kind === QUOTE || (kind === ESCAPE && isEscapePrefix(bytes, at))) {
      if (kind === ESCAPE) at += 1;
      const end = plainStringEnd(scan, at, kind === ESCAPE);
      if (end > 0) {
        at = end;
        continue;
      }
      scan.at = at;
      scan.piece = quotedPiece(bytes, at, rules, kind === ESCAPE);
      return;
    }
    const isOwnEnd = scan.delimiter !== ';' && isDelimiter(scan, at);
    if (kind === END || isOwnEnd) {
      scan.at = at + (isOwnEnd ? scan.delimiter.length : 1);
      endRows(scan, rows);
      return;
    }
    const piece = otherPiece(scan, at, kind);
    if (piece) {
      scan.at = at;
      scan.piece = piece;
      return;
    }
    if (kind === WORD) {
      const end = wordEnd(bytes, at);
      const word = bytes.toString('latin1', at, Math.min(end, at + 10)).toUpperCase();
      if (word === 'E' && bytes[end] === 0x27 && rules.dialect === 'postgres') {
        scan.at = end;
        scan.piece = quotedPiece(bytes, end, rules, true);
        return;
      }
      // Behind the rows brackets hold the columns of a conflict and the like.
      if (word !== 'ROW') rows.isCounting = false;
      at = end;
    } else at += 1;
  }
  scan.at = at;
}

/** The end of a string, found without a piece of its own: of most of what rows consist of. 0 where it is not that easy. */
function plainStringEnd({ bytes, limit, rules }: Scan, at: number, isEscape: boolean): number {
  const quote = bytes[at]!;
  if (quote !== 0x27) return 0;
  return Math.max(0, quoteEnd(bytes, at + 1, limit, quote, isEscape || rules.escapes, true));
}

function endRows(scan: Scan, rows: RowsAtHand): void {
  if (scan.isAlone) passLineEnd(scan);
  skipRead(scan);
  countRows(scan, rows.name, rows.rows);
  scan.rows = undefined;
  scan.lineStart = scan.isAlone ? scan.at : -1;
}

/** A comment or a dollar quote; quotes are found faster. */
export function otherPiece(scan: Scan, at: number, kind: number): Piece | undefined {
  const { bytes, rules } = scan;
  const { dialect } = rules;
  if (kind === DOLLAR) return dollarPiece(bytes, at);
  if (kind === DASH)
    return isDashComment(bytes, at, dialect) ? { kind: 'line', start: at } : undefined;
  if (kind === HASH) return isHashComment(bytes, at) ? { kind: 'line', start: at } : undefined;
  if (kind !== SLASH || bytes[at + 1] !== 0x2a) return undefined;
  if (dialect === 'mysql' && executableLength(bytes, at) > 0) return undefined;
  return { kind: 'block', nests: dialect === 'postgres', depth: 1, start: at };
}

/** Whether the delimiter that a script chose stands at a place; one of letters as a word of its own. */
export function isDelimiter({ bytes, delimiter }: Scan, at: number): boolean {
  const found = bytes.toString('latin1', at, at + delimiter.length);
  if (found.toUpperCase() !== delimiter.toUpperCase()) return false;
  if (!/^\w/.test(delimiter)) return true;
  return !isWordPart(bytes[at - 1] ?? 0) && !isWordPart(bytes[at + delimiter.length] ?? 0);
}

export function wordEnd(bytes: Buffer, start: number): number {
  let end = start + 1;
  while (end < bytes.length && isWordPart(bytes[end]!)) end += 1;
  return end;
}
