import type { Alternative, ArrayFacets, Condition } from './alternative.js';
import { canonicalJson } from './json.js';
import { narrowing, shifting, widening } from './effect.js';
import type { Pair } from './graph.js';
import type { Meaning, Part } from './meaning.js';
import { compareObjects, type LinkInner } from './pair-objects.js';
import { compareCounts, compareNumbers, compareTexts, compareValues } from './pair-scalars.js';

/** What comparing needs from whoever holds the pairs. */
export type Linking = {
  link: LinkInner;
  /** Two schemas that must mean the same. */
  equate: (keyword: string, before: Part, after: Part) => void;
  isRoot: boolean;
};

/** Compares two alternatives of one type into `pair`. */
export function compareAlternatives(
  pair: Pair,
  before: Alternative,
  after: Alternative,
  linking: Linking,
): void {
  compareConditions(pair, before.conditions, after.conditions, linking);
  if (before.values || after.values) {
    pair.effects.push(...compareListed(before, after));
    return;
  }
  if (before.type === 'number' && after.type === 'number') {
    pair.effects.push(...compareNumbers(before, after));
  } else if (before.type === 'string' && after.type === 'string') {
    pair.effects.push(...compareTexts(before, after));
  } else if (before.type === 'array' && after.type === 'array') {
    compareArrays(pair, before, after, linking.link);
  } else if (before.type === 'object' && after.type === 'object') {
    compareObjects(pair, before, after, linking);
  }
}

function compareListed(before: Alternative, after: Alternative) {
  const isScalar = before.type !== 'array' && before.type !== 'object';
  if (isScalar || (before.values && after.values)) return compareValues(before, after);
  // Whole objects in a list against a description of objects: not worth an evaluator.
  return [shifting('condition-changed', { pointer: '/enum', isSure: false })];
}

function compareArrays(pair: Pair, before: ArrayFacets, after: ArrayFacets, link: LinkInner): void {
  const length = Math.max(before.prefix.length, after.prefix.length);
  const at = ({ prefix, rest }: ArrayFacets, index: number): Meaning => prefix[index] ?? rest;
  for (let index = 0; index < length; index += 1) {
    link(`/prefixItems/${index}`, at(before, index), at(after, index));
  }
  link('/items', before.rest, after.rest);
  pair.effects.push(...compareCounts(before, after, ['minItems', 'maxItems']));
  if (before.unique === after.unique) return;
  const values = { pointer: '/uniqueItems', before: before.unique, after: after.unique };
  pair.effects.push(
    after.unique ? narrowing('bound-tightened', values) : widening('bound-loosened', values),
  );
}

function compareConditions(
  pair: Pair,
  before: readonly Condition[],
  after: readonly Condition[],
  { equate }: Linking,
): void {
  const waiting = [...after];
  const lost: Condition[] = [];
  for (const old of before) {
    const text = canonicalJson(old);
    const exact = waiting.findIndex((now) => canonicalJson(now) === text);
    const index = exact >= 0 ? exact : waiting.findIndex((now) => isLike(old, now));
    const [now] = index >= 0 ? waiting.splice(index, 1) : [];
    if (!now) lost.push(old);
    else old.schemas.forEach((part, at) => equate(old.keyword, part, now.schemas[at]!));
  }
  const keywords = new Set([...lost, ...waiting].map(({ keyword }) => keyword));
  for (const keyword of [...keywords].sort()) {
    const isLost = lost.some((one) => one.keyword === keyword);
    const isNew = waiting.some((one) => one.keyword === keyword);
    const parts = { pointer: `/${keyword}`, isSure: false };
    const code =
      isLost && isNew ? 'condition-changed' : isLost ? 'condition-removed' : 'condition-added';
    const make = isLost && isNew ? shifting : isLost ? widening : narrowing;
    // The same condition holds for values of every type.
    const isKnown = pair.effects.some((one) => one.code === code && one.pointer === parts.pointer);
    if (!isKnown) pair.effects.push(make(code, parts));
  }
}

function isLike(a: Condition, b: Condition): boolean {
  return a.keyword === b.keyword && a.rest === b.rest && a.schemas.length === b.schemas.length;
}
