import type { Dialect } from '../model.js';
import { betweenStatements } from './begin-statement.js';
import { endStatement } from './end-statement.js';
import { inStatement } from './in-statement.js';
import type { KeptText } from './kept-text.js';
import { passCopy } from './pass-copy.js';
import { passRows } from './pass-rows.js';
import { passPiece } from './pieces.js';
import { countRows, createScan, keepRead, skipRead, type Scan } from './scan.js';

/** So many bytes can be looked at ahead; longer than names, tags and the lines of clients. */
const AHEAD = 4096;
/** What is looked at before a place: whether a word goes on, whether a line begins. */
const BEHIND = 64;
/** So often is a quote that never ends taken for a slip. */
const MOST_SLIPS = 50;

export type RowReader = {
  push(chunk: Uint8Array): void;
  /** The rows that were left out by table; `unclosed` is what began and never ended, for a person. */
  end(): { leftOut: ReadonlyMap<string, number>; unclosed: string | undefined };
};

/**
 * Reads a script as it streams by, in UTF-8, and gives what is not rows to `kept`: rows of COPY and INSERT or REPLACE, large
 * objects and locks are left out. Bodies of routines, triggers and DO stay as they are. Where a quote never ends and the
 * script came in one piece, it goes on behind the next line that ends a statement, as the readers do.
 */
export function readScriptRows(dialect: Dialect, kept: KeptText): RowReader {
  const scan = createScan(dialect, kept);
  let chunks = 0;
  return {
    push: (chunk) => {
      if (chunk.length === 0) return;
      chunks += 1;
      advance(scan, Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    },
    end: () => {
      scan.isLast = true;
      scan.limit = scan.bytes.length;
      run(scan);
      let open = openPiece(scan);
      while (open !== undefined && chunks <= 1 && scan.slips < MOST_SLIPS && recover(scan))
        open = openPiece(scan);
      finish(scan);
      return { leftOut: scan.leftOut, unclosed: open };
    },
  };
}

function advance(scan: Scan, chunk: Buffer): void {
  const start = Math.max(0, Math.min(scan.from, scan.at - BEHIND));
  const rest = scan.bytes.subarray(start);
  scan.bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  scan.at -= start;
  scan.from -= start;
  if (scan.lineStart >= 0) scan.lineStart = Math.max(0, scan.lineStart - start);
  if (scan.piece) scan.piece.start = -1;
  scan.limit = scan.bytes.length - AHEAD;
  run(scan);
  if (scan.limit <= 0) return;
  // Blanks before a statement may belong to its line, which may go with it.
  if (scan.rows || scan.copy) skipRead(scan);
  else keepRead(scan, between(scan) && scan.lineStart >= 0 ? scan.lineStart : scan.at);
}

function between({ piece, statement, rows, copy }: Scan): boolean {
  return !piece && !statement && !rows && !copy;
}

function run(scan: Scan): void {
  while (scan.at < scan.limit) {
    if (scan.piece) {
      const { at, done } = passPiece(scan.bytes, scan.at, scan.limit, scan.piece);
      scan.at = Math.min(at, scan.bytes.length);
      if (done) scan.piece = undefined;
    } else if (scan.copy) passCopy(scan, scan.copy);
    else if (scan.rows) passRows(scan, scan.rows);
    else if (scan.statement) inStatement(scan, scan.statement);
    else betweenStatements(scan);
  }
}

function openPiece({ piece, copy }: Scan): string | undefined {
  if (copy && copy.rows >= 0) return `the rows of COPY ${copy.name}`;
  if (piece === undefined || piece.kind === 'line') return undefined;
  return piece.kind === 'block' ? 'a comment' : 'a quoted piece';
}

const STATEMENT_END = /;[ \t]*\r?$/gm;

/** Goes on behind a quote that never ends. */
function recover(scan: Scan): boolean {
  const { piece, bytes, copy } = scan;
  scan.slips += 1;
  if (copy) return recoverCopy(scan, copy.start);
  if (piece === undefined || piece.start < 0) return false;
  const text = bytes.toString('latin1');
  STATEMENT_END.lastIndex = piece.start;
  const end = STATEMENT_END.exec(text)?.index;
  if (end === undefined) return false;
  scan.piece = undefined;
  scan.at = end;
  run(scan);
  return true;
}

/** A script in which no rows follow COPY: what would be rows holds statements. */
function recoverCopy(scan: Scan, start: number): boolean {
  const text = scan.bytes.toString('latin1', start);
  if (!/^\s*(?:create|alter)\s/im.test(text)) return false;
  scan.copy = undefined;
  scan.at = start;
  scan.from = start;
  run(scan);
  return true;
}

/** The last statement needs no semicolon. */
function finish(scan: Scan): void {
  scan.at = scan.bytes.length;
  if (scan.rows) {
    skipRead(scan);
    countRows(scan, scan.rows.name, scan.rows.rows);
  } else if (scan.copy) {
    skipRead(scan);
    countRows(scan, scan.copy.name, Math.max(0, scan.copy.rows));
  } else if (scan.statement && !scan.piece) endStatement(scan, scan.bytes.length);
  keepRead(scan);
}
