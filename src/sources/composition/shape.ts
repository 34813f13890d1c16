import type { JsonSchema } from '../../blueprint/types.js';

/** What is known of a value: a schema, and the named ones that it refers to. `{}` is nothing. */
export type Shape = { schema: JsonSchema; named: Readonly<Record<string, JsonSchema>> };

export const UNKNOWN: Shape = { schema: {}, named: {} };

export type Kind = 'null' | 'boolean' | 'object' | 'array' | 'number' | 'string';

const KINDS: readonly Kind[] = ['null', 'boolean', 'object', 'array', 'number', 'string'];
const MAX_LAYERS = 40;

export function shapeOf(schema: JsonSchema, named: Shape['named'] = {}): Shape {
  return { schema, named };
}

/** The shape that a constant has. */
export function shapeOfValue(value: unknown): Shape {
  return shapeOf({ const: value });
}

/** The types that a value may have; undefined where nothing is said. Integers are numbers. */
export function kindsOf(shape: Shape, depth = 0): Set<Kind> | undefined {
  if (depth > MAX_LAYERS) return undefined;
  const schema = resolved(shape);
  if (schema === undefined) return undefined;
  const { type, enum: values, allOf, anyOf, oneOf } = schema;
  if ('const' in schema) return new Set([kindOfValue(schema['const'])]);
  if (Array.isArray(values)) return new Set(values.map(kindOfValue));
  if (type !== undefined) {
    return new Set([type].flat().flatMap((name) => kindNamed(name)));
  }
  const inner = (part: unknown) => kindsOf({ ...shape, schema: part as JsonSchema }, depth + 1);
  for (const parts of [anyOf, oneOf]) {
    if (!Array.isArray(parts)) continue;
    const all = parts.map(inner);
    return all.some((kinds) => kinds === undefined)
      ? undefined
      : new Set(all.flatMap((kinds) => [...kinds!]));
  }
  if (Array.isArray(allOf)) {
    const known = allOf.map(inner).filter((kinds) => kinds !== undefined);
    if (known.length > 0)
      return new Set([...known[0]!].filter((kind) => known.every((kinds) => kinds.has(kind))));
  }
  return schema['properties'] === undefined ? undefined : new Set(['object']);
}

export type Member = { found: Shape } | { missing: string[] } | { wrongKind: Kind[] };

/** What stands under a key of a value; `missing` gives the keys that there are. */
export function memberOf(shape: Shape, key: string | number | undefined, depth = 0): Member {
  const schema = depth > MAX_LAYERS ? undefined : resolved(shape);
  if (schema === undefined) return { found: UNKNOWN };
  const within = (part: unknown): Member => ({ found: { ...shape, schema: part as JsonSchema } });
  if ('const' in schema) return memberOfValue(schema['const'], key);
  const parts = [schema['anyOf'], schema['oneOf'], schema['allOf']].flatMap((list) =>
    Array.isArray(list) ? (list as JsonSchema[]) : [],
  );
  const own = ownMember(schema, key);
  if (own !== undefined && typeof own === 'object') return within(own);
  if (parts.length > 0) return memberOfAny(shape, parts, key, own, depth);
  const kinds = kindsOf(shape);
  const wanted: Kind = typeof key === 'number' ? 'array' : 'object';
  if (kinds && key !== undefined && !kinds.has(wanted)) {
    return { wrongKind: [...kinds].filter((kind) => kind !== 'null') };
  }
  const properties = schema['properties'];
  if (
    typeof key !== 'string' ||
    own === true ||
    typeof properties !== 'object' ||
    properties === null
  ) {
    return { found: UNKNOWN };
  }
  const names = Object.keys(properties);
  return names.length === 0 ? { found: UNKNOWN } : { missing: names };
}

