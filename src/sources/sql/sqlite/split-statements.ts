import { skipBlank, skipLine, skipPiece } from './lexical.js';

/** A statement's place in its file: offsets of its first character and after its last, without the semicolon. */
export type Statement = {
  start: number;
  end: number;
  /** Where a quote begins that is never closed: nothing behind it is sure. */
  unclosed?: number;
};

const MOST_RESTARTS = 100;

const TRIGGER = /^CREATE\s+(?:TEMP\s+|TEMPORARY\s+)?TRIGGER\b/i;

/**
 * The statements of an SQLite script. A trigger ends at the `END` behind a semicolon, as `sqlite3_complete` has it; lines that
 * begin with a dot are commands of the shell and end with their line.
 */
export function* splitStatements(text: string): Generator<Statement> {
  let at = 0;
  let restarts = 0;
  for (;;) {
    at = skipBlank(text, at);
    if (at >= text.length) return;
    if (text[at] === ';') {
      at += 1;
      continue;
    }
    const { end, unclosed } =
      text[at] === '.' ? { end: skipLine(text, at) } : statementEnd(text, at);
    if (unclosed === undefined) {
      yield { start: at, end };
      at = end + 1;
      continue;
    }
    // One stray quote must not cost the rest of the file: on behind the next line that ends a statement.
    restarts += 1;
    const next = restarts > MOST_RESTARTS ? -1 : text.indexOf(';\n', unclosed);
    const until = next === -1 ? text.length : next;
    yield { start: at, end: until, unclosed };
    at = until + 1;
  }
}

function statementEnd(text: string, start: number): { end: number; unclosed?: number } {
  const isTrigger = TRIGGER.test(text.slice(start, start + 60));
  const stop = /['"`[;]|--|\/\*/g;
  let at = start;
  for (;;) {
    stop.lastIndex = at;
    const found = stop.exec(text);
    if (!found) return { end: text.length };
    if (found[0] !== ';') {
      at = skipPiece(text, found.index);
      if (at > text.length) return { end: text.length, unclosed: found.index };
      continue;
    }
    if (!isTrigger) return { end: found.index };
    const next = skipBlank(text, found.index + 1);
    const closing = /^END\s*(?=;|$)/i.exec(text.slice(next, next + 40));
    if (closing) return { end: next + closing[0].length };
    at = found.index + 1;
  }
}
