import type { Alternative, ObjectFacets } from './alternative.js';
import { canonicalJson, hasValue } from './json.js';
import type { Meaning } from './meaning.js';
import { isFreeForm, memberOf } from './members.js';
import type { Forms } from './samples.js';
import { fitsScalar, valueType } from './values.js';

/** Undefined where that cannot be said. Members that an open object does not list do not fit it: see `compareObjects`. */
export function accepts(
  alternative: Alternative,
  side: Forms,
  value: unknown,
): boolean | undefined {
  if (valueType(value) !== alternative.type) return false;
  const fits = acceptsFacets(alternative, side, value);
  return fits === true && alternative.conditions.length > 0 ? undefined : fits;
}

function acceptsFacets(alternative: Alternative, side: Forms, value: unknown): boolean | undefined {
  if (alternative.values) return hasValue(alternative.values, value);
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
  side: Forms,
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

function acceptsMeaning(meaning: Meaning, side: Forms, value: unknown): boolean | undefined {
  const alternatives = side.alternativesIn(side.root, meaning);
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