function memberOfAny(
  shape: Shape,
  parts: readonly JsonSchema[],
  key: string | number | undefined,
  own: JsonSchema | true | undefined,
  depth: number,
): Member {
  if (own === true) return { found: UNKNOWN };
  const all = parts.map((schema) => memberOf({ ...shape, schema }, key, depth + 1));
  const found = all.flatMap((member) => ('found' in member ? [member.found] : []));
  if (found.length === 1) return { found: found[0]! };
  if (found.length > 1) return { found: anyOf(found) };
  const { properties = {} } = shape.schema as { properties?: object };
  const names = all.flatMap((member) => ('missing' in member ? member.missing : []));
  if (names.length > 0) return { missing: [...new Set([...Object.keys(properties), ...names])] };
  return all[0] ?? { found: UNKNOWN };
}

/** The schema of a key; true where anything may stand there; undefined where the schema does not name it. */
function ownMember(
  schema: JsonSchema,
  key: string | number | undefined,
): JsonSchema | true | undefined {
  if (key === undefined) return true;
  if (typeof key === 'number') {
    const { prefixItems, items } = schema;
    const at = Array.isArray(prefixItems) ? (prefixItems[key] as unknown) : undefined;
    return asSchema(at ?? items);
  }
  const properties = schema['properties'] as Record<string, unknown> | undefined;
  if (properties && Object.hasOwn(properties, key)) return asSchema(properties[key]) ?? true;
  if (schema['patternProperties'] !== undefined) return true;
  return asSchema(schema['additionalProperties']);
}

function asSchema(part: unknown): JsonSchema | true | undefined {
  if (part === true) return true;
  return typeof part === 'object' && part !== null ? (part as JsonSchema) : undefined;
}

function memberOfValue(value: unknown, key: string | number | undefined): Member {
  if (key === undefined) return { found: UNKNOWN };
  if (typeof value !== 'object' || value === null) return { wrongKind: [kindOfValue(value)] };
  if (Object.hasOwn(value, key)) return { found: shapeOfValue(Reflect.get(value, key)) };
  return { missing: Object.keys(value) };
}

/** What all items of a list are. */
export function itemOf(shape: Shape): Shape {
  const schema = resolved(shape);
  if (schema === undefined) return UNKNOWN;
  if ('const' in schema && Array.isArray(schema['const'])) {
    return schema['const'].length === 0 ? UNKNOWN : anyOf(schema['const'].map(shapeOfValue));
  }
  const member = memberOf(shape, 0);
  return 'found' in member ? member.found : UNKNOWN;
}

export function listOf({ schema, named }: Shape): Shape {
  return { schema: { type: 'array', items: schema }, named };
}

/** One of several. Named schemas of different holders are kept apart by taking references out. */
export function anyOf(shapes: readonly Shape[]): Shape {
  const [first] = shapes;
  if (first === undefined) return UNKNOWN;
  if (shapes.every(({ named }) => named === first.named)) {
    return { schema: { anyOf: shapes.map(({ schema }) => schema) }, named: first.named };
  }
  const kinds = shapes.map((shape) => kindsOf(shape));
  if (kinds.some((found) => found === undefined)) return UNKNOWN;
  return shapeOf({ type: [...new Set(kinds.flatMap((found) => [...found!]))] });
}

/** The schema itself; undefined where a reference leads nowhere that is known. */
function resolved({ schema, named }: Shape): JsonSchema | undefined {
  let at: unknown = schema;
  for (let steps = 0; steps < MAX_LAYERS; steps += 1) {
    if (typeof at !== 'object' || at === null) return undefined;
    const { $ref } = at as JsonSchema;
    if (typeof $ref !== 'string') return at as JsonSchema;
    const name = $ref.replace(/^#\/\$defs\//, '');
    at = Object.hasOwn(named, name) ? named[name] : undefined;
  }
  return undefined;
}

function kindNamed(name: unknown): Kind[] {
  if (name === 'integer') return ['number'];
  return KINDS.filter((kind) => kind === name);
}

function kindOfValue(value: unknown): Kind {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'boolean' || type === 'number' || type === 'string' ? type : 'object';
}

const WORDS: Record<Kind, string> = {
  null: 'null',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  number: 'a number',
  string: 'text',
};

/** `text or a number`. */
export function inWords(kinds: Iterable<Kind>): string {
  return [...new Set(kinds)].map((kind) => WORDS[kind]).join(' or ');
}
