import { endOfComment, endOfLine, endOfQuoted, type Lexical } from '../text/lexer.js';
import { notAllowed, type Token } from '../text/token.js';

/** What of `sql_mode` changes how a text is cut into tokens. */
export type SqlMode = { ansiQuotes: boolean; noEscapes: boolean };

/** Comments that servers run, and hints, are refused: `/*! … *\/`, `/*M! … *\/`, `/*+ … *\/`. */
export function mysqlLexical({ ansiQuotes, noEscapes }: SqlMode): Lexical {
  return {
    comment: (text, at) => {
      if (text[at] === '#') return endOfLine(text, at);
      if (text.startsWith('--', at)) {
        const next = text[at + 2];
        return next === undefined || next <= ' ' ? endOfLine(text, at) : undefined;
      }
      if (!text.startsWith('/*', at)) return undefined;
      if (/^\/\*(?:M?!|\+)/.test(text.slice(at, at + 4))) {
        throw notAllowed('A comment that servers run');
      }
      return endOfComment(text, at);
    },
    quoted: (text, at) => {
      const first = text[at];
      if (first === '`' || (first === '"' && ansiQuotes)) {
        const end = endOfQuoted(text, at);
        const name = text.slice(at + 1, end - 1).replaceAll(first + first, first);
        return { token: nameToken(name), end };
      }
      if (first !== "'" && first !== '"') return undefined;
      const end = endOfQuoted(text, at, !noEscapes);
      const raw = text.slice(at + 1, end - 1);
      return { token: stringToken(valueOf(raw, first, !noEscapes)), end };
    },
    joinsStrings: true,
    joined: (one, other) => stringToken(one + other),
    symbols: '()+-*/%&|^~<>=!,.;',
  };
}

export function nameToken(name: string): Token {
  const text = `\`${name.replaceAll('`', '``')}\``;
  return { kind: 'name', text, key: '', name, spaced: false };
}

/** Without anything that could be an escape; `name` is its value. */
function stringToken(value: string): Token {
  const isPlain = !/[\\\p{Cc}]/u.test(value);
  const text = isPlain
    ? `'${value.replaceAll("'", "''")}'`
    : `_utf8mb4 X'${Buffer.from(value).toString('hex')}'`;
  return { kind: 'string', text, key: '', name: value, spaced: false };
}

const ESCAPES: Record<string, string> = {
  '0': '\0',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\x1a',
  // They mean something to LIKE only and keep their backslash.
  '%': '\\%',
  _: '\\_',
};

/** Table "Special Character Escape Sequences" of MySQL's manual. */
function valueOf(raw: string, quote: string, escapes: boolean): string {
  if (!escapes) return raw.replaceAll(quote + quote, quote);
  // From left to right, or an escaped quote beside another one would be taken for a doubled one.
  return raw.replace(/\\([\s\S])|''|""/g, (found, character?: string) => {
    if (character !== undefined) return ESCAPES[character] ?? character;
    return found === quote + quote ? quote : found;
  });
}
