import type { Dialect } from '../../../src/sources/sql/model.js';
import { keptText } from '../../../src/sources/sql/rows/kept-text.js';
import { readScriptRows } from '../../../src/sources/sql/rows/read-script-rows.js';

/** What is kept of a script that is read whole, or in pieces of a number of bytes. */
export function leave(dialect: Dialect, text: string, size = Infinity) {
  const kept = keptText('x.sql', 10_000_000, true);
  const reader = readScriptRows(dialect, kept);
  const bytes = Buffer.from(text);
  if (size === Infinity) reader.push(bytes);
  else for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  const { leftOut, unclosed } = reader.end();
  return {
    kept: kept.kept().toString(),
    lined: kept.lined().toString(),
    leftOut: Object.fromEntries(leftOut),
    unclosed,
  };
}

/** The same, read whole; throws where pieces of other sizes, far into a text, give something else. */
export function leaveAnyhow(dialect: Dialect, text: string) {
  const whole = leave(dialect, text);
  const front = `-- ${'before '.repeat(1000)}\n`;
  for (const size of [1, 7, 1000]) {
    const pieces = leave(dialect, front + text, size);
    if (pieces.kept !== front + whole.kept || pieces.lined !== front + whole.lined)
      throw new Error(`pieces of ${size} bytes: ${pieces.kept.slice(front.length)}`);
  }
  return whole;
}
