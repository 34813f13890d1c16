import type {
  Alternative,
  ArrayFacets,
  NumberFacets,
  ObjectFacets,
  Shape,
  StringFacets,
  ValueType,
} from './alternative.js';
import { FORMATS } from '../formats.js';
import { isObject } from './json.js';
import { isAnything, isPart, type Meaning, type Part } from './meaning.js';

type Raw = Record<string, unknown>;
type Facets = Exclude<Alternative, { type: 'null' | 'boolean' }>;

/** What all of `raws` together ask of a value of one type. */
export function facetsOf(
  type: ValueType,
  raws: readonly Raw[],
): Omit<Facets, 'path' | 'conditions' | 'raws'> | { type: 'null' | 'boolean' } {
  if (type === 'number') return numberFacets(raws);
  if (type === 'string') return stringFacets(raws);
  if (type === 'array') return arrayFacets(raws);
  if (type === 'object') return objectFacets(raws);
  return { type };
}

function numberFacets(raws: readonly Raw[]): NumberFacets {
  const facets: NumberFacets = {
    type: 'number',
    integer: raws.some((raw) => isInteger(raw)),
    low: -Infinity,
    lowOpen: false,
    high: Infinity,
    highOpen: false,
    multiples: [],
  };
  for (const raw of raws) {
    raiseLow(facets, raw['minimum'], false);
    raiseLow(facets, raw['exclusiveMinimum'], true);
    lowerHigh(facets, raw['maximum'], false);
    lowerHigh(facets, raw['exclusiveMaximum'], true);
    const step = raw['multipleOf'];
    if (typeof step !== 'number' || !(step > 0)) continue;
    if (Number.isInteger(step)) facets.integer = true;
    if (!facets.multiples.includes(step)) facets.multiples.push(step);
  }
  facets.multiples = facets.multiples.filter((step) => !facets.integer || step !== 1).sort();
  return facets.integer ? wholeBounds(facets) : facets;
}

function isInteger({ type }: Raw): boolean {
  const types = Array.isArray(type) ? (type as unknown[]) : [type];
  return types.includes('integer') && !types.includes('number');
}

function raiseLow(facets: NumberFacets, bound: unknown, open: boolean): void {
  if (typeof bound !== 'number' || bound < facets.low) return;
  facets.lowOpen = open || (bound === facets.low && facets.lowOpen);
  facets.low = bound;
}

function lowerHigh(facets: NumberFacets, bound: unknown, open: boolean): void {
  if (typeof bound !== 'number' || bound > facets.high) return;
  facets.highOpen = open || (bound === facets.high && facets.highOpen);
  facets.high = bound;
}

/** Among whole numbers `> 3` is `>= 4`. */
function wholeBounds(facets: NumberFacets): NumberFacets {
  const { low, lowOpen, high, highOpen } = facets;
  return {
    ...facets,
    low: lowOpen ? Math.floor(low) + 1 : Math.ceil(low),
    lowOpen: false,
    high: highOpen ? Math.ceil(high) - 1 : Math.floor(high),
    highOpen: false,
  };
}

function stringFacets(raws: readonly Raw[]): StringFacets {
  const texts = (keyword: string): string[] => [
    ...new Set(raws.map((raw) => raw[keyword]).filter((text) => typeof text === 'string')),
  ];
  return {
    type: 'string',
    low: greatest(raws, 'minLength'),
    high: least(raws, 'maxLength'),
    patterns: texts('pattern')
      .filter((pattern) => !ALL_TEXT.has(pattern))
      .sort(),
    formats: texts('format')
      .filter((format) => FORMATS.has(format))
      .sort(),
    encoding: texts('contentEncoding')[0],
  };
}

/** Patterns that every text matches. */
const ALL_TEXT: ReadonlySet<string> = new Set(['', '^', '$', '.*', '^.*', '.*$', '[\\s\\S]*']);

function greatest(raws: readonly Raw[], keyword: string): number {
  return Math.max(0, ...numbers(raws, keyword));
}

function least(raws: readonly Raw[], keyword: string): number {
  return Math.min(Infinity, ...numbers(raws, keyword));
}

function numbers(raws: readonly Raw[], keyword: string): number[] {
  return raws.map((raw) => raw[keyword]).filter((value) => typeof value === 'number');
}

function arrayFacets(raws: readonly Raw[]): ArrayFacets {
  const lists = raws.map((raw) => ({ prefix: partsIn(raw['prefixItems']), rest: raw['items'] }));
  const length = Math.max(0, ...lists.map(({ prefix }) => prefix.length));
  const at = (index: number): Meaning =>
    lists.flatMap(({ prefix, rest }) => saying(prefix[index] ?? rest));
  return {
    type: 'array',
    low: greatest(raws, 'minItems'),
    high: least(raws, 'maxItems'),
    unique: raws.some((raw) => raw['uniqueItems'] === true),
    prefix: Array.from({ length }, (_, index) => at(index)),
    rest: at(Infinity),
  };
}

function partsIn(value: unknown): Part[] {
  return Array.isArray(value) ? value.filter(isPart) : [];
}

/** The part as a meaning: nothing where it allows everything. */
export function saying(part: unknown): Part[] {
  return !isPart(part) || isAnything(part) ? [] : [part];
}

function objectFacets(raws: readonly Raw[]): ObjectFacets {
  const dependent = new Map<string, Set<string>>();
  for (const raw of raws) {
    if (!isObject(raw['dependentRequired'])) continue;
    for (const [name, others] of Object.entries(raw['dependentRequired'])) {
      const known = dependent.get(name) ?? new Set<string>();
      for (const other of strings(others)) if (other !== name) known.add(other);
      if (known.size > 0) dependent.set(name, known);
    }
  }
  return {
    type: 'object',
    low: greatest(raws, 'minProperties'),
    high: least(raws, 'maxProperties'),
    required: new Set(raws.flatMap((raw) => strings(raw['required']))),
    dependent,
    names: raws.flatMap((raw) => saying(raw['propertyNames'])),
    shapes: raws.map(shapeOf).filter(saysSomething),
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** What one schema says of members by name. */
export function shapeOf(raw: Raw): Shape {
  const { properties, patternProperties, additionalProperties } = raw;
  const members = Object.entries(isObject(properties) ? properties : {});
  const patterns = Object.entries(isObject(patternProperties) ? patternProperties : {});
  return {
    properties: new Map(members.filter((member): member is [string, Part] => isPart(member[1]))),
    patterns: patterns
      .filter((pattern): pattern is [string, Part] => isPart(pattern[1]))
      .map(([source, part]) => ({ source, part, matches: matcher(source) })),
    additional: isPart(additionalProperties) ? additionalProperties : undefined,
  };
}

function saysSomething({ properties, patterns, additional }: Shape): boolean {
  return properties.size > 0 || patterns.length > 0 || additional !== undefined;
}

function matcher(source: string): (name: string) => boolean {
  try {
    const expression = new RegExp(source, 'u');
    return (name) => expression.test(name);
  } catch {
    return () => false;
  }
}
