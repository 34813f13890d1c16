import { isObject } from './json.js';

/** One schema as it is written, or one of the schemas `true` and `false`. */
export type Part = Record<string, unknown> | boolean;

/** What a value at one place must satisfy: all the parts. None allows everything. */
export type Meaning = readonly Part[];

/** The schema of one side of a comparison, in which references are looked up. */
export type Root = {
  readonly schema: Part;
  /** The same text for the same set of parts. */
  keyOf(meaning: Meaning): string;
  /** What a `$ref` of the form `#/…` points to; undefined where that is nothing or lies elsewhere. */
  resolve(reference: string): Part | undefined;
};

export function createRoot(schema: Part): Root {
  const ids = new Map<Part, number>();
  const targets = new Map<string, Part | undefined>();
  const idOf = (part: Part): number => {
    const known = ids.get(part);
    if (known !== undefined) return known;
    ids.set(part, ids.size);
    return ids.size - 1;
  };
  return {
    schema,
    keyOf: (meaning) => [...new Set(meaning.map(idOf))].sort((a, b) => a - b).join(),
    resolve: (reference) => {
      if (!targets.has(reference)) targets.set(reference, lookUp(schema, reference));
      return targets.get(reference);
    },
  };
}

export function isPart(value: unknown): value is Part {
  return typeof value === 'boolean' || isObject(value);
}

/** The schema that allows every value, in the ways it is written. */
export function isAnything(part: unknown): boolean {
  return part === true || (isObject(part) && Object.keys(part).length === 0);
}

/** The schema that allows no value, in the ways it is written. */
export function isNothing(part: Part): boolean {
  return part === false || (isObject(part) && isAnything(part['not']));
}

/** Stands for members that another schema lists, where one must only know their names. */
export const LISTED_ELSEWHERE: Part = {};

/** RFC 6901 §6: the fragment is percent-encoded before `~1` and `~0` are read. */
function lookUp(schema: Part, reference: string): Part | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  let at: unknown = schema;
  for (const raw of reference.slice(2).split('/')) {
    if (reference === '#') break;
    const key = decoded(raw).replaceAll('~1', '/').replaceAll('~0', '~');
    const isInside = typeof at === 'object' && at !== null && Object.hasOwn(at, key);
    at = isInside ? (at as Record<string, unknown>)[key] : undefined;
  }
  return isPart(at) ? at : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
