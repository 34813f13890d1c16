import { UserInputError } from '../user-input-error.js';
import type { SqlData } from './sql-call.js';

export type RowsToFit = {
  rows: readonly Record<string, unknown>[];
  /** There are more rows than these. */
  truncated: boolean;
  /** Where the result would go on after that row; undefined where it cannot. */
  cursorAfter?: (index: number) => string | undefined;
  notes: readonly string[];
  /** Said when there are more rows, but no cursor. */
  withoutCursor: string;
};

/** Of brackets, names and the cursor around the rows. */
const FRAME_CHARS = 60;

/** Rows as a result of at most `maxChars`: those at the end that do not fit are left for the next page. */
export function fitRows(result: RowsToFit, maxChars: number): SqlData {
  const { rows, cursorAfter, notes: given, withoutCursor } = result;
  const notes = [...given];
  const texts: string[] = [];
  const cursors = Math.max(0, ...[0, rows.length - 1].map((at) => cursorAfter?.(at)?.length ?? 0));
  let room = maxChars - FRAME_CHARS - cursors - JSON.stringify(notes).length - withoutCursor.length;
  for (const row of rows) {
    const text = JSON.stringify(row);
    room -= text.length + 1;
    if (room < 0) break;
    texts.push(text);
  }
  const shown = rows.slice(0, texts.length);
  const isCut = shown.length < rows.length;
  if (isCut && shown.length === 0) throw tooLong(rows[0] ?? {}, maxChars);
  const truncated = result.truncated || isCut;
  const next = truncated ? cursorAfter?.(shown.length - 1) : undefined;
  if (truncated && next === undefined) notes.push(withoutCursor);
  const rest = {
    truncated,
    ...(next !== undefined && { next_cursor: next }),
    ...(notes.length > 0 && { notes }),
  };
  return {
    data: { rows: shown, ...rest },
    text: `{"rows":[${texts.join(',')}],${JSON.stringify(rest).slice(1)}`,
  };
}

/** One row alone is more than a result may be: says what makes it long. */
export function tooLong(row: Record<string, unknown>, maxChars: number): UserInputError {
  const sizes = Object.entries(row)
    .map(([name, value]) => ({ name, size: JSON.stringify(value)?.length ?? 0 }))
    .sort((a, b) => b.size - a.size)
    .slice(0, 5);
  const longest = sizes.map(({ name, size }) => `${name} (${size})`).join(', ');
  return new UserInputError(
    `One row alone is longer than the ${maxChars} characters that a result may have: ask for less of it with fields. Longest, in characters: ${longest}.`,
  );
}
