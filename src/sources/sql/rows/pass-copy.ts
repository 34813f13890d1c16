import { isBlank } from './byte-classes.js';
import { countRows, skipRead, type CopyAtHand, type Scan } from './scan.js';

const LINE_END = 0x0a;

/** Passes over the rows of COPY, line by line, up to the line `\.` that ends them. */
export function passCopy(scan: Scan, copy: CopyAtHand): void {
  const { bytes, limit, isLast } = scan;
  let { rows, isLineStart } = copy;
  let at = scan.at;
  while (at < limit) {
    const found = bytes.indexOf(LINE_END, at);
    if (found < 0 && !isLast) {
      // A line longer than what is at hand: no end of the rows, which would be found whole.
      at = limit;
      isLineStart = false;
      break;
    }
    const end = found < 0 ? bytes.length : found;
    const isEnd = isLineStart && isEndLine(bytes, at, end);
    at = found < 0 ? bytes.length : found + 1;
    isLineStart = true;
    if (isEnd) {
      scan.at = at;
      skipRead(scan);
      countRows(scan, copy.name, rows);
      scan.copy = undefined;
      scan.lineStart = at;
      return;
    }
    rows += 1;
  }
  scan.at = at;
  skipRead(scan);
  Object.assign(copy, { rows, isLineStart });
}

function isEndLine(bytes: Buffer, start: number, end: number): boolean {
  if (bytes[start] !== 0x5c || bytes[start + 1] !== 0x2e) return false;
  for (let at = start + 2; at < end; at += 1) if (!isBlank(bytes[at])) return false;
  return true;
}
