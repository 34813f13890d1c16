import { ANYTHING, facets } from './facets.js';
import type { Condition } from './facets.js';

/** A part of a condition that has a value; `unknown` is everything that is not the column or constant. */
export type Value =
  | { kind: 'column' }
  | { kind: 'number'; number: number }
  | { kind: 'string'; text: string }
  | { kind: 'list'; items: Value[] }
  /** Length of the column: in bytes, or of what trimming leaves of it. */
  | { kind: 'length'; bytes: boolean; trimmed: boolean }
  /** The column without blanks around it. */
  | { kind: 'trimmed' }
  | { kind: 'unknown' };

const TURNED: Record<string, string> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
const INVERSE: Record<string, string> = {
  '<': '>=',
  '>': '<=',
  '<=': '>',
  '>=': '<',
  '<>': '=',
  '=': '<>',
};

/** `left operator right`, or its opposite. */
export function compare(left: Value, operator: string, right: Value, not = false): Condition {
  const same = operator === '!=' ? '<>' : operator === '==' ? '=' : operator;
  const wanted = not ? INVERSE[same] : same;
  if (wanted === undefined) return ANYTHING;
  if (isConstant(left) && !isConstant(right)) return against(right, TURNED[wanted] ?? wanted, left);
  return isConstant(right) ? against(left, wanted, right) : ANYTHING;
}

type Constant = Extract<Value, { kind: 'number' | 'string' }>;

function isConstant(value: Value): value is Constant {
  return value.kind === 'number' || value.kind === 'string';
}

function against(subject: Value, operator: string, constant: Constant): Condition {
  if (constant.kind === 'string') return againstText(subject, operator, constant.text);
  if (subject.kind === 'length') return lengthBound(subject, operator, constant.number);
  if (subject.kind !== 'column') return ANYTHING;
  const { number } = constant;
  if (operator === '=') return facets({ enum: [number] });
  if (operator === '<') return facets({ exclusiveMaximum: number });
  if (operator === '>') return facets({ exclusiveMinimum: number });
  if (operator === '<=') return facets({ maximum: number });
  return operator === '>=' ? facets({ minimum: number }) : ANYTHING;
}

function againstText(subject: Value, operator: string, text: string): Condition {
  const isText = subject.kind === 'column' || subject.kind === 'trimmed';
  if (operator === '<>' && text === '' && isText) return facets({ minLength: 1 });
  return operator === '=' && subject.kind === 'column' ? facets({ enum: [text] }) : ANYTHING;
}

/** Bytes are at least as many as characters, and the whole at least as long as what trimming leaves. */
function lengthBound(
  { bytes, trimmed }: Extract<Value, { kind: 'length' }>,
  operator: string,
  number: number,
): Condition {
  if (!Number.isInteger(number) || number < 0) return ANYTHING;
  const least = operator === '>' ? number + 1 : operator === '>=' || operator === '=' ? number : 0;
  const most = operator === '<' ? number - 1 : operator === '<=' || operator === '=' ? number : -1;
  const atLeast = operator === '<>' && number === 0 ? 1 : bytes ? Math.min(least, 1) : least;
  return facets({
    ...(atLeast > 0 && { minLength: atLeast }),
    ...(most >= 0 && !trimmed && { maxLength: most }),
  });
}

/** The column is one of a list. */
export function oneOf(subject: Value, items: Value[]): Condition {
  if (subject.kind !== 'column' || items.length === 0) return ANYTHING;
  const numbers = items.flatMap((item) => (item.kind === 'number' ? [item.number] : []));
  const texts = items.flatMap((item) => (item.kind === 'string' ? [item.text] : []));
  if (numbers.length === items.length) return facets({ enum: [...new Set(numbers)] });
  return texts.length === items.length ? facets({ enum: [...new Set(texts)] }) : ANYTHING;
}
