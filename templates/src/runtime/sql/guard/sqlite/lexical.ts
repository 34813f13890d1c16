import { endOfComment, endOfLine, endOfQuoted, type Lexical } from '../text/lexer.js';
import { notAllowed, unreadable, type Token } from '../text/token.js';

export const sqliteLexical: Lexical = {
  comment: (text, at) => {
    if (text.startsWith('--', at)) return endOfLine(text, at);
    return text.startsWith('/*', at) ? endOfComment(text, at) : undefined;
  },
  quoted: (text, at) => {
    const first = text[at];
    if (first === '[') {
      const end = text.indexOf(']', at);
      if (end === -1) throw unreadable('a name in brackets is not closed');
      return { token: nameToken(text.slice(at + 1, end), '`'), end: end + 1 };
    }
    if (first === "'") {
      const end = endOfQuoted(text, at);
      const value = text.slice(at, end);
      return { token: { ...EMPTY, kind: 'string', text: value, name: value }, end };
    }
    if (first !== '"' && first !== '`') return undefined;
    const end = endOfQuoted(text, at);
    const value = text.slice(at + 1, end - 1).replaceAll(first + first, first);
    return { token: nameToken(value, first), end };
  },
  joinsStrings: false,
  joined: () => {
    throw notAllowed('A string after a string');
  },
  symbols: '()+-*/%&|~<>=!,.;',
};

const EMPTY: Token = { kind: 'symbol', text: '', key: '', name: '', spaced: false };

/** In double quotes it may also be a string, so the quotes stay. */
function nameToken(name: string, quote: '"' | '`'): Token {
  const text = quote + name.replaceAll(quote, quote + quote) + quote;
  return { ...EMPTY, kind: 'name', text, name };
}
