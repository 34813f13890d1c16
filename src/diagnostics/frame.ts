import type { Located } from './locate.js';
import { maskHidden } from './visible.js';

/** Columns of source text: with the line numbers a frame stays within 100. */
const WIDTH = 90;
const LINES_BEFORE = 2;

/**
 * The marked line with the two before it and carets below, as lines of text. Long lines (minified JSON) are cut around
 * the mark; tabs take one column, so that carets stay below what they mark.
 */
export function codeFrame(text: string, place: Located): string[] {
  const lines = linesAround(text, place.line);
  const marked = lines.at(-1);
  if (marked === undefined) return [];
  const shift = Math.max(0, Math.min(place.mark.column - 21, marked.length - WIDTH));
  const width = String(place.line).length;
  const frame = lines.map((line, index) => {
    const number = place.line - lines.length + 1 + index;
    const isMarked = number === place.line;
    const shown = cut(line, isMarked || lines.every((l) => l.length > WIDTH) ? shift : 0);
    return `${isMarked ? '>' : ' '} ${String(number).padStart(width)} | ${shown}`.trimEnd();
  });
  const start = place.mark.column - shift;
  const length = Math.min(place.mark.endColumn, shift + WIDTH + 1) - place.mark.column;
  const carets = ' '.repeat(Math.max(0, start - 1)) + '^'.repeat(Math.max(1, length));
  return [...frame, `  ${' '.repeat(width)} | ${carets}`];
}

/** The line (counted from 1) and up to two before it, without splitting the whole text. */
function linesAround(text: string, line: number): string[] {
  let at = 0;
  const starts = [0];
  while (starts.length < line) {
    at = text.indexOf('\n', at) + 1;
    if (at === 0) return [];
    starts.push(at);
  }
  return starts.slice(-1 - LINES_BEFORE).map((start) => {
    const end = text.indexOf('\n', start);
    return maskHidden(text.slice(start, end < 0 ? text.length : end).replace(/\r$/, ''));
  });
}

function cut(line: string, from: number): string {
  const piece = line.slice(from, from + WIDTH);
  const start = from > 0 ? `…${piece.slice(1)}` : piece;
  return line.length > from + WIDTH ? `${start.slice(0, -1)}…` : start;
}
