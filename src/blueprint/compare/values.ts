import type { Alternative, NumberFacets, StringFacets, ValueType } from './alternative.js';
import { canonicalJson, distinct } from './json.js';

type Raw = Record<string, unknown>;

/** The only values that all of `raws` allow, by `enum` and `const`; undefined where none says so. */
export function valuesOf(raws: readonly Raw[]): unknown[] | undefined {
  const lists = raws.flatMap((raw) => [
    ...(Array.isArray(raw['enum']) ? [raw['enum'] as unknown[]] : []),
    ...(Object.hasOwn(raw, 'const') ? [[raw['const']]] : []),
  ]);
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const texts = others.map((list) => new Set(list.map(canonicalJson)));
  return distinct(first).filter((value) => texts.every((text) => text.has(canonicalJson(value))));
}

/** The type that a value falls into. */
export function valueType(value: unknown): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'object' ? 'object' : (type as 'boolean' | 'number' | 'string');
}

/** Whether a value of that type keeps to the facets of a scalar; arrays and objects are not looked into. */
export function fitsScalar(facets: Alternative, value: unknown): boolean {
  if (valueType(value) !== facets.type) return false;
  if (facets.type === 'number') return fitsNumber(facets, value as number);
  return facets.type !== 'string' || fitsText(facets, value as string);
}

function fitsNumber(facets: NumberFacets, value: number): boolean {
  const { integer, low, lowOpen, high, highOpen, multiples } = facets;
  if (integer && !Number.isInteger(value)) return false;
  if (value < low || (lowOpen && value === low)) return false;
  if (value > high || (highOpen && value === high)) return false;
  return multiples.every((step) => isMultiple(value, step));
}

/** 0.3 is a multiple of 0.1, whatever binary fractions make of it. */
export function isMultiple(value: number, step: number): boolean {
  const ratio = value / step;
  return Math.abs(ratio - Math.round(ratio)) < 1e-9 * Math.max(1, Math.abs(ratio));
}

function fitsText(facets: StringFacets, value: string): boolean {
  const length = [...value].length;
  if (length < facets.low || length > facets.high) return false;
  return (
    facets.patterns.every((pattern) => matches(pattern, value)) &&
    facets.formats.every((format) => FORMAT_PATTERNS[format]?.test(value) ?? true)
  );
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}

/** Rough shapes of formats: what does not look like it is not of it. */
const FORMAT_PATTERNS: Record<string, RegExp> = {
  date: /^\d{4}-\d\d-\d\d$/,
  'date-time': /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/i,
  duration: /^P/,
  email: /^[^@\s]+@[^@\s]+$/,
  hostname: /^[A-Za-z0-9.-]+$/,
  ipv4: /^\d+\.\d+\.\d+\.\d+$/,
  ipv6: /:/,
  time: /^\d\d:\d\d/,
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:/,
  'uri-reference': /^\S*$/,
  uuid: /^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/,
};

/**
 * Brings alternatives to one form: lists of values hold only what the facets allow, all lists of one type are one, and what
 * stands twice stands once.
 */
export function mergeAlternatives(alternatives: readonly Alternative[]): Alternative[] {
  const lists = new Map<string, Alternative & { values: unknown[] }>();
  const merged: Alternative[] = [];
  for (const alternative of alternatives.map(listed)) {
    const { values, type, conditions } = alternative;
    if (values === undefined) {
      merged.push(alternative);
      continue;
    }
    if (values.length === 0) continue;
    const known = lists.get(type);
    if (known && conditions.length === 0) {
      known.values = distinct([...known.values, ...values]);
      continue;
    }
    const list = { ...alternative, values };
    if (conditions.length === 0) lists.set(type, list);
    merged.push(list);
  }
  return merged;
}

function listed(alternative: Alternative): Alternative {
  const { type, values } = alternative;
  if (values === undefined) {
    if (type === 'null') return { ...alternative, values: [null] };
    return type === 'boolean' ? { ...alternative, values: [false, true] } : alternative;
  }
  const isScalar = type !== 'array' && type !== 'object';
  const allowed = values.filter((value) =>
    isScalar ? fitsScalar(alternative, value) : valueType(value) === type,
  );
  return { ...alternative, values: allowed };
}
