import type { Alternative, Form, ObjectFacets } from './alternative.js';
import { canonicalJson, distinct, valuesWithout } from './json.js';
import type { Meaning, Root } from './meaning.js';
import { isFreeForm, memberNames, memberOf } from './members.js';
import { sampleTexts } from './sample-texts.js';
import { fitsScalar, valueType } from './values.js';

/** A root with its forms, as the comparison made them. */
export type Side = { root: Root; formOf: (root: Root, meaning: Meaning) => Form };

/** How deep examples go, and how many of one schema there are. */
const MAX_DEPTH = 3;
const MAX_SAMPLES = 12;

/**
 * Whether some value fits `alternative` and none of `others`: a proof that leaving it away takes values away. False where none
 * is found, which proves nothing.
 */
export function hasWitness(
  alternative: Alternative,
  side: Side,
  others: readonly Alternative[],
  otherSide: Side,
): boolean {
  const samples = sampleAlternative(alternative, side, 0);
  return samples.some(
    (value) =>
      accepts(alternative, side, value) === true &&
      others.every((other) => accepts(other, otherSide, value) === false),
  );
}

function samplesOf(meaning: Meaning, side: Side, depth: number): unknown[] {
  const { alternatives } = side.formOf(side.root, meaning);
  const each = alternatives.flatMap((one) => sampleAlternative(one, side, depth));
  return each.length <= MAX_SAMPLES ? each : spread(each);
}

/** Some from everywhere: the first ones alone would all be of one kind. */
function spread(values: readonly unknown[]): unknown[] {
  return Array.from(
    { length: MAX_SAMPLES },
    (_, index) => values[Math.floor((index * values.length) / MAX_SAMPLES)],
  );
}

function sampleAlternative(alternative: Alternative, side: Side, depth: number): unknown[] {
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

function spreadOrAll(values: readonly unknown[]): unknown[] {
  return values.length <= MAX_SAMPLES ? [...values] : spread(values);
}

/** The required members, then each of the others beside them, with each of its samples; at last all at once. */
function sampleObjects(object: ObjectFacets, side: Side, depth: number): unknown[] {
  if (depth >= MAX_DEPTH) return object.required.size === 0 ? [{}] : [];
  const names = [...new Set([...memberNames(object), ...object.required])];
  const samples = new Map(
    names.map((name) => [name, samplesOf(memberOf(object, name).parts, side, depth + 1)]),
  );
  const first = (wanted: readonly string[]): [string, unknown][] =>
    wanted
      .filter((name) => samples.get(name)!.length > 0)
      .map((name) => [name, samples.get(name)![0]]);
  const least = first([...object.required]);
  const single = names.flatMap((name) =>
    samples.get(name)!.map((value) => Object.fromEntries([...least, [name, value]])),
  );
  return [Object.fromEntries(least), ...single, Object.fromEntries(first(names))];
}

/** Undefined where that cannot be said. Members that an open object does not list do not fit it: see `compareObjects`. */
function accepts(alternative: Alternative, side: Side, value: unknown): boolean | undefined {
  if (valueType(value) !== alternative.type) return false;
  const fits = acceptsFacets(alternative, side, value);
  return fits === true && alternative.conditions.length > 0 ? undefined : fits;
}

function acceptsFacets(alternative: Alternative, side: Side, value: unknown): boolean | undefined {
  if (alternative.values) return valuesWithout([value], alternative.values).length === 0;
  if (alternative.type === 'object') {
    return acceptsObject(alternative, side, value as Record<string, unknown>);
  }
  if (alternative.type !== 'array') return fitsScalar(alternative, value);
  const { low, high, unique, prefix, rest } = alternative;
  const items = value as unknown[];
  if (items.length < low || items.length > high) return false;
  if (unique && new Set(items.map(canonicalJson)).size < items.length) return false;
  return all(items.map((item, index) => () => acceptsMeaning(prefix[index] ?? rest, side, item)));
}

function acceptsObject(
  object: ObjectFacets,
  side: Side,
  value: Record<string, unknown>,
): boolean | undefined {
  const names = Object.keys(value);
  if (names.length < object.low || names.length > object.high) return false;
  if ([...object.required].some((name) => !Object.hasOwn(value, name))) return false;
  const isFree = isFreeForm(object);
  const members = names.map((name) => () => {
    const { isDeclared, isCovered, parts } = memberOf(object, name);
    if (!isDeclared && !isCovered && !isFree) return false;
    return acceptsMeaning(parts, side, value[name]);
  });
  const isPlain = object.dependent.size === 0 && object.names.length === 0;
  const fits = all(members);
  return fits === true && !isPlain ? undefined : fits;
}

function acceptsMeaning(meaning: Meaning, side: Side, value: unknown): boolean | undefined {
  const { alternatives } = side.formOf(side.root, meaning);
  const verdicts = alternatives.map((one) => accepts(one, side, value));
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

/** One that fails decides, then one that cannot be said. */
function all(checks: readonly (() => boolean | undefined)[]): boolean | undefined {
  let verdict: boolean | undefined = true;
  for (const check of checks) {
    const one = check();
    if (one === false) return false;
    if (one === undefined) verdict = undefined;
  }
  return verdict;
}
