import type { JsonSchema } from '../../blueprint/types.js';
import { KEY_MARK } from './read-type.js';
import type { CompiledType, Member, TypeNode } from './type-node.js';

/** A prepared schema as its notes, and what is compiled: the rest as a whole, or what it consists of. */
export type Parts = { notes: Notes } & (
  | { kind: 'whole'; key: string }
  | { kind: 'array'; item: Parts }
  | { kind: 'object'; properties: Property[] }
);

type Notes = { description: string | undefined; isDeprecated: boolean };

type Property = { key: string; optional: boolean; parts: Parts };

const OBJECT_KEYWORDS: ReadonlySet<string> = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
]);

/** Takes a prepared schema apart; `keyOf` remembers what has to be compiled and gives the key of its result. */
export function takeApart(schema: JsonSchema, keyOf: (schema: JsonSchema) => string): Parts {
  const { description, deprecated, ...rest } = schema;
  const notes = {
    description: description as string | undefined,
    isDeprecated: deprecated === true,
  };
  if (isPlainArray(rest)) {
    return { notes, kind: 'array', item: takeApart(rest.items as JsonSchema, keyOf) };
  }
  if (!isPlainObject(rest)) return { notes, kind: 'whole', key: keyOf(rest) };
  const required = new Set(rest.required as string[]);
  const properties = Object.entries(rest.properties as Record<string, JsonSchema>).map(
    ([name, property]) => ({
      key: name.startsWith(KEY_MARK) ? name.slice(KEY_MARK.length) : name,
      optional: !required.has(name),
      parts: takeApart(property, keyOf),
    }),
  );
  return { notes, kind: 'object', properties };
}

/** The type of what was taken apart; undefined when one of its parts could not be compiled. */
export function putTogether(
  parts: Parts,
  compiled: ReadonlyMap<string, CompiledType>,
): CompiledType {
  const type = typeOf(parts, compiled);
  if (type === undefined) return undefined;
  const { description, isDeprecated } = parts.notes;
  // The compiler has something to say where items have notes of their own.
  const ofItems = parts.kind === 'whole' ? compiled.get(parts.key)?.comment : undefined;
  const comment = [isDeprecated && '@deprecated', description, ofItems].filter(Boolean).join(' ');
  return { type, comment };
}

function typeOf(parts: Parts, compiled: ReadonlyMap<string, CompiledType>): TypeNode | undefined {
  if (parts.kind === 'whole') return compiled.get(parts.key)?.type;
  if (parts.kind === 'array') {
    const item = typeOf(parts.item, compiled);
    return item && { kind: 'array', item };
  }
  const members: Member[] = [];
  for (const { key, optional, parts: inner } of parts.properties) {
    const found = putTogether(inner, compiled);
    if (found === undefined) return undefined;
    members.push({ key, optional, ...found });
  }
  return { kind: 'object', members };
}

/** Of objects that say nothing about themselves: what is said of items becomes a part of the array's comment. */
function isPlainArray(schema: JsonSchema): boolean {
  if (schema.type !== 'array' || Object.keys(schema).length !== 2) return false;
  const items = schema.items as JsonSchema | undefined;
  return items !== undefined && isPlainObject(items);
}

/** Nothing but listed properties. */
function isPlainObject(schema: JsonSchema): boolean {
  return (
    schema.type === 'object' &&
    schema.additionalProperties === false &&
    typeof schema.properties === 'object' &&
    Object.keys(schema).every((keyword) => OBJECT_KEYWORDS.has(keyword))
  );
}
