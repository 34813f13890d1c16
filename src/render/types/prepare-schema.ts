import type { JsonSchema } from '../../blueprint/types.js';
import { commentText } from '../emit.js';
import { KEY_MARK } from './read-type.js';

/** Type names by the name that `#/$defs/<name>` refers to. */
export type TypeNames = ReadonlyMap<string, string>;

const MAX_DEPTH = 60;
const MAX_LITERALS = 100;
const COMMENT_WIDTH = 120;

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
const UNKNOWN: JsonSchema = { tsType: 'unknown' };
const SIMPLE_KEY = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The part of a schema that types are made of, in the words that json-schema-to-typescript knows: references become the
 * names of their types, so that every schema can be compiled on its own, and nothing that it would print as found is left.
 */
export function prepareSchema(schema: unknown, names: TypeNames, depth = 0): JsonSchema {
  if (schema === false) return { tsType: 'never' };
  if (!isObject(schema) || depth > MAX_DEPTH) return { ...UNKNOWN };
  const below = (part: unknown) => prepareSchema(part, names, depth + 1);
  const notes = annotations(schema);
  const parts = structure(schema, below);
  if (typeof schema.$ref !== 'string') return { ...parts, ...notes };
  const reference = { tsType: names.get(schema.$ref.replace(/^#\/\$defs\//, '')) ?? 'unknown' };
  return parts.tsType === 'unknown'
    ? { ...reference, ...notes }
    : { allOf: [reference, parts], ...notes };
}

function structure(schema: JsonSchema, below: (part: unknown) => JsonSchema): JsonSchema {
  if ('const' in schema) return literals([schema.const]);
  if (Array.isArray(schema.enum)) return literals(schema.enum);
  const prepared: JsonSchema = {};
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const list = schema[keyword];
    if (Array.isArray(list) && list.length > 0) prepared[keyword] = list.map(below);
  }
  const combined = Object.keys(prepared).length > 0;
  const types = typesOf(schema);
  if (types.includes('object')) {
    const object = objectParts(schema, below);
    if (object !== undefined) Object.assign(prepared, object);
    else if (combined) return prepared;
    else if (types.length === 1) return { tsType: 'Record<string, unknown>' };
    else prepared.additionalProperties = true;
  }
  if (types.includes('array')) prepared.items = items(schema, below);
  if (types.length > 0) prepared.type = types.length === 1 ? types[0] : types;
  return types.length === 0 && !combined ? { ...UNKNOWN } : prepared;
}

function typesOf(schema: JsonSchema): string[] {
  const listed = Array.isArray(schema.type) ? schema.type : [schema.type];
  const types = listed.filter((type): type is string => TYPES.has(type as string));
  if (types.length > 0) return [...new Set(types)];
  if (isObject(schema.properties) || isObject(schema.additionalProperties)) return ['object'];
  return schema.items !== undefined || schema.prefixItems !== undefined ? ['array'] : [];
}

/** Undefined where nothing is said about the properties. */
function objectParts(
  schema: JsonSchema,
  below: (part: unknown) => JsonSchema,
): JsonSchema | undefined {
  const properties = Object.entries(isObject(schema.properties) ? schema.properties : {});
  const rest = schema.additionalProperties ?? (schema.patternProperties ? true : undefined);
  if (properties.length === 0) {
    if (rest === false) return { tsType: 'Record<string, never>' };
    return isObject(rest) ? { properties: {}, additionalProperties: below(rest) } : undefined;
  }
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return {
    properties: Object.fromEntries(properties.map(([key, part]) => [marked(key), below(part)])),
    required: properties
      .map(([key]) => key)
      .filter((key) => required.has(key))
      .map(marked),
    additionalProperties: isObject(rest) ? below(rest) : rest === true,
  };
}

/** Tuples become arrays of any of their items: TypeScript's tuples would refuse what JSON Schema lets pass. */
function items(schema: JsonSchema, below: (part: unknown) => JsonSchema): JsonSchema {
  const tuple = [schema.prefixItems, schema.items].find((list) => Array.isArray(list)) as
    unknown[] | undefined;
  if (tuple === undefined) return below(schema.items ?? {});
  const rest = isObject(schema.items) ? [schema.items] : [];
  const all = [...tuple, ...rest];
  return all.length === 0 ? { ...UNKNOWN } : { anyOf: all.map(below) };
}

/** A union of the values; where they are many, of their types. */
function literals(values: unknown[]): JsonSchema {
  const isPlain = (value: unknown) =>
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value));
  if (values.length === 0 || !values.every(isPlain)) return { ...UNKNOWN };
  const distinct = [...new Set(values)];
  if (distinct.length <= MAX_LITERALS) return { enum: distinct };
  const types = new Set(distinct.map((value) => (value === null ? 'null' : typeof value)));
  return { type: [...types].sort() };
}

function annotations(schema: JsonSchema): JsonSchema {
  const paragraph = typeof schema.description === 'string' ? schema.description : '';
  const text = commentText(paragraph.trim().split(/\n\s*\n/)[0] ?? '', COMMENT_WIDTH);
  return {
    ...(text !== '' && { description: text }),
    ...(schema.deprecated === true && { deprecated: true }),
  };
}

/** Names such as `__proto__` and `$ref` mean something else to the libraries on the way. */
function marked(key: string): string {
  return SIMPLE_KEY.test(key) && !(key in Object.prototype) ? key : KEY_MARK + key;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
