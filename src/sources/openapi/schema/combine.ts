import type { JsonSchema } from '../../../blueprint/types.js';

/** Members of an object schema that can be joined with those of another. */
const JOINABLE: ReadonlySet<string> = new Set([
  'type',
  'properties',
  'required',
  'description',
  'examples',
  'default',
  'deprecated',
  'additionalProperties',
]);

/**
 * Puts the parts of a composed schema together in the shortest form that says the same: a single branch stands for itself,
 * object branches of `allOf` become one object, `oneOf` becomes `anyOf` (documents seldom keep branches apart, and the
 * upstream decides), and null moves into the type where it can.
 */
export function combine(
  schema: JsonSchema,
  nullable: boolean,
  lists: { allOf: JsonSchema[]; anyOf: JsonSchema[]; oneOf: JsonSchema[] },
): JsonSchema {
  const whole = [lists.anyOf, lists.oneOf]
    .filter((branches) => branches.length > 0)
    .map(choice)
    .reduce(withChoice, withAllOf(schema, lists.allOf));
  return nullable ? withNull(whole) : whole;
}

/** A choice stands beside the other keywords, which it must: `unevaluatedProperties` looks into it. */
function withChoice(schema: JsonSchema, branch: JsonSchema): JsonSchema {
  const isChoice = Object.keys(branch).every((key) => key === 'anyOf');
  const { type, ...rest } = schema;
  // Branches that name their types make a general one beside them superfluous.
  const bare = isChoice && type === 'object' && schema['properties'] === undefined ? rest : schema;
  if (isChoice && bare['anyOf'] === undefined) return { ...bare, ...branch };
  return join(schema, branch);
}

function withAllOf(schema: JsonSchema, branches: JsonSchema[]): JsonSchema {
  const open = branches.map(opened).filter((branch) => Object.keys(branch).length > 0);
  return open.reduce(join, schema);
}

/** A branch that forbids what its neighbours declare would allow nothing. */
function opened(branch: JsonSchema): JsonSchema {
  if (branch['additionalProperties'] !== false) return branch;
  const { additionalProperties: _, ...rest } = branch;
  return rest;
}

/** Both schemas hold. Notes (descriptions, defaults) of the first win. */
function join(a: JsonSchema, b: JsonSchema): JsonSchema {
  if (Object.keys(a).length === 0) return b;
  if (isNotes(a)) return { ...b, ...a };
  if (isJoinable(a) && isJoinable(b)) return joinObjects(a, b);
  const list = Array.isArray(a['allOf']) ? (a['allOf'] as JsonSchema[]) : undefined;
  if (list) {
    const index = list.findIndex((branch) => isJoinable(branch) && isJoinable(b));
    const joined = index < 0 ? [...list, b] : list.with(index, join(list[index] as JsonSchema, b));
    return { ...a, allOf: joined };
  }
  const { description, default: fallback, deprecated, ...rest } = a;
  const notes = Object.fromEntries(
    Object.entries({ description, default: fallback, deprecated }).filter(
      ([, v]) => v !== undefined,
    ),
  );
  if (Object.keys(rest).every((key) => key === 'type' || key === 'examples')) {
    if (b['$ref'] !== undefined || rest['type'] === b['type']) return { ...b, ...notes };
  }
  const { unevaluatedProperties, unevaluatedItems, ...own } = opened(rest);
  return {
    allOf: [own, b],
    ...notes,
    // What no branch says is seen from beside the branches only (2020-12 §11).
    ...(unevaluatedProperties !== undefined && { unevaluatedProperties }),
    ...(unevaluatedItems !== undefined && { unevaluatedItems }),
  };
}

function isNotes(schema: JsonSchema): boolean {
  return Object.keys(schema).every((key) =>
    ['description', 'default', 'deprecated', 'examples'].includes(key),
  );
}

function isJoinable(schema: JsonSchema): boolean {
  const isObject = schema['type'] === 'object' || schema['type'] === undefined;
  return isObject && Object.keys(schema).every((key) => JOINABLE.has(key));
}

function joinObjects(a: JsonSchema, b: JsonSchema): JsonSchema {
  const properties = { ...(b['properties'] as object), ...(a['properties'] as object) };
  const required = new Set([...strings(a['required']), ...strings(b['required'])]);
  return {
    ...b,
    ...a,
    type: 'object',
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.size > 0 ? { required: [...required] } : {}),
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

function choice(branches: JsonSchema[]): JsonSchema {
  const unique = [...new Map(branches.map((b) => [JSON.stringify(b), b])).values()];
  const solid = unique.filter((branch) => !isNull(branch));
  const hasNull = solid.length < unique.length;
  const only = solid.length === 1 ? solid[0] : undefined;
  if (only) return hasNull ? withNull(only) : only;
  // One branch that allows everything makes the others say nothing.
  if (unique.some((branch) => Object.keys(branch).length === 0)) return {};
  return { anyOf: unique };
}

function isNull(schema: JsonSchema): boolean {
  return schema['type'] === 'null' && Object.keys(schema).length === 1;
}

/** The same schema, null allowed as well. */
export function withNull(schema: JsonSchema): JsonSchema {
  if (isNotes(schema) || isNull(schema)) return schema;
  const type = schema['type'];
  const values = schema['enum'];
  if (
    type !== undefined &&
    schema['const'] === undefined &&
    schema['allOf'] === undefined &&
    schema['anyOf'] === undefined
  ) {
    const types = Array.isArray(type) ? (type as string[]) : [type as string];
    return {
      ...schema,
      type: types.includes('null') ? types : [...types, 'null'],
      ...(Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {}),
    };
  }
  if (
    Array.isArray(values) &&
    Object.keys(schema).every((k) => k === 'enum' || k === 'description')
  ) {
    return values.includes(null) ? schema : { ...schema, enum: [...values, null] };
  }
  const branches = schema['anyOf'];
  if (
    Array.isArray(branches) &&
    Object.keys(schema).every((k) => k === 'anyOf' || k === 'description')
  ) {
    return (branches as JsonSchema[]).some(isNull)
      ? schema
      : { ...schema, anyOf: [...branches, { type: 'null' }] };
  }
  const { description, default: fallback, deprecated, ...rest } = schema;
  const notes = Object.fromEntries(
    Object.entries({ description, default: fallback, deprecated }).filter(
      ([, v]) => v !== undefined,
    ),
  );
  return { anyOf: [rest, { type: 'null' }], ...notes };
}
