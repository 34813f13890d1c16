/** One statement as it stands in its file: from its first word to before its semicolon, comments before it left out. */
export type Statement = {
  text: string;
  /** Of its first character: `offset` counts UTF-16 units from 0, lines and columns from 1. */
  offset: number;
  line: number;
  column: number;
};

/** psql's commands that bring in or leave for something else: what they name is not read. */
export type MetaCommand = { text: string; line: number; column: number };

const SPACE = /\s+/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const PLAIN = /[^'"$\-/;\\()A-Za-z_\u0080-\uffff]+/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const ROUTINE = /^ create {2}(?:or {2}replace {2})?(?:function|procedure) /;
const RULE = /^ create {2}(?:or {2}replace {2})?rule /;
const COMMENT_EDGE = /\/\*|\*\//g;
const COPY_FROM_STDIN = /^copy\b[\s\S]*\bfrom\s+stdin\b/i;
const COPY_END = /^\\\.[ \t]*$/gm;
/** So often is a quote that never ends taken for a slip; every time costs a search to the end of the text. */
const MOST_SLIPS = 50;

type Scan = {
  text: string;
  at: number;
  slips: number;
  statements: Statement[];
  metaCommands: MetaCommand[];
  place: (offset: number) => { line: number; column: number };
};

/**
 * Splits what psql would read into statements (PostgreSQL, "Lexical Structure"): dollar quotes, nested comments, E'' strings,
 * BEGIN ATOMIC bodies, the data of COPY … FROM stdin (left out) and psql's own commands (given apart). A quote or comment that
 * never ends costs its own statement only.
 */
export function splitStatements(text: string): {
  statements: Statement[];
  metaCommands: MetaCommand[];
} {
  const scan: Scan = {
    text,
    at: text.startsWith('\ufeff') ? 1 : 0,
    slips: 0,
    statements: [],
    metaCommands: [],
    place: counter(text),
  };
  while (scan.at < text.length) readStatement(scan);
  return { statements: scan.statements, metaCommands: scan.metaCommands };
}

function readStatement(scan: Scan): void {
  const { text } = scan;
  let start = -1;
  let words = '';
  let blocks = 0;
  let parentheses = 0;
  const end = (): void => {
    if (start < 0) return;
    const body = text.slice(start, scan.at).trimEnd();
    scan.statements.push({ text: body, offset: start, ...scan.place(start) });
  };

  while (scan.at < text.length) {
    const here = scan.at;
    const char = text[here];
    const space = start < 0 ? matchAt(SPACE, text, here) : undefined;
    if (space !== undefined) {
      scan.at = here + space.length;
      continue;
    }
    if (char === '-' && text[here + 1] === '-') {
      scan.at = endOfLine(text, here);
      continue;
    }
    if (char === '/' && text[here + 1] === '*') {
      scan.at = afterComment(scan, here);
      continue;
    }
    if (char === '\\') {
      const stops = readMetaCommand(scan, start >= 0, end);
      if (stops) return;
      continue;
    }
    if (char === ';') {
      const inside = blocks > 0 || (parentheses > 0 && RULE.test(words));
      if (!inside) {
        end();
        scan.at = here + 1;
        if (start >= 0 && COPY_FROM_STDIN.test(text.slice(start, here))) skipCopyData(scan);
        return;
      }
    }
    if (start < 0 && char !== ';') start = here;
    const word = matchAt(WORD, text, here);
    if (word !== undefined) {
      const lower = word.length < 12 ? word.toLowerCase() : '';
      if (words.length < 60) words += ` ${lower} `;
      blocks += blockStep(words, lower, blocks);
      scan.at = here + word.length;
      if (lower === 'e' && text[scan.at] === "'") scan.at = afterQuote(scan, scan.at, true);
      continue;
    }
    const plain = matchAt(PLAIN, text, here);
    if (plain !== undefined) {
      scan.at = here + plain.length;
      continue;
    }
    if (char === "'" || char === '"') scan.at = afterQuote(scan, here, false);
    else if (char === '$') scan.at = afterDollarQuote(scan, here);
    else {
      if (char === '(') parentheses++;
      if (char === ')') parentheses--;
      scan.at = here + 1;
    }
  }
  end();
}

/** Bodies that are not quoted hold semicolons: BEGIN ATOMIC … END of a function or procedure, with CASE … END inside. */
function blockStep(words: string, word: string, blocks: number): number {
  if (word === 'end') return blocks > 0 ? -1 : 0;
  if (word === 'case') return blocks > 0 ? 1 : 0;
  if (word !== 'begin') return 0;
  return ROUTINE.test(words) ? 1 : 0;
}

/** Whether the command ended the statement before it, as \g and \gexec do. */
function readMetaCommand(scan: Scan, inStatement: boolean, end: () => void): boolean {
  const { text, at } = scan;
  const stop = endOfLine(text, at);
  const command = text.slice(at, stop).trim();
  if (inStatement && /^\\;/.test(command)) {
    end();
    scan.at = at + 2;
    return true;
  }
  const sends = inStatement && /^\\g/.test(command);
  if (sends) end();
  else scan.metaCommands.push({ text: command, ...scan.place(at) });
  scan.at = stop;
  return sends;
}

function afterQuote(scan: Scan, open: number, escapes: boolean): number {
  const { text } = scan;
  const quote = text[open] ?? '';
  for (let at = open + 1; ; at++) {
    at = escapes ? nextOf(text, quote, '\\', at) : text.indexOf(quote, at);
    if (at < 0) return afterSlip(scan, open);
    if (text[at] === '\\') at++;
    else if (text[at + 1] === quote) at++;
    else return at + 1;
  }
}

function afterDollarQuote(scan: Scan, open: number): number {
  const tag = matchAt(DOLLAR, scan.text, open);
  if (tag === undefined) return open + 1;
  const close = scan.text.indexOf(tag, open + tag.length);
  return close < 0 ? afterSlip(scan, open) : close + tag.length;
}

function afterComment(scan: Scan, open: number): number {
  COMMENT_EDGE.lastIndex = open;
  let depth = 0;
  for (let edge = COMMENT_EDGE.exec(scan.text); edge; edge = COMMENT_EDGE.exec(scan.text)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return COMMENT_EDGE.lastIndex;
  }
  return afterSlip(scan, open);
}

/** Where to go on after a quote without an end: the semicolon at the end of its line or of a later one. */
function afterSlip(scan: Scan, open: number): number {
  scan.slips++;
  if (scan.slips > MOST_SLIPS) return scan.text.length;
  const stop = /;[ \t]*\r?$/gm;
  stop.lastIndex = open;
  return stop.exec(scan.text)?.index ?? scan.text.length;
}

function skipCopyData(scan: Scan): void {
  COPY_END.lastIndex = scan.at;
  const found = COPY_END.exec(scan.text);
  if (found) scan.at = COPY_END.lastIndex;
}

function nextOf(text: string, a: string, b: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === a || text[at] === b) return at;
  return -1;
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Gives line and column of offsets that only grow. */
function counter(text: string): (offset: number) => { line: number; column: number } {
  let line = 1;
  let lineStart = text.startsWith('\ufeff') ? 1 : 0;
  return (offset) => {
    for (let next = text.indexOf('\n', lineStart); next >= 0 && next < offset;) {
      line++;
      lineStart = next + 1;
      next = text.indexOf('\n', lineStart);
    }
    return { line, column: offset - lineStart + 1 };
  };
}
