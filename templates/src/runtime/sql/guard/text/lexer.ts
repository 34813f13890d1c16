import { notAllowed, unreadable, type Token } from './token.js';

/** How a dialect is written. */
export type Lexical = {
  /** The end of the comment that begins there, or undefined. Throws for one that a server would run. */
  comment: (text: string, at: number) => number | undefined;
  /** The string or quoted name that begins there and its end, or undefined. */
  quoted: (text: string, at: number) => { token: Token; end: number } | undefined;
  /** Adjacent strings are one. */
  joinsStrings: boolean;
  joined: (one: string, other: string) => Token;
  /** Symbols of one character that the dialect has. */
  symbols: string;
};

const SPACE = /[ \t\n\r\f]+/y;
const NUMBER = /(?:0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y;
const BYTES = /[xX]'(?:[0-9a-fA-F]{2})*'/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const PART_OF_WORD = /[\w$\u0080-\uffff]/;

/** Cuts a statement into tokens and leaves comments out. Throws UserInputError for everything that could be read in two ways. */
export function tokenize(text: string, lexical: Lexical): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let spaced = false;
  const push = (token: Token, end: number): void => {
    const last = tokens[tokens.length - 1];
    if (lexical.joinsStrings && token.kind === 'string' && last?.kind === 'string') {
      tokens[tokens.length - 1] = { ...lexical.joined(last.name, token.name), spaced: last.spaced };
    } else tokens.push({ ...token, spaced });
    spaced = false;
    at = end;
  };
  while (at < text.length) {
    const blank = match(SPACE, text, at)?.length ?? 0;
    const end = blank > 0 ? at + blank : lexical.comment(text, at);
    if (end !== undefined) {
      at = end;
      spaced = true;
      continue;
    }
    const bytes = match(BYTES, text, at);
    const quoted = lexical.quoted(text, at);
    const word = match(WORD, text, at);
    const number = match(NUMBER, text, at);
    const first = text[at] ?? '';
    if (bytes !== undefined) push(plain('number', bytes), at + bytes.length);
    else if (quoted) push(quoted.token, quoted.end);
    else if (word !== undefined) push(wordToken(word), at + word.length);
    else if (number !== undefined) {
      // A name in some servers, a number and a name in others.
      if (PART_OF_WORD.test(text[at + number.length] ?? '')) {
        throw unreadable(`a name cannot begin with the digits ${number.slice(0, 20)}`);
      }
      push(plain('number', number), at + number.length);
    } else if (first === '?') {
      if (/\d/.test(text[at + 1] ?? '')) throw notAllowed('A parameter with a number');
      push(plain('parameter', '?'), at + 1);
    } else if (lexical.symbols.includes(first))
      push({ ...plain('symbol', first), key: first }, at + 1);
    else throw notAllowed(`The character ${JSON.stringify(first)}`);
  }
  return tokens;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function plain(kind: Token['kind'], text: string): Token {
  return { kind, text, key: '', name: '', spaced: false };
}

function wordToken(word: string): Token {
  return { kind: 'word', text: word, key: word.toUpperCase(), name: word, spaced: false };
}

/** The end of a quoted piece whose quote is doubled where it stands for itself. Throws where it is never closed. */
export function endOfQuoted(text: string, at: number, escapes = false): number {
  const quote = text[at];
  for (let i = at + 1; i < text.length; i += 1) {
    if (escapes && text[i] === '\\') i += 1;
    else if (text[i] === quote) {
      if (text[i + 1] !== quote) return i + 1;
      i += 1;
    }
  }
  throw unreadable('a string or a name in quotes is not closed');
}

/** The end of a comment in `/*`. Throws where it is never closed. */
export function endOfComment(text: string, at: number): number {
  const end = text.indexOf('*/', at + 2);
  if (end === -1) throw unreadable('a comment is not closed');
  return end + 2;
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
