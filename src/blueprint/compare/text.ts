import { LISTS, MAPS, SINGLES } from '../schema-keywords.js';
import { canonicalJson, isObject } from './json.js';
import type { Part, Root } from './meaning.js';
import { isNote } from './notes.js';

const whole = new WeakMap<object, string>();
const bare = new WeakMap<object, string>();

/** The JSON text of a schema as it is written. */
export function wholeText(part: Part): string {
  return remembered(whole, part, JSON.stringify);
}

/** The same text for schemas that differ in notes and order alone; references stay as they are. */
export function bareText(part: Part): string {
  return remembered(bare, part, (schema) => canonicalJson(withoutNotes(schema)));
}

function remembered(cache: WeakMap<object, string>, part: Part, write: (part: Part) => string) {
  if (typeof part === 'boolean') return String(part);
  const known = cache.get(part);
  if (known !== undefined) return known;
  const text = write(part);
  cache.set(part, text);
  return text;
}

function withoutNotes(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(
    ([keyword]) => !isNote(keyword) && keyword !== '$defs',
  );
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, inner(keyword, value)]));
}

function inner(keyword: string, value: unknown): unknown {
  if ((SINGLES as readonly string[]).includes(keyword)) return withoutNotes(value);
  if ([...LISTS, 'oneOf'].includes(keyword)) {
    return Array.isArray(value) ? value.map(withoutNotes) : value;
  }
  if (!(MAPS as readonly string[]).includes(keyword) || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutNotes(one)]));
}

/**
 * Tells whether a schema text means the same in both documents, which it does when all that it refers to, directly or not, has
 * the same text under the same name.
 */
export function createStability(
  before: Root,
  after: Root,
  textOf: (part: Part) => string,
): (text: string) => boolean {
  const stable = new Map<string, boolean>();
  const judge = (reference: string): boolean => {
    const known = stable.get(reference);
    if (known !== undefined) return known;
    const seen = new Set([reference]);
    for (const name of seen) {
      const [a, b] = [before.resolve(name), after.resolve(name)];
      const isSame = a !== undefined && b !== undefined && textOf(a) === textOf(b);
      if (!isSame || stable.get(name) === false) {
        stable.set(reference, false);
        return false;
      }
      for (const next of referencesIn(textOf(a))) seen.add(next);
    }
    for (const name of seen) stable.set(name, true);
    return true;
  };
  return (text) => referencesIn(text).every(judge);
}

function referencesIn(text: string): string[] {
  if (!text.includes('"$ref"')) return [];
  return [...text.matchAll(/"\$ref":("(?:[^"\\]|\\.)*")/g)].map(
    ([, name]) => JSON.parse(name!) as string,
  );
}
