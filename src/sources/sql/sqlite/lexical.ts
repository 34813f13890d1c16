import type { Token } from '../token.js';

/** The offset after white space and comments. */
export function skipBlank(text: string, start: number): number {
  let at = start;
  for (;;) {
    while (at < text.length && (text[at]! <= ' ' || text[at] === '\ufeff')) at += 1;
    if (text.startsWith('--', at) || text.startsWith('/*', at)) at = skipPiece(text, at);
    else return at;
  }
}

/**
 * The offset after the quoted piece or the comment that begins at `start`. Where it is never closed, the end of the text for a
 * comment and one behind it for a quote.
 */
export function skipPiece(text: string, start: number): number {
  const first = text[start];
  if (first === '-') return skipLine(text, start);
  if (first === '/') return after(text, '*/', start + 2) ?? text.length;
  if (first === '[') return after(text, ']', start + 1) ?? text.length + 1;
  const quote = first!;
  let at = start + 1;
  for (;;) {
    const end = text.indexOf(quote, at);
    if (end === -1) return text.length + 1;
    if (text[end + 1] !== quote) return end + 1;
    at = end + 2;
  }
}

export function skipLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function after(text: string, what: string, from: number): number | undefined {
  const end = text.indexOf(what, from);
  return end === -1 ? undefined : end + what.length;
}

const WORD = /[\w$\u0080-\uffff]+/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w$\u0080-\uffff])/iy;

/** The tokens of a text; comments are nothing. Backslashes mean nothing in SQLite's strings. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = skipBlank(text, 0); at < text.length; at = skipBlank(text, at)) {
    const token = next(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function next(text: string, start: number): Token {
  const first = text[start]!;
  if (first === "'" || first === '"' || first === '`' || first === '[') {
    const end = skipPiece(text, start);
    const inner = text.slice(start + 1, end - 1);
    const value = first === '[' ? inner : inner.replaceAll(first + first, first);
    const kind = first === "'" ? 'string' : 'name';
    return { kind, text: value, key: '', start, end };
  }
  NUMBER.lastIndex = start;
  const number = NUMBER.exec(text)?.[0];
  if (number !== undefined)
    return { kind: 'number', text: number, key: '', start, end: start + number.length };
  WORD.lastIndex = start;
  const word = WORD.exec(text)?.[0];
  if (word !== undefined)
    return { kind: 'word', text: word, key: word.toUpperCase(), start, end: start + word.length };
  return { kind: 'symbol', text: first, key: first, start, end: start + 1 };
}
