import { UserInputError } from '../calls/user-input-error.js';
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
  const most = maxChars - FRAME_CHARS - JSON.stringify(notes).length - withoutCursor.length;
  let shown = rows;
  let text = JSON.stringify(rows);
  let next = result.truncated ? cursorAfter?.(rows.length - 1) : undefined;
  // A cursor takes room as well.
  if (text.length - 1 + (next?.length ?? 0) > most) {
    ({ shown, text, next } = firstRows(result, most));
    if (shown.length === 0 && rows[0] !== undefined) throw tooLong(rows[0], maxChars);
  }
  const truncated = result.truncated || shown.length < rows.length;
  if (truncated && next === undefined) notes.push(withoutCursor);
  const rest = {
    truncated,
    ...(next !== undefined && { next_cursor: next }),
    ...(notes.length > 0 && { notes }),
  };
  return {
    data: { rows: shown, ...rest },
    text: `{"rows":${text},${JSON.stringify(rest).slice(1)}`,
  };
}

/** As many as fit together with the cursor to the next one. */
function firstRows(
  { rows, cursorAfter }: RowsToFit,
  most: number,
): { shown: RowsToFit['rows']; text: string; next: string | undefined } {
  const texts: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (length + text.length + 1 > most) break;
    length += text.length + 1;
    texts.push(text);
  }
  let next = cursorAfter?.(texts.length - 1);
  while (length + (next?.length ?? 0) > most && texts.length > 0) {
    length -= (texts.pop()?.length ?? 0) + 1;
    next = cursorAfter?.(texts.length - 1);
  }
  return { shown: rows.slice(0, texts.length), text: `[${texts.join(',')}]`, next };
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
