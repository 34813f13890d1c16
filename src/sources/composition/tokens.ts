export type Token = {
  kind: 'name' | 'number' | 'text' | 'sign' | 'end';
  text: string;
  /** Where it begins in the expression. */
  at: number;
};

/** What is wrong with the text of an expression. */
export class ExpressionError extends Error {}

const BLANK = /\s+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SIGN = /==|!=|<=|>=|\?\?|[<>()[\],.]/y;
const TEXT = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/sy;

/** The words and signs of an expression, an end last. Throws ExpressionError. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  while (at < source.length) {
    const blank = take(BLANK);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const token = next(take, at);
    if (token === undefined)
      throw new ExpressionError(`"${source[at]}" cannot stand in an expression`);
    tokens.push(token);
    at += token.text.length;
  }
  return [...tokens, { kind: 'end', text: '', at }];
}

function next(take: (pattern: RegExp) => string | undefined, at: number): Token | undefined {
  for (const [kind, pattern] of KINDS) {
    const text = take(pattern);
    if (text !== undefined) return { kind, text, at };
  }
  return undefined;
}

const KINDS = [
  ['name', NAME],
  ['number', NUMBER],
  ['text', TEXT],
  ['sign', SIGN],
] as const;

/** What a quoted text means: `\n`, `\t`, and every other character behind a backslash is itself. */
export function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
}
