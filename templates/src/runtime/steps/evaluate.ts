import { EvaluationError, type Comparison, type Expression, type Scope } from './expression.js';

/**
 * The value of an expression: JSON, or undefined where a reference leads nowhere. Has no effects. Throws EvaluationError for
 * values that cannot be compared, counted or read as a number.
 */
export function evaluate(expression: Expression, scope: Scope): unknown {
  if ('value' in expression) return expression.value;
  if ('ref' in expression) return follow(expression.ref, scope);
  if ('text' in expression)
    return expression.text.map((part) => asText(evaluate(part, scope))).join('');
  if ('list' in expression) return expression.list.map((item) => evaluate(item, scope) ?? null);
  if ('object' in expression) return members(expression.object, scope);
  if ('compare' in expression) {
    const { compare: how, left, right } = expression;
    return compare(how, evaluate(left, scope), evaluate(right, scope));
  }
  if ('all' in expression) return expression.all.every((part) => holds(part, scope));
  if ('any' in expression) return expression.any.some((part) => holds(part, scope));
  if ('not' in expression) return !holds(expression.not, scope);
  if ('first' in expression) return firstOf(expression.first, scope);
  return apply(expression.call, evaluate(expression.of, scope));
}

/** Whether a condition holds; what is not there does not. Throws EvaluationError for what is neither true nor false. */
export function holds(condition: Expression, scope: Scope): boolean {
  const value = evaluate(condition, scope) ?? false;
  if (typeof value === 'boolean') return value;
  throw new EvaluationError(`a condition is ${kindOf(value)}, not true or false`);
}

function follow(path: readonly (string | number | Expression)[], scope: Scope): unknown {
  return path.reduce<unknown>((holder, step) => {
    const key = typeof step === 'object' ? evaluate(step, scope) : step;
    if (typeof holder !== 'object' || holder === null) return undefined;
    if (typeof key !== 'string' && typeof key !== 'number') return undefined;
    return Object.hasOwn(holder, key) ? Reflect.get(holder, key) : undefined;
  }, scope);
}

/** Members without a value are left out. */
function members(object: Record<string, Expression>, scope: Scope): Record<string, unknown> {
  const entries = Object.entries(object).map(([name, part]) => [name, evaluate(part, scope)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function firstOf(parts: readonly Expression[], scope: Scope): unknown {
  for (const part of parts) {
    const value = evaluate(part, scope);
    if (value !== undefined && value !== null) return value;
  }
  return null;
}

function compare(how: Comparison, left: unknown, right: unknown): boolean {
  if (how === '==') return same(left ?? null, right ?? null);
  if (how === '!=') return !same(left ?? null, right ?? null);
  if (how === 'in') return isIn(left, right);
  const order = orderOf(left, right);
  if (how === '<') return order < 0;
  if (how === '<=') return order <= 0;
  return how === '>' ? order > 0 : order >= 0;
}

function orderOf(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string')
    return left < right ? -1 : left > right ? 1 : 0;
  throw new EvaluationError(`${kindOf(left)} and ${kindOf(right)} have no order`);
}

function isIn(value: unknown, holder: unknown): boolean {
  if (Array.isArray(holder)) return holder.some((item) => same(item, value ?? null));
  if (typeof holder === 'string' && typeof value === 'string') return holder.includes(value);
  if (holder === undefined || holder === null) return false;
  throw new EvaluationError(`${kindOf(value)} cannot be in ${kindOf(holder)}`);
}

/** Whether two JSON values are equal; the order of members has no meaning. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([name, value]) => Object.hasOwn(b, name) && same(value, Reflect.get(b, name)))
  );
}

function apply(name: 'length' | 'json' | 'number', value: unknown): unknown {
  if (name === 'json') return JSON.stringify(value ?? null);
  if (name === 'number') return toNumber(value);
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length;
  if (value === undefined || value === null) return 0;
  throw new EvaluationError(`${kindOf(value)} has no length`);
}

function toNumber(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : kindOf(value);
  throw new EvaluationError(`${shown} is no number`);
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  const type = typeof value;
  return type === 'string' ? 'a text' : type === 'object' ? 'an object' : `a ${type}`;
}
