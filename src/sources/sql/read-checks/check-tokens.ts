import type { Dialect } from '../model.js';

export type Token =
  | { kind: 'word' | 'quoted' | 'string' | 'symbol'; text: string }
  | { kind: 'number'; text: string };

const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/iy;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const SYMBOL = /::|<=|>=|<>|!=|==|!~~?\*?|~~?\*?|\|\||&&|[-+*/%<>=(),.[\]&|^#@?:!]/y;
/** MySQL prints the quotes of strings in checks with backslashes before them. */
const ESCAPED_QUOTES = /_\w+\\'/;

/** Splits an SQL expression; undefined where something in it is no token of these dialects. */
export function checkTokens(expression: string, dialect: Dialect): Token[] | undefined {
  const isMysql = dialect === 'mysql';
  const text =
    isMysql && ESCAPED_QUOTES.test(expression) ? expression.replaceAll("\\'", "'") : expression;
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    const word = matchAt(WORD, text, at);
    const quote = word === undefined ? char : (text[at + word.length] ?? '');
    const isEscape = word !== undefined && /^e$/i.test(word) && quote === "'" && !isMysql;
    if (isEscape || (word !== undefined && quote === "'" && /^(?:_\w+|n)$/i.test(word))) {
      at += word.length;
    } else if (word !== undefined) {
      tokens.push({ kind: 'word', text: word });
      at += word.length;
      continue;
    }
    const close = closing(text[at] ?? '', dialect);
    if (close !== undefined) {
      const isString = text[at] === "'";
      const read = readQuoted(text, at + 1, close, isString && (isMysql || isEscape));
      if (!read) return undefined;
      tokens.push({ kind: isString ? 'string' : 'quoted', text: read.text });
      at = read.end;
      continue;
    }
    const number = matchAt(NUMBER, text, at);
    const symbol = number === undefined ? matchAt(SYMBOL, text, at) : undefined;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
    else return undefined;
    at += (number ?? symbol ?? '').length;
  }
  return tokens;
}

function closing(char: string, dialect: Dialect): string | undefined {
  if (char === "'" || char === '"') return char;
  if (char === '`' && dialect !== 'postgres') return '`';
  return char === '[' && dialect === 'sqlite' ? ']' : undefined;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function readQuoted(
  text: string,
  from: number,
  close: string,
  escapes: boolean,
): { text: string; end: number } | undefined {
  let value = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    if (escapes && char === '\\') {
      const next = text[++at] ?? '';
      // Octal, hexadecimal and Unicode escapes, and MySQL's NUL and end of file: nobody writes those in a check.
      if (/[0-9xuUZ]/.test(next)) return undefined;
      value += ESCAPES[next] ?? next;
    } else if (char !== close) value += char;
    else if (text[at + 1] === close) value += text[++at];
    else return { text: value, end: at + 1 };
  }
  return undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
