import type { Alternative, ValueType } from './alternative.js';
import type { ChangeCode } from './change.js';

/** Changes that have one code for arguments and another for fields of results. */
export const MEMBER_CODES = {
  'member-removed': { input: 'argument-removed', output: 'output-field-removed' },
  'member-added': { input: 'argument-added', output: 'output-field-added' },
  'member-added-required': { input: 'argument-added-required', output: 'output-field-added' },
  'member-became-required': {
    input: 'argument-became-required',
    output: 'output-field-became-required',
  },
  'member-became-optional': {
    input: 'argument-became-optional',
    output: 'output-field-became-optional',
  },
} as const satisfies Record<string, { input: ChangeCode; output: ChangeCode }>;

/** One difference at one place, before it is known on which side it stands. */
export type Effect = {
  code: ChangeCode | keyof typeof MEMBER_CODES;
  /** From the pair that holds it. */
  pointer: string;
  /** Some values may no longer be allowed. Neither this nor `widens`: only words differ. */
  narrows: boolean;
  /** Some values may be allowed that were not. */
  widens: boolean;
  /** Whether it is certain that there are such values. */
  isSure: boolean;
  before?: unknown;
  after?: unknown;
};

/** Two schemas that are compared with each other, once, however many ways lead to them. */
export type Pair = {
  /** The ways in which values are allowed, from which examples are made. */
  before: readonly Alternative[];
  after: readonly Alternative[];
  effects: Effect[];
  links: Link[];
  unions: Union[];
  /** Pairs that must be the same; what lies between is not looked at more closely. */
  equals: (Link & { keyword: string })[];
  /** Not every value of before is allowed after, or that is not certain. */
  notSubset: boolean;
  /** Not every value of after was allowed before, or that is not certain. */
  notSuperset: boolean;
  /** There is something to report here or below, if only words. */
  isNoted: boolean;
  /** Some difference here or below is certain where it stands. */
  isSure: boolean;
};

export type Link = { pointer: string; pair: Pair };

/** Several ways for values of one type to be allowed. */
export type Union = {
  type: ValueType;
  before: readonly Alternative[];
  after: readonly Alternative[];
  /** By index before, then index after; missing where both are known to be equal to others. */
  pairs: Map<number, Map<number, Pair>>;
  /** Index before → index after of those that are equal. */
  equal: Map<number, number>;
};

export function createPair(): Pair {
  return {
    before: [],
    after: [],
    effects: [],
    links: [],
    unions: [],
    equals: [],
    notSubset: false,
    notSuperset: false,
    isNoted: false,
    isSure: false,
  };
}

export function pairAt(union: Union, before: number, after: number): Pair | undefined {
  return union.pairs.get(before)?.get(after);
}

/**
 * Decides for every pair whether one schema allows all that the other does. Pairs that depend on each other in a circle are
 * taken to be equal until something shows otherwise, which is how recursive schemas are compared.
 */
export function settle(pairs: readonly Pair[]): void {
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    // Inner pairs were made after outer ones.
    for (let index = pairs.length - 1; index >= 0; index -= 1) {
      if (judge(pairs[index]!)) isMoving = true;
    }
  }
}

function judge(pair: Pair): boolean {
  const { effects, links, unions, equals } = pair;
  const differs = equals.some((link) => link.pair.notSubset || link.pair.notSuperset);
  const notSubset =
    pair.notSubset ||
    differs ||
    effects.some(({ narrows }) => narrows) ||
    links.some((link) => link.pair.notSubset) ||
    unions.some((union) => uncovered(union).length > 0);
  const notSuperset =
    pair.notSuperset ||
    differs ||
    effects.some(({ widens }) => widens) ||
    links.some((link) => link.pair.notSuperset) ||
    unions.some((union) => unclaimed(union).length > 0);
  const isNoted =
    pair.isNoted ||
    notSubset ||
    notSuperset ||
    effects.length > 0 ||
    links.some((link) => link.pair.isNoted) ||
    unions.some((union) => someInner(union, (inner) => inner.isNoted));
  const isSure =
    pair.isSure ||
    effects.some((effect) => effect.isSure && (effect.narrows || effect.widens)) ||
    links.some((link) => link.pair.isSure) ||
    unions.some((union) => someInner(union, (inner) => inner.isSure));
  const isMoved =
    notSubset !== pair.notSubset ||
    notSuperset !== pair.notSuperset ||
    isNoted !== pair.isNoted ||
    isSure !== pair.isSure;
  Object.assign(pair, { notSubset, notSuperset, isNoted, isSure });
  return isMoved;
}

function someInner(union: Union, holds: (pair: Pair) => boolean): boolean {
  return [...union.pairs.values()].some((row) => [...row.values()].some(holds));
}

/** Alternatives of before that none of after allows all values of. */
function uncovered(union: Union): number[] {
  return union.before
    .map((_, index) => index)
    .filter((a) => !union.equal.has(a))
    .filter((a) => union.after.every((_, b) => pairAt(union, a, b)?.notSubset ?? true));
}

/** Alternatives of after with values that none of before allows. */
function unclaimed(union: Union): number[] {
  const taken = new Set(union.equal.values());
  return union.after
    .map((_, index) => index)
    .filter((b) => !taken.has(b))
    .filter((b) => union.before.every((_, a) => pairAt(union, a, b)?.notSuperset ?? true));
}
