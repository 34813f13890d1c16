import { isBlank, isWordPart } from './byte-classes.js';
import { otherPiece } from './pass-rows.js';
import { executableLength, isHashComment } from './pieces.js';
import { keepRead, setDelimiter, type Scan, type StatementFacts } from './scan.js';

const COMMAND = /^(delimiter|source|use|\\\.)(?=\s|$)/i;
/** More blanks than these before a statement stay where they are. */
const MOST_INDENT = 1024;
/** `\copy … from stdin` of psql takes its rows from the script. */
const INLINE_COPY = /^\\copy\s+([^\s(]+)[^\n]*\sfrom\s+p?stdin\b/i;

/** Moves over blanks, comments and commands of clients to the next statement, and begins that. */
export function betweenStatements(scan: Scan): void {
  const { bytes, limit } = scan;
  while (scan.at < limit) {
    const byte = bytes[scan.at]!;
    if (byte === 0x0a) scan.lineStart = scan.at + 1;
    if (isBlank(byte)) {
      if (scan.at - scan.lineStart > MOST_INDENT) scan.lineStart = -1;
      scan.at += 1;
    } else if (isEmptyStatement(scan)) {
      scan.lineStart = -1;
    } else {
      if (!beginPiece(scan)) beginStatement(scan);
      return;
    }
  }
}

function isEmptyStatement(scan: Scan): boolean {
  if (scan.bytes[scan.at] !== 0x3b) return false;
  scan.at += 1;
  return true;
}

/** A comment, or a command of a client that ends with its line. */
function beginPiece(scan: Scan): boolean {
  const { bytes, at, classes } = scan;
  const { dialect } = scan.rules;
  const byte = bytes[at]!;
  const isCommand =
    (byte === 0x5c && dialect === 'postgres') || (byte === 0x2e && dialect === 'sqlite');
  // Marks of migrations begin like this where it is no comment, too.
  const isHash = byte === 0x23 && (dialect !== 'mysql' || isHashComment(bytes, at));
  const piece =
    isCommand || isHash || obeyClient(scan)
      ? { kind: 'line' as const, start: at }
      : otherPiece(scan, at, classes[byte]!);
  if (piece === undefined || piece.kind === 'dollar') return false;
  const inline = isCommand && INLINE_COPY.exec(bytes.toString('utf8', at, lineEnd(bytes, at)));
  if (inline) beginCopy(scan, inline[1]!);
  else scan.piece = piece;
  scan.lineStart = -1;
  return true;
}

/** From here on lines are rows, but for the rest of this one. */
export function beginCopy(scan: Scan, name: string): void {
  keepRead(scan);
  scan.copy = { name: plainName(name), start: scan.at, rows: -1, isLineStart: false };
}

/** `DELIMITER` always ends with its line; `source`, `\.` and `use` do where no delimiter stands on it. */
function obeyClient(scan: Scan): boolean {
  if (scan.rules.dialect !== 'mysql') return false;
  const { bytes, at } = scan;
  const word = COMMAND.exec(bytes.toString('latin1', at, at + 12))?.[1]?.toUpperCase();
  if (word === undefined) return false;
  const rest = bytes.toString('latin1', at + word.length, lineEnd(bytes, at)).trim();
  if (word !== 'DELIMITER') return rest !== '' && !rest.includes(';');
  setDelimiter(scan, rest.split(/\s/)[0] || scan.delimiter);
  return true;
}

function lineEnd(bytes: Buffer, at: number): number {
  const end = bytes.indexOf('\n', at);
  return end < 0 ? bytes.length : end;
}

function beginStatement(scan: Scan): void {
  const { bytes, at, last, kept, lineStart } = scan;
  scan.isAlone = lineStart >= 0;
  keepRead(scan, scan.isAlone ? lineStart : at);
  kept.mark();
  scan.lineStart = -1;
  if (last && startsWith(bytes, at, last.head)) {
    scan.rows = rowsOf(last);
    scan.at = at + last.head.length;
    return;
  }
  scan.statement = newStatement();
  if (scan.rules.dialect === 'mysql') scan.at += executableLength(bytes, at);
}

function startsWith(bytes: Buffer, at: number, head: Buffer): boolean {
  const end = at + head.length;
  if (end >= bytes.length || isWordPart(bytes[end]!)) return false;
  return bytes.compare(head, 0, head.length, at, end) === 0;
}

export function rowsOf({ name, isCounting }: { name: string; isCounting: boolean }) {
  return { name, depth: 0, rows: isCounting ? 0 : 1, isCounting };
}

function newStatement(): StatementFacts {
  return {
    ...{ words: ' ', blocks: 0, parentheses: 0, hasFrom: false, selects: 0 },
    ...{ isCompound: false, isAfterSemicolon: false, isAfterEnd: false },
  };
}

/** A name as it is told: without the quotes of its parts, and without line ends. */
export function plainName(written: string): string {
  return written
    .replace(/\s*\.\s*/g, '.')
    .replace(/[`"[\]]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 130);
}
