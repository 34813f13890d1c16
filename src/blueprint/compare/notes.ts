import { CUT_MARKER } from '../close-schema.js';
import { noting } from './effect.js';
import type { Effect } from './graph.js';
import { hasValue, isObject } from './json.js';
import type { Meaning, Part, Root } from './meaning.js';

type Raw = Record<string, unknown>;

/** Keywords that refuse no value. */
const NOTES: ReadonlySet<string> = new Set([
  ...['title', 'description', 'default', 'example', 'examples', 'deprecated', '$comment'],
  ...['readOnly', 'writeOnly'],
]);

/** What a schema says without refusing any value. */
type Notes = { description?: string; default?: unknown; deprecated?: boolean };

export function isNote(keyword: string): boolean {
  return NOTES.has(keyword) || keyword.startsWith('x-');
}

/** What parts refer to instead of themselves, where they add nothing but words: the same place in the schema for all of them. */
export function withoutWords(root: Root, meaning: Meaning): Meaning {
  return meaning.map((part) => {
    const seen = new Set<Part>();
    let at = part;
    while (!seen.has(at)) {
      seen.add(at);
      at = behindWords(root, at) ?? at;
    }
    return at;
  });
}

function behindWords(root: Root, part: Part): Part | undefined {
  if (typeof part === 'boolean' || part['$ref'] === undefined) return undefined;
  const isPlain = Object.keys(part).every((keyword) => keyword === '$ref' || isNote(keyword));
  return isPlain ? targetOf(root, part) : undefined;
}

/** What the `$ref` of a schema points to. */
export function targetOf(root: Root, { $ref: reference }: Raw): Part | undefined {
  return typeof reference === 'string' ? root.resolve(reference) : undefined;
}

/** Differences in words: the nearest ones count, those beside a reference before those behind it. */
export function compareNotes(before: [Root, Meaning], after: [Root, Meaning]): Effect[] {
  const [a, b] = [readNotes(...before), readNotes(...after)];
  const effects: Effect[] = [];
  const isSame = 'default' in a === 'default' in b && hasValue([a.default], b.default);
  if (!isSame) effects.push(noting('default-changed', ends('default', a, b)));
  if (a.description !== b.description) {
    effects.push(noting('field-description-changed', ends('description', a, b)));
  }
  if (a.deprecated === b.deprecated) return effects;
  const code = b.deprecated ? 'field-deprecated' : 'field-undeprecated';
  return [...effects, noting(code, { pointer: '/deprecated' })];
}

function ends(keyword: 'default' | 'description', a: Notes, b: Notes) {
  return {
    pointer: `/${keyword}`,
    ...(keyword in a && { before: a[keyword] }),
    ...(keyword in b && { after: b[keyword] }),
  };
}

function readNotes(root: Root, meaning: Meaning): Notes {
  const notes: Notes = {};
  const read = (part: Part | undefined, seen: ReadonlySet<Part>): void => {
    if (!isObject(part) || seen.has(part)) return;
    const { description, deprecated } = part;
    if (typeof description === 'string') notes.description ??= description;
    if (Object.hasOwn(part, 'default') && !('default' in notes)) notes.default = part['default'];
    if (deprecated === true) notes.deprecated = true;
    const { $ref, allOf } = part;
    if ($ref === undefined && !Array.isArray(allOf)) return;
    const inside = new Set([...seen, part]);
    read(targetOf(root, part), inside);
    if (Array.isArray(allOf)) for (const branch of allOf) read(branch as Part, inside);
  };
  for (const part of meaning) read(part, new Set());
  return notes;
}

/** What says of itself that something is missing: see `CUT_MARKER`. Long texts lose their end, and the marker with it. */
export function isCut(root: Root, meaning: Meaning): boolean {
  return meaning.some((part) => {
    if (typeof part === 'boolean') return false;
    const target = targetOf(root, part);
    return isCutHere(part) || (isObject(target) && isCutHere(target));
  });
}

function isCutHere(part: Raw): boolean {
  const { description } = part;
  if (typeof description !== 'string') return false;
  if (description.endsWith(CUT_MARKER)) return true;
  const isBare = Object.keys(part).every((key) => key === 'type' || key === 'description');
  return isBare && description.endsWith('…') && !isScalar(part['type']);
}

function isScalar(type: unknown): boolean {
  return typeof type === 'string' && type !== 'object' && type !== 'array';
}
