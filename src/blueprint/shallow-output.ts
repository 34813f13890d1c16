import { referenceName } from './close-schema.js';
import type { JsonSchema } from './types.js';

/** Most characters of JSON that a shallow output schema may cost. */
const MAX_SIZE = 400;

/** Told to who reads the schema where it does not list everything. */
const MORE = 'Has more fields.';

/** Most named schemas that are looked into for one result. */
const MAX_NAMES = 300;

const NAME = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * The first level of a result, open and without constraints beyond types: enough for a model to know what it gets, an eighth
 * of the bytes of a full schema. Arrays and scalars stand under `result`; a map is an object. What had no room is told by the
 * description. Undefined where nothing is known.
 */
export function shallowOutput(
  root: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
): JsonSchema | undefined {
  const fields = new Map<string, JsonSchema>();
  const isObject = gather(root, named, fields, new Set());
  if (!isObject) {
    const types = typesOf(root, named);
    if (types.length === 0 || types.includes('object')) return undefined;
    return { type: 'object', properties: { result: typed(types) } };
  }
  const properties: Record<string, JsonSchema> = {};
  let size = 40;
  for (const [name, schema] of fields) {
    if (!NAME.test(name) || name === '__proto__') continue;
    const shown = typed(typesOf(schema, named));
    size += name.length + JSON.stringify(shown).length + 4;
    if (size > MAX_SIZE) break;
    properties[name] = shown;
  }
  const listed = Object.keys(properties).length;
  if (listed === 0) return { type: 'object' };
  if (listed < fields.size) return { type: 'object', description: MORE, properties };
  return { type: 'object', properties };
}

function typed(types: string[]): JsonSchema {
  if (types.length === 0) return {};
  return { type: types.length === 1 ? types[0] : types };
}

/** Collects the fields of an object through references and `allOf`; false where the value need not be an object. */
function gather(
  schema: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
  fields: Map<string, JsonSchema>,
  seen: Set<string>,
): boolean {
  const name = referenceName(schema);
  if (name !== undefined) {
    const target = named.get(name);
    if (!target || seen.has(name) || seen.size > MAX_NAMES) return seen.has(name);
    seen.add(name);
    return gather(target, named, fields, seen);
  }
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  for (const [key, inner] of Object.entries(properties))
    if (!fields.has(key)) fields.set(key, inner);
  const branches = (schema['allOf'] ?? []) as JsonSchema[];
  const inherited = branches.map((branch) => gather(branch, named, fields, seen));
  const own = [schema['type']].flat();
  return (own.length === 1 && own[0] === 'object') || inherited.includes(true);
}

/** Types that a value may have; none where it may have any. Each named schema is looked into once. */
function typesOf(
  schema: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
  known: Map<string, string[]> = new Map(),
): string[] {
  const name = referenceName(schema);
  if (name !== undefined) {
    const types = known.get(name);
    const target = named.get(name);
    if (types !== undefined || !target || known.size > MAX_NAMES) return types ?? [];
    known.set(name, []);
    known.set(name, typesOf(target, named, known));
    return known.get(name) ?? [];
  }
  if (schema['type'] !== undefined) return [schema['type']].flat() as string[];
  const choices = schema['anyOf'] as JsonSchema[] | undefined;
  if (choices) {
    const each = choices.map((branch) => typesOf(branch, named, known));
    return each.some((types) => types.length === 0) ? [] : [...new Set(each.flat())];
  }
  for (const branch of (schema['allOf'] as JsonSchema[] | undefined) ?? []) {
    const types = typesOf(branch, named, known);
    if (types.length > 0) return types;
  }
  return [];
}
