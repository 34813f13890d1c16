import {
  executableOpener,
  isDashComment,
  placeholderAt,
  skipComment,
  skipLine,
  skipQuoted,
} from './lexical.js';

/** A statement's place in its file: offsets of its first character and after its last, the delimiter left out. */
export type Statement = {
  start: number;
  end: number;
  /** Where a quote begins that is never closed: nothing behind it is sure. */
  unclosed?: number;
};

const MOST_RESTARTS = 100;
const COMMAND = /(?:delimiter|source|use|\\\.)(?=\s|$)/iy;
const COMPOUND =
  /^(?:\s|\/\*M?!\d*|\*\/)*CREATE\b(?:(?!\bTABLE\b|\bVIEW\b)[^;(])*?\b(?:PROCEDURE|FUNCTION|TRIGGER|EVENT|PACKAGE)\b/i;

/**
 * The statements of a MySQL script, as its command-line client takes them: `DELIMITER` is obeyed, quotes and comments are
 * skipped, `source` and `\.` end with their line. Bodies of routines stay whole where a file forgot the DELIMITER.
 */
export function* splitStatements(text: string): Generator<Statement> {
  let delimiter = ';';
  let at = 0;
  let restarts = 0;
  for (;;) {
    at = skipBlank(text, at);
    if (at >= text.length) return;
    if (text.startsWith(delimiter, at)) {
      at += delimiter.length;
      continue;
    }
    const command = clientCommand(text, at);
    if (command?.word === 'DELIMITER') {
      delimiter = command.rest.split(/\s/)[0] || delimiter;
      at = command.end;
      continue;
    }
    if (command) {
      yield { start: at, end: command.end };
      at = command.end;
      continue;
    }
    const { end, unclosed } = statementEnd(text, at, delimiter);
    const first = unclosed === undefined ? firstOfSeveral(text, at, end, delimiter) : undefined;
    if (first !== undefined) {
      yield { start: at, end: first };
      at = first + 1;
      continue;
    }
    if (unclosed === undefined) {
      yield { start: at, end };
      at = end + delimiter.length;
      continue;
    }
    // One stray quote must not cost the rest of the file: on behind the next line that ends a statement.
    restarts += 1;
    const next = restarts > MOST_RESTARTS ? -1 : text.indexOf(`${delimiter}\n`, unclosed);
    const until = next === -1 ? text.length : next;
    yield { start: at, end: until, unclosed };
    at = until + delimiter.length;
  }
}

/** Under another delimiter the client sends `DROP …; CREATE …` at once, and the server takes them one by one: where the first ends. */
function firstOfSeveral(
  text: string,
  start: number,
  until: number,
  delimiter: string,
): number | undefined {
  if (delimiter === ';' || COMPOUND.test(text.slice(start, start + 500))) return undefined;
  const { end, unclosed } = statementEnd(text, start, ';');
  return unclosed === undefined && end < until ? end : undefined;
}

/** `DELIMITER` always ends with its line; `source`, `\.` and `use` do where no delimiter stands on it. */
function clientCommand(
  text: string,
  at: number,
): { word: string; rest: string; end: number } | undefined {
  COMMAND.lastIndex = at;
  const word = COMMAND.exec(text)?.[0].toUpperCase();
  if (word === undefined) return undefined;
  const end = skipLine(text, at);
  const rest = text.slice(at + word.length, end).trim();
  if (word !== 'DELIMITER' && (rest === '' || rest.includes(';'))) return undefined;
  return { word, rest, end };
}

function skipBlank(text: string, start: number): number {
  let at = start;
  for (;;) {
    while (at < text.length && text[at]! <= ' ') at += 1;
    const first = text[at];
    if (first === '\ufeff') at += 1;
    else if (first === '#' && placeholderAt(text, at) === undefined) at = skipLine(text, at);
    else if (first === '-' && text[at + 1] === '-' && isDashComment(text, at))
      at = skipLine(text, at);
    else if (first === '/' && text[at + 1] === '*' && executableOpener(text, at) === 0)
      at = skipComment(text, at);
    else return at;
  }
}

type End = { end: number; unclosed?: number };

function statementEnd(text: string, start: number, delimiter: string): End {
  const isCompound = delimiter === ';' && COMPOUND.test(text.slice(start, start + 500));
  const stop = new RegExp(
    `['"\`#]|--|/\\*|${escapeRegExp(delimiter)}${isCompound ? '|\\b(?:BEGIN|CASE|END)\\b' : ''}`,
    'gi',
  );
  let at = start;
  let depth = 0;
  for (;;) {
    stop.lastIndex = at;
    const found = stop.exec(text);
    if (!found) return { end: text.length };
    at = found.index;
    const what = found[0];
    if (what.toUpperCase() === delimiter.toUpperCase()) {
      if (depth === 0) return { end: at };
      at += 1;
    } else if (what === "'" || what === '"' || what === '`') {
      const end = skipQuoted(text, at);
      if (end > text.length) return { end: text.length, unclosed: at };
      at = end;
    } else if (what === '#') at = placeholderAt(text, at) ? at + 1 : skipLine(text, at);
    else if (what === '--') at = isDashComment(text, at) ? skipLine(text, at) : at + 2;
    else if (what === '/*') {
      const opener = executableOpener(text, at);
      at = opener > 0 ? at + opener : skipComment(text, at);
    } else {
      at += what.length;
      depth = Math.max(0, depth + step(text, at, what.toUpperCase()));
    }
  }
}

/** `END IF` and its like close what is not counted, because IF and REPEAT are functions too. */
function step(text: string, after: number, word: string): number {
  if (word !== 'END') return isEndCase(text, after - 4) ? 0 : 1;
  return /^\s+(?:IF|LOOP|WHILE|REPEAT|FOR)\b/i.test(text.slice(after, after + 20)) ? 0 : -1;
}

function isEndCase(text: string, at: number): boolean {
  return /\bEND\s+$/i.test(text.slice(Math.max(0, at - 20), at));
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
