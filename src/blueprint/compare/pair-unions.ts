import type { Alternative, ValueType } from './alternative.js';
import { isApart } from './disjoint.js';
import { shifting } from './effect.js';
import type { Pair, Union } from './graph.js';
import { canonicalJson } from './json.js';
import type { Root } from './meaning.js';
import { bareText } from './text.js';

/** Most pairs of alternatives of one type that are tried against each other. */
const MAX_TRIALS = 900;

type Parts = {
  before: Root;
  after: Root;
  /** Whether a text without notes refers to the same on both sides. */
  isStable: (text: string) => boolean;
  compare: (before: Alternative, after: Alternative) => Pair;
};

type CompareUnion = (
  pair: Pair,
  type: ValueType,
  before: readonly Alternative[],
  after: readonly Alternative[],
) => void;

/**
 * Makes what compares several alternatives of one type with several others: those that are equal as text with each other, the
 * rest with all.
 */
export function createUnionComparison(parts: Parts): CompareUnion {
  return (pair, type, ofA, ofB) => {
    const equal = findEqual(ofA, ofB, parts.isStable);
    const taken = new Set(equal.values());
    const restA = indexes(ofA).filter((index) => !equal.has(index));
    const restB = indexes(ofB).filter((index) => !taken.has(index));
    if (restA.length * ofB.length + restB.length * ofA.length > MAX_TRIALS) {
      pair.effects.push(shifting('condition-changed', { pointer: '/anyOf', isSure: false }));
      return;
    }
    const union: Union = { type, before: ofA, after: ofB, pairs: new Map(), equal };
    const compare = (a: number, b: number): void => {
      if (isApart(parts.before, ofA[a]!, parts.after, ofB[b]!)) return;
      const row = union.pairs.get(a) ?? new Map<number, Pair>();
      union.pairs.set(a, row.set(b, parts.compare(ofA[a]!, ofB[b]!)));
    };
    for (const [a, b] of equal) compare(a, b);
    for (const a of restA) for (const b of indexes(ofB)) compare(a, b);
    for (const b of restB) for (const a of equal.keys()) compare(a, b);
    pair.unions.push(union);
  };
}

function indexes(list: readonly unknown[]): number[] {
  return list.map((_, index) => index);
}

/** Index before → index after of alternatives with the same text. */
function findEqual(
  before: readonly Alternative[],
  after: readonly Alternative[],
  isStable: (text: string) => boolean,
): Map<number, number> {
  const waiting = new Map<string, number[]>();
  after.forEach((alternative, index) => {
    const text = fingerprint(alternative, isStable);
    if (text !== undefined) waiting.set(text, [...(waiting.get(text) ?? []), index]);
  });
  const equal = new Map<number, number>();
  before.forEach((alternative, index) => {
    const other = waiting.get(fingerprint(alternative, isStable) ?? '')?.shift();
    if (other !== undefined) equal.set(index, other);
  });
  return equal;
}

/** A text that is equal for alternatives of the same meaning; undefined where it refers to what differs. */
function fingerprint(
  { raws, conditions, values }: Alternative,
  isStable: (text: string) => boolean,
): string | undefined {
  const own = raws.map(bareText);
  const conditional = conditions.flatMap(({ schemas }) => schemas).map(bareText);
  if (![...own, ...conditional].every(isStable)) return undefined;
  const words = conditions.map(({ keyword, rest }) => [keyword, rest]);
  return canonicalJson([own.sort(), conditional, words, values ?? null]);
}
