import type { Alternative, ObjectFacets } from './alternative.js';
import { distinct } from './json.js';
import type { Meaning, Root } from './meaning.js';
import { memberNames, memberOf, otherMembers } from './members.js';
import { sampleTexts } from './sample-texts.js';
import { fitsScalar } from './values.js';

/** A root with its alternatives, as the comparison made them, and the examples that were made already. */
export type Forms = {
  root: Root;
  alternativesIn: (root: Root, meaning: Meaning) => readonly Alternative[];
  samples: Map<string, unknown[]>;
  least: Map<ObjectFacets, Record<string, unknown> | undefined>;
};

/** How deep examples go, and how many of one schema there are. */
const MAX_DEPTH = 3;
const MAX_SAMPLES = 12;

/** Name of a member that no object lists. */
export const OTHER_MEMBER = 'another member';

function samplesOf(meaning: Meaning, side: Forms, depth: number): unknown[] {
  const key = `${depth} ${side.root.keyOf(meaning)}`;
  const known = side.samples.get(key);
  if (known) return known;
  const alternatives = side.alternativesIn(side.root, meaning);
  const each = alternatives.flatMap((one) => sampleAlternative(one, side, depth));
  const samples = spreadOrAll(each);
  side.samples.set(key, samples);
  return samples;
}

/** Some from everywhere: the first ones alone would all be of one kind. */
function spread(values: readonly unknown[]): unknown[] {
  return Array.from(
    { length: MAX_SAMPLES },
    (_, index) => values[Math.floor((index * values.length) / MAX_SAMPLES)],
  );
}

/** Some values of an alternative; none where none is found. Conditions are not looked at. */
export function sampleAlternative(alternative: Alternative, side: Forms, depth: number): unknown[] {
  if (alternative.values) return spreadOrAll(alternative.values);
  switch (alternative.type) {
    case 'number': {
      const { low, high, multiples } = alternative;
      const around = [low, low + 1, low + 0.5, high, high - 1, high - 0.5, 0, 1, 0.5, -1, 1_000];
      const numbers = [
        ...around,
        ...multiples,
        ...multiples.map((step) => step * Math.ceil(low / step)),
      ];
      return distinct(numbers.filter((n) => Number.isFinite(n) && fitsScalar(alternative, n)));
    }
    case 'string':
      return spreadOrAll(sampleTexts(alternative));
    case 'array': {
      const items = depth >= MAX_DEPTH ? [] : samplesOf(alternative.rest, side, depth + 1);
      const length = Math.max(alternative.low, alternative.prefix.length, 1);
      const filled = items.map((item) => Array.from({ length }, () => item));
      return [[], ...filled, ...items.map((item) => [item])];
    }
    case 'object':
      return sampleObjects(alternative, side, depth);
    default:
      return [];
  }
}

/** Longest text or array that is made to lie beyond a bound. */
const MAX_LENGTH = 200;

/** Values of an alternative that lie just beyond the bounds of others. */
export function sampleBeyond(
  alternative: Alternative,
  others: readonly Alternative[],
  side: Forms,
): unknown[] {
  if (alternative.values) return [];
  return others.flatMap((other): unknown[] => {
    if (other.values || other.type !== alternative.type || !('low' in other)) return [];
    const { low, high } = other;
    const around = [low - 1, low - 0.5, low, high, high + 0.5, high + 1].filter(Number.isFinite);
    if (alternative.type === 'number') return around.filter((n) => fitsScalar(alternative, n));
    const lengths = around.filter((n) => Number.isInteger(n) && n >= 0 && n <= MAX_LENGTH);
    if (alternative.type === 'string') {
      const texts = lengths.map((length) => 'a'.repeat(length));
      return texts.filter((text) => fitsScalar(alternative, text));
    }
    if (alternative.type !== 'array' || alternative.prefix.length > 0) return [];
    const [item] = samplesOf(alternative.rest, side, MAX_DEPTH - 1);
    if (item === undefined) return lengths.includes(0) ? [[]] : [];
    return lengths.map((length) => Array.from({ length }, () => item));
  });
}

function spreadOrAll(values: readonly unknown[]): unknown[] {
  return values.length <= MAX_SAMPLES ? [...values] : spread(values);
}

/** The required members, then each of the others beside them, with each of its samples; at last all at once. */
function sampleObjects(object: ObjectFacets, side: Forms, depth: number): unknown[] {
  const least = leastObject(object, side, depth);
  if (least === undefined) return [];
  if (depth >= MAX_DEPTH) return [least];
  const names = memberNames(object);
  const { isCovered, isForbidden, parts } = otherMembers(object);
  const samples = new Map(
    names.map((name) => [name, samplesOf(memberOf(object, name).parts, side, depth + 1)]),
  );
  if (isCovered && !isForbidden) samples.set(OTHER_MEMBER, samplesOf(parts, side, depth + 1));
  const single = [...samples].flatMap(([name, values]) =>
    values.map((value) => ({ ...least, [name]: value })),
  );
  const whole = [...samples].flatMap(([name, [first]]) =>
    first === undefined || Object.hasOwn(least, name) ? [] : [[name, first] as const],
  );
  return [least, ...single, { ...least, ...Object.fromEntries(whole) }];
}

/** An object with nothing but what it must have; undefined where that is not found. */
export function leastObject(
  object: ObjectFacets,
  side: Forms,
  depth: number,
): Record<string, unknown> | undefined {
  // One that is made far down has to do without what lies deeper.
  if (depth > 1) return makeLeast(object, side, depth);
  if (!side.least.has(object)) side.least.set(object, makeLeast(object, side, depth));
  return side.least.get(object);
}

function makeLeast(
  object: ObjectFacets,
  side: Forms,
  depth: number,
): Record<string, unknown> | undefined {
  const members: [string, unknown][] = [];
  for (const name of object.required) {
    if (depth > MAX_DEPTH) return undefined;
    const [first] = samplesOf(memberOf(object, name).parts, side, depth + 1);
    if (first === undefined) return undefined;
    members.push([name, first]);
  }
  return Object.fromEntries(members);
}
