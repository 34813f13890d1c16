import {
  executableOpener,
  isDashComment,
  placeholderAt,
  skipComment,
  skipLine,
  skipQuoted,
} from './lexical.js';
import type { Token } from '../token.js';

const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w$\u0080-\uffff])/iy;
const WORD = /[\w$\u0080-\uffff]+/y;

/** The tokens of `text` between two offsets. Comments that servers execute are code, all others are nothing. */
export function tokenize(text: string, start: number, end: number): Token[] {
  const tokens: Token[] = [];
  let at = start;
  while (at < end) {
    const first = text[at]!;
    if (first <= ' ') at += 1;
    else if (first === '*' && text[at + 1] === '/') at += 2;
    else if (first === '-' && text[at + 1] === '-' && isDashComment(text, at))
      at = skipLine(text, at);
    else if (first === '/' && text[at + 1] === '*')
      at = executableOpener(text, at) > 0 ? at + executableOpener(text, at) : skipComment(text, at);
    else {
      const placeholder = placeholderAt(text, at);
      if (placeholder === undefined && first === '#') {
        at = skipLine(text, at);
        continue;
      }
      const token = placeholder === undefined ? plain(text, at) : prefixed(text, at, placeholder);
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function plain(text: string, at: number): Token {
  const first = text[at]!;
  if (first === '`') return quotedName(text, at);
  if (first === "'" || first === '"') return string(text, at);
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text)?.[0];
  if (number !== undefined)
    return { kind: 'number', text: number, key: '', start: at, end: at + number.length };
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  if (word !== undefined)
    return { kind: 'word', text: word, key: word.toUpperCase(), start: at, end: at + word.length };
  return { kind: 'symbol', text: first, key: first, start: at, end: at + 1 };
}

/** A placeholder and the name after it; alone, it may hold the name itself: `{$wpdb->posts}`. */
function prefixed(text: string, start: number, placeholder: string): Token {
  const at = start + placeholder.length;
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  const name = word ?? /(\w+)\W*$/.exec(placeholder)?.[1] ?? placeholder;
  const end = at + (word?.length ?? 0);
  return { kind: 'name', text: name, key: '', start, end, placeholder };
}

function quotedName(text: string, start: number): Token {
  const end = skipQuoted(text, start);
  const inner = text.slice(start + 1, end - 1).replaceAll('``', '`');
  const placeholder = placeholderAt(inner, 0);
  if (placeholder === undefined || placeholder.length === inner.length)
    return { kind: 'name', text: inner, key: '', start, end };
  return { kind: 'name', text: inner.slice(placeholder.length), key: '', start, end, placeholder };
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  '0': '\0',
  Z: '\x1a',
};

function string(text: string, start: number): Token {
  const end = skipQuoted(text, start);
  const quote = text[start]!;
  const raw = text.slice(start + 1, end - 1);
  const value = raw.includes('\\') || raw.includes(quote) ? unescape(raw, quote) : raw;
  const isDouble = quote === '"' ? ({ isDouble: true } as const) : {};
  return { kind: 'string', text: value, key: '', start, end, ...isDouble };
}

function unescape(raw: string, quote: string): string {
  return raw.replace(quote === "'" ? /\\(.)|''/gs : /\\(.)|""/gs, (_, escaped?: string) => {
    if (escaped === undefined) return quote;
    // `\%` and `\_` keep their backslash: they mean something to LIKE only.
    return escaped === '%' || escaped === '_' ? `\\${escaped}` : (ESCAPES[escaped] ?? escaped);
  });
}
