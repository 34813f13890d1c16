import type { JsonSchema } from '../tool.js';

const SCHEMA_MAPS = ['properties', 'patternProperties', '$defs', 'dependentSchemas'] as const;
const SCHEMA_LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const;
const SCHEMAS = [
  'items',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'not',
  'if',
  'then',
  'else',
] as const;

/** How the keywords of JSON Schema 2020-12 hold other schemas. */
export const schemaKeywords: ReadonlyMap<string, 'map' | 'list' | 'schema'> = new Map([
  ...SCHEMA_MAPS.map((keyword) => [keyword, 'map'] as const),
  ...SCHEMA_LISTS.map((keyword) => [keyword, 'list'] as const),
  ...SCHEMAS.map((keyword) => [keyword, 'schema'] as const),
]);

const MAX_HOPS = 32;

type Types = ReadonlySet<string> | undefined;

/** Answers questions about one schema; what was worked out once is kept, so cycles and size cost little. */
export type SchemaReader = {
  root: JsonSchema;
  /** The schema itself, or what its `$ref` leads to; undefined for `true`, `false`, nothing and cycles. */
  resolve: (schema: unknown) => JsonSchema | undefined;
  /** JSON types that the schema lets through, or undefined when it does not say. */
  types: (schema: unknown) => Types;
  /** The schema and all that it is put together from by allOf, anyOf and oneOf. */
  layers: (schema: unknown) => readonly JsonSchema[];
};

/** References have the form `#/$defs/<name>`; others lead nowhere. */
export function createSchemaReader(root: JsonSchema): SchemaReader {
  const knownTypes = new WeakMap<object, Types>();
  const knownLayers = new WeakMap<object, readonly JsonSchema[]>();

  const resolve = (schema: unknown): JsonSchema | undefined => {
    let current = schema;
    for (let hop = 0; hop < MAX_HOPS; hop += 1) {
      if (!isObject(current)) return undefined;
      if (typeof current['$ref'] !== 'string') return current;
      current = lookUp(root, current['$ref']);
    }
    return undefined;
  };

  const types = (schema: unknown): Types => {
    const resolved = resolve(schema);
    if (resolved === undefined) return undefined;
    if (!knownTypes.has(resolved)) {
      // Stands until the answer is known: a schema that contains itself says nothing by that.
      knownTypes.set(resolved, undefined);
      knownTypes.set(resolved, statedTypes(resolved) ?? combinedTypes(resolved));
    }
    return knownTypes.get(resolved);
  };

  const combinedTypes = (schema: JsonSchema): Types => {
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const branches = schemaList(schema, keyword).map(types);
      const known = branches.filter((branch) => branch !== undefined);
      if (known.length > 0 && known.length === branches.length) {
        return new Set(known.flatMap((branch) => [...branch]));
      }
    }
    return schemaList(schema, 'allOf')
      .map(types)
      .find((part) => part !== undefined);
  };

  const layers = (schema: unknown): readonly JsonSchema[] => {
    const start = resolve(schema);
    if (start === undefined) return [];
    const known = knownLayers.get(start);
    if (known !== undefined) return known;
    const found = new Set<JsonSchema>([start]);
    // A set is walked in the order of insertion, including what is added on the way.
    for (const layer of found) {
      for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
        for (const part of schemaList(layer, keyword)) {
          const resolved = resolve(part);
          if (resolved !== undefined) found.add(resolved);
        }
      }
    }
    const all = [...found];
    knownLayers.set(start, all);
    return all;
  };

  return { root, resolve, types, layers };
}

/** What a reference of the form `#/$defs/<name>` points to. */
export function lookUp(root: JsonSchema, reference: string): unknown {
  const name = /^#\/\$defs\/([^/]+)$/.exec(reference)?.[1];
  const definitions = root['$defs'];
  if (name === undefined || !isObject(definitions)) return undefined;
  return definitions[decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')];
}

export function schemaList(schema: JsonSchema, keyword: (typeof SCHEMA_LISTS)[number]): unknown[] {
  const list = schema[keyword];
  return Array.isArray(list) ? list : [];
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON type of a value; `integer` for numbers without a fraction. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function statedTypes({ type, const: constant, enum: values }: JsonSchema): Types {
  if (typeof type === 'string') return new Set([type]);
  if (Array.isArray(type)) return new Set(type.filter((name) => typeof name === 'string'));
  if (constant !== undefined) return new Set([typeOf(constant)]);
  return Array.isArray(values) ? new Set(values.map(typeOf)) : undefined;
}
