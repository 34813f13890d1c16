import {
  COMPARISONS,
  PURE,
  type Comparison,
  type Expression,
  type Pure,
} from '../../blueprint/steps.js';
import { closest } from '../../diagnostics/closest.js';
import { ExpressionError, tokensOf, unquoted, type Token } from './tokens.js';

const MAX_DEPTH = 30;
const WORDS = new Set(['and', 'or', 'not', 'in', 'true', 'false', 'null']);

/**
 * Reads what stands between `${` and `}`: references (`args.city`, `steps.find.rows[0].id`), literals, comparisons, `and`, `or`,
 * `not`, `in`, `??`, `length(…)`, `json(…)`, `number(…)`. Throws ExpressionError.
 */
export function parseExpression(source: string): Expression {
  const tokens = tokensOf(source);
  let index = 0;
  let depth = 0;
  const peek = (): Token => tokens[index]!;
  const is = (text: string): boolean => peek().text === text && peek().kind !== 'text';
  const accept = (text: string): boolean => {
    if (!is(text)) return false;
    index += 1;
    return true;
  };
  const expect = (text: string): void => {
    if (!accept(text)) throw new ExpressionError(`"${text}" is missing before ${shown(peek())}`);
  };

  const whole = (): Expression => {
    depth += 1;
    if (depth > MAX_DEPTH) throw new ExpressionError('it is nested too deeply');
    const expression = chain('or', () => chain('and', negation));
    depth -= 1;
    return expression;
  };
  const chain = (word: 'and' | 'or', part: () => Expression): Expression => {
    const parts = [part()];
    while (accept(word)) parts.push(part());
    if (parts.length === 1) return parts[0]!;
    return word === 'and' ? { all: parts } : { any: parts };
  };
  const negation = (): Expression => {
    let times = 0;
    while (accept('not')) times += 1;
    const inner = comparison();
    return times === 0 ? inner : times % 2 === 1 ? { not: inner } : { not: { not: inner } };
  };
  const comparison = (): Expression => {
    const left = fallback();
    const compare = COMPARISONS.find((sign) => is(sign)) as Comparison | undefined;
    if (compare === undefined) return left;
    index += 1;
    return { compare, left, right: fallback() };
  };
  const fallback = (): Expression => {
    const parts = [primary()];
    while (accept('??')) parts.push(primary());
    return parts.length === 1 ? parts[0]! : { first: parts };
  };
  const list = (): Expression => {
    const items: Expression[] = [];
    while (!accept(']')) {
      items.push(whole());
      if (!is(']')) expect(',');
    }
    return { list: items };
  };
  const primary = (): Expression => {
    const token = peek();
    index += 1;
    if (token.kind === 'number') return { value: Number(token.text) };
    if (token.kind === 'text') return { value: unquoted(token.text) };
    if (token.text === '(') {
      const inner = whole();
      expect(')');
      return inner;
    }
    if (token.text === '[') return list();
    if (token.kind !== 'name')
      throw new ExpressionError(`a value is missing before ${shown(token)}`);
    if (token.text === 'true' || token.text === 'false') return { value: token.text === 'true' };
    if (token.text === 'null') return { value: null };
    if (WORDS.has(token.text))
      throw new ExpressionError(`a value is missing before "${token.text}"`);
    return accept('(') ? call(token.text) : reference(token.text);
  };
  const call = (name: string): Expression => {
    if (!(PURE as readonly string[]).includes(name)) {
      const meant = closest(name, PURE);
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
      throw new ExpressionError(`there is no function ${name}, only ${PURE.join(', ')}${hint}`);
    }
    const of = whole();
    expect(')');
    return { call: name as Pure, of };
  };
  const reference = (root: string): Expression => {
    const ref: (string | number | Expression)[] = [root];
    for (;;) {
      if (accept('.')) {
        if (peek().kind !== 'name')
          throw new ExpressionError(`a name is missing before ${shown(peek())}`);
        ref.push(peek().text);
        index += 1;
      } else if (accept('[')) {
        const key = whole();
        expect(']');
        const isPlain =
          'value' in key && (typeof key.value === 'string' || typeof key.value === 'number');
        ref.push(isPlain ? (key.value as string | number) : key);
      } else return { ref };
    }
  };

  const expression = whole();
  if (peek().kind !== 'end') throw new ExpressionError(`${shown(peek())} was not expected`);
  return expression;
}

function shown({ kind, text }: Token): string {
  return kind === 'end' ? 'the end' : kind === 'text' ? text : `"${text}"`;
}
