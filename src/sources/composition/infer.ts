import type { Expression } from '../../blueprint/steps.js';
import { closest } from '../../diagnostics/closest.js';
import {
  anyOf,
  inWords,
  kindsOf,
  listOf,
  memberOf,
  shapeOf,
  shapeOfValue,
  UNKNOWN,
  type Kind,
  type Shape,
} from './shape.js';

/** What an expression may refer to. */
export type Names = {
  /** `args`, and the item of a loop. */
  roots: ReadonlyMap<string, Shape>;
  /** Results of the steps before. */
  steps: ReadonlyMap<string, Shape>;
  /** Steps that have no result yet. */
  later: readonly string[];
};

/** What is wrong with an expression. */
export type ExpressionProblem =
  | { kind: 'reference'; reference: string; why: string; suggestion?: string }
  | { kind: 'type'; why: string };

export type OnProblem = (problem: ExpressionProblem) => void;

const BOOLEAN = shapeOf({ type: 'boolean' });
const STRING = shapeOf({ type: 'string' });
const NUMBER = shapeOf({ type: 'number' });

/** What the value of an expression is, as far as it is known; tells of everything that cannot be right. */
export function infer(expression: Expression, names: Names, onProblem: OnProblem): Shape {
  const of = (part: Expression): Shape => infer(part, names, onProblem);
  if ('value' in expression) return shapeOfValue(expression.value);
  if ('ref' in expression) return follow(expression.ref, names, onProblem);
  if ('text' in expression) {
    expression.text.forEach(of);
    return STRING;
  }
  if ('list' in expression) return listOf(anyOf(expression.list.map(of)));
  if ('object' in expression) return objectOf(expression.object, of);
  if ('compare' in expression) {
    compare(expression.compare, of(expression.left), of(expression.right), onProblem);
    return BOOLEAN;
  }
  if ('all' in expression || 'any' in expression) {
    const parts = 'all' in expression ? expression.all : expression.any;
    for (const part of parts) wantBoolean(of(part), onProblem);
    return BOOLEAN;
  }
  if ('not' in expression) {
    wantBoolean(of(expression.not), onProblem);
    return BOOLEAN;
  }
  if ('first' in expression) return anyOf(expression.first.map(of));
  return apply(expression.call, of(expression.of), onProblem);
}

/** Tells when a value can be neither true nor false. */
export function wantBoolean(shape: Shape, onProblem: OnProblem): void {
  const kinds = kindsOf(shape);
  if (kinds === undefined || [...kinds].every((kind) => kind === 'boolean' || kind === 'null'))
    return;
  const why = `it is ${inWords(kinds)}, and a condition is true or false: compare it, as in "… != null"`;
  onProblem({ kind: 'type', why });
}

function follow(
  ref: readonly (string | number | Expression)[],
  names: Names,
  onProblem: OnProblem,
): Shape {
  const [root, ...path] = ref;
  let shown = String(root);
  let at = names.roots.get(shown);
  const unknown = (why: string, known: readonly string[], key: string): Shape => {
    const suggestion = closest(key, known);
    onProblem({ kind: 'reference', reference: shown, why, ...(suggestion && { suggestion }) });
    return UNKNOWN;
  };
  if (root === 'steps') {
    const id = path.shift();
    if (typeof id !== 'string') return unknown('a step is named as in steps.find', [], '');
    shown += `.${id}`;
    at = names.steps.get(id);
    const known = [...names.steps.keys()];
    if (at === undefined && names.later.includes(id))
      return unknown('that step runs later: only results of steps before can be used', [], id);
    if (at === undefined)
      return unknown(`no step before is called ${id}${listed(known)}`, known, id);
  }
  if (at === undefined) {
    const known = [...names.roots.keys(), 'steps'];
    return unknown(`there is nothing called ${shown}${listed(known)}`, known, shown);
  }
  for (const key of path) {
    if (typeof key === 'object') infer(key, names, onProblem);
    const member = memberOf(at, typeof key === 'object' ? undefined : key);
    const holder = shown;
    shown += typeof key === 'number' ? `[${key}]` : typeof key === 'object' ? '[…]' : `.${key}`;
    if ('wrongKind' in member)
      return unknown(
        `${holder} is ${inWords(member.wrongKind)} and has no members of that kind`,
        [],
        '',
      );
    if ('missing' in member)
      return unknown(
        `${holder} has no ${String(key)}${listed(member.missing)}`,
        member.missing,
        String(key),
      );
    at = member.found;
  }
  return at;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, 8).join(', ');
  return `: there is ${shown}${names.length > 8 ? ', …' : ''}`;
}

function objectOf(object: Record<string, Expression>, of: (part: Expression) => Shape): Shape {
  const members = Object.entries(object).map(([name, part]) => [name, of(part)] as const);
  const named = members.find(([, shape]) => Object.keys(shape.named).length > 0)?.[1].named ?? {};
  const properties = members.map(([name, shape]) => [
    name,
    shape.named === named || Object.keys(shape.named).length === 0
      ? shape.schema
      : kindsOnly(shape),
  ]);
  return shapeOf({ type: 'object', properties: Object.fromEntries(properties) }, named);
}

function kindsOnly(shape: Shape): object {
  const kinds = kindsOf(shape);
  return kinds ? { type: [...kinds] } : {};
}

function compare(how: string, left: Shape, right: Shape, onProblem: OnProblem): void {
  const [a, b] = [kindsOf(left), kindsOf(right)];
  if (how === 'in') {
    const fits: Kind[] = ['array', 'string', 'object', 'null'];
    if (b && ![...b].some((kind) => fits.includes(kind)))
      onProblem({ kind: 'type', why: `nothing can be in ${inWords(b)}` });
    return;
  }
  const isEquality = how === '==' || how === '!=';
  if (!isEquality) {
    for (const kinds of [a, b]) {
      if (kinds && ![...kinds].some((kind) => kind === 'number' || kind === 'string'))
        onProblem({ kind: 'type', why: `${inWords(kinds)} has no order for "${how}"` });
    }
  }
  if (!a || !b || [...a].some((kind) => b.has(kind))) return;
  if (isEquality && (a.has('null') || b.has('null'))) return;
  onProblem({ kind: 'type', why: `${inWords(a)} and ${inWords(b)} are never alike for "${how}"` });
}

function apply(name: 'length' | 'json' | 'number', of: Shape, onProblem: OnProblem): Shape {
  const kinds = kindsOf(of);
  const fits = (wanted: Kind[]) => !kinds || [...kinds].some((kind) => wanted.includes(kind));
  if (name === 'length' && !fits(['string', 'array', 'object', 'null']))
    onProblem({ kind: 'type', why: `${inWords(kinds!)} has no length` });
  if (name === 'number' && !fits(['string', 'number', 'null']))
    onProblem({ kind: 'type', why: `${inWords(kinds!)} is no number` });
  return name === 'json' ? STRING : NUMBER;
}
