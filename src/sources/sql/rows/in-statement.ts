import {
  BACKSLASH,
  CLOSE,
  DELIMITER,
  END,
  isBlank,
  OPEN,
  PLAIN,
  QUOTE,
  SLASH,
  WORD,
} from './byte-classes.js';
import { endStatement } from './end-statement.js';
import { isDelimiter, otherPiece, wordEnd } from './pass-rows.js';
import { takeWord } from './statement-words.js';
import { executableLength, quotedPiece } from './pieces.js';
import type { Scan, StatementFacts } from './scan.js';

/** Reads on in a statement up to its end, a quoted piece, rows, or the end of what is at hand. */
export function inStatement(scan: Scan, statement: StatementFacts): void {
  const { bytes, limit, rules, delimiter } = scan;
  const { dialect } = rules;
  while (scan.at < limit) {
    const { at } = scan;
    const kind = scan.classes[bytes[at]!]!;
    if (kind === PLAIN) {
      if (!isBlank(bytes[at])) statement.isAfterSemicolon = false;
      scan.at += 1;
      continue;
    }
    if (kind === END || kind === DELIMITER || delimiter !== ';') {
      const length = endLength(scan, statement, kind);
      if (length !== undefined) {
        endStatement(scan, at + length);
        return;
      }
      if (kind === END) {
        statement.isAfterSemicolon = true;
        scan.at += 1;
        continue;
      }
    }
    const piece = otherPiece(scan, at, kind);
    if (piece) {
      scan.piece = piece;
      return;
    }
    statement.isAfterSemicolon &&= kind === WORD;
    if (kind === WORD) {
      const end = wordEnd(bytes, at);
      const isPrefix = end === at + 1 && (bytes[at]! | 0x20) === 0x65 && bytes[end] === 0x27;
      scan.at = end;
      if (isPrefix && dialect === 'postgres') {
        scan.piece = quotedPiece(bytes, end, rules, true);
        return;
      }
      takeWord(scan, statement, bytes.toString('latin1', at, Math.min(end, at + 64)).toLowerCase());
      statement.isAfterSemicolon = false;
      if (scan.rows || scan.statement === undefined) return;
    } else if (kind === QUOTE) {
      scan.piece = quotedPiece(bytes, at, rules);
      return;
    } else if (kind === BACKSLASH && dialect === 'postgres') {
      if (endsWithCommand(scan)) return;
    } else {
      if (kind === OPEN) statement.parentheses += 1;
      if (kind === CLOSE) statement.parentheses -= 1;
      scan.at += (kind === SLASH && dialect === 'mysql' && executableLength(bytes, at)) || 1;
    }
  }
}

const RULE = /^ create (?:or replace )?rule /;

/** The length of what ends the statement here; undefined where nothing does. */
function endLength(scan: Scan, statement: StatementFacts, kind: number): number | undefined {
  const { at, delimiter } = scan;
  if (delimiter !== ';' && isDelimiter(scan, at)) return delimiter.length;
  if (kind !== END) return undefined;
  // Under another delimiter a server takes what stands between semicolons one by one, but for bodies.
  if (delimiter !== ';') return statement.isCompound ? undefined : 1;
  if (statement.blocks > 0) return undefined;
  const { dialect } = scan.rules;
  if (dialect === 'sqlite') return statement.isCompound ? undefined : 1;
  const isInRule = statement.parentheses > 0 && RULE.test(statement.words);
  return dialect === 'postgres' && isInRule ? undefined : 1;
}

/** Commands of psql in a statement: `\;` and those like `\g` end it, others go to the end of their line. */
function endsWithCommand(scan: Scan): boolean {
  const { bytes, at } = scan;
  const next = bytes[at + 1];
  if (next === 0x3b) {
    endStatement(scan, at + 2);
    return true;
  }
  if (next === 0x67) {
    const end = bytes.indexOf(0x0a, at);
    endStatement(scan, end < 0 ? bytes.length : end);
    return true;
  }
  scan.piece = { kind: 'line', start: at };
  return true;
}
