import { Validator } from '@cfworker/json-schema';
import { referenceName } from './close-schema.js';
import { samplePattern } from './sample-pattern.js';
import type { JsonSchema } from './types.js';

type Defs = Record<string, JsonSchema>;

/** Where nothing valid was found. */
const NONE = Symbol('no value');

/** How deep required members are followed. */
const MAX_DEPTH = 12;

/** An item that is left out of an array anyway costs nothing; required ones are made, up to this many. */
const MAX_ITEMS = 20;

/**
 * Arguments that the schema accepts: the required ones and those with an example of their own. Undefined where a required
 * one cannot be made (an unusual pattern, contradictory bounds). Arguments named in `inPath` are never empty.
 */
export function exampleArguments(
  schema: JsonSchema,
  inPath: ReadonlySet<string> = new Set(),
): Record<string, unknown> | undefined {
  const defs = (schema['$defs'] ?? {}) as Defs;
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = new Set(schema['required'] as string[] | undefined);
  const chosen: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    const isWanted = required.has(name) || property['examples'] !== undefined;
    const value = isWanted ? sampleArgument(property, defs, inPath.has(name)) : NONE;
    if (value !== NONE && isValid(property, defs, value)) chosen[name] = value;
    else if (required.has(name)) return undefined;
  }
  return chosen;
}

/** A segment of a path must be there, whatever the document gives as its example. */
function sampleArgument(schema: JsonSchema, defs: Defs, isInPath: boolean): unknown {
  const value = sample(schema, defs, 0);
  if (!isInPath || !isEmptySegment(value)) return value;
  const { examples: _, default: __, ...bare } = schema;
  const atLeast = (bound: string): number => Math.max(Number(schema[bound] ?? 0), 1);
  const filled = {
    ...bare,
    minLength: atLeast('minLength'),
    minProperties: atLeast('minProperties'),
  };
  const again = sample(filled, defs, 0);
  return isEmptySegment(again) ? value : again;
}

function isEmptySegment(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === '' || value === '.' || value === '..' || value === null;
}

/** What the emitted server lets through: whole numbers only as far as JavaScript holds them exactly. */
function isSendable(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isSendable);
}

function isValid(schema: JsonSchema, defs: Defs, value: unknown): boolean {
  try {
    return new Validator({ ...schema, $defs: defs }, '2020-12').validate(value).valid;
  } catch {
    return false;
  }
}

function sample(schema: JsonSchema, defs: Defs, depth: number): unknown {
  const name = referenceName(schema);
  if (name !== undefined && defs[name])
    return depth > MAX_DEPTH
      ? NONE
      : sample({ ...defs[name], ...without$ref(schema) }, defs, depth + 1);
  for (const known of [
    schema['examples'],
    [schema['default']],
    [schema['const']],
    schema['enum'],
  ]) {
    const value = Array.isArray(known)
      ? (known as unknown[]).find((item) => item !== null && item !== undefined)
      : undefined;
    if (value !== undefined && isSendable(value) && isValid(schema, defs, value)) return value;
  }
  const branches = (schema['anyOf'] ?? []) as JsonSchema[];
  for (const branch of branches) {
    const value = sampleAll({ ...schema, anyOf: [branch] }, defs, depth + 1);
    if (value !== NONE && value !== null && isValid(schema, defs, value)) return value;
  }
  if (schema['allOf'] !== undefined || branches.length > 0) return sampleAll(schema, defs, depth);
  return sampleType(schema, defs, depth);
}

function without$ref(schema: JsonSchema): JsonSchema {
  const { $ref: _, ...rest } = schema;
  return rest;
}

/** All branches at once: their fields and what they require together, or the first value that satisfies the whole. */
function sampleAll(schema: JsonSchema, defs: Defs, depth: number): unknown {
  if (depth > MAX_DEPTH) return NONE;
  const merged = mergeBranches(schema, defs, depth);
  return sample(
    merged['properties'] === undefined ? merged : { type: 'object', ...merged },
    defs,
    depth + 1,
  );
}

/** One schema for a composed one, for making a value: of a choice, the first branch. */
function mergeBranches(schema: JsonSchema, defs: Defs, depth: number): JsonSchema {
  if (depth > MAX_DEPTH) return {};
  const name = referenceName(schema);
  const own = name !== undefined && defs[name] ? { ...defs[name], ...without$ref(schema) } : schema;
  const {
    allOf = [],
    anyOf = [],
    ...rest
  } = own as { allOf?: JsonSchema[]; anyOf?: JsonSchema[] } & JsonSchema;
  const branches = [...allOf, ...anyOf.slice(0, 1)].map((branch) =>
    mergeBranches(branch, defs, depth + 1),
  );
  return branches.reduce<JsonSchema>((whole, branch) => {
    const properties = { ...(branch['properties'] as object), ...(whole['properties'] as object) };
    const required = [whole['required'] ?? [], branch['required'] ?? []].flat();
    return {
      ...branch,
      ...whole,
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required: [...new Set(required)] }),
    };
  }, rest);
}

function sampleType(schema: JsonSchema, defs: Defs, depth: number): unknown {
  const [type] = [schema['type']].flat();
  if (type === 'object' || (type === undefined && schema['properties'] !== undefined))
    return sampleObject(schema, defs, depth);
  if (type === 'array') return sampleArray(schema, defs, depth);
  if (type === 'integer' || type === 'number') return sampleNumber(schema, type);
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return sampleString(schema);
}

function sampleObject(schema: JsonSchema, defs: Defs, depth: number): unknown {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const entries: [string, unknown][] = [];
  for (const key of (schema['required'] ?? []) as string[]) {
    const value = depth > MAX_DEPTH ? NONE : sample(properties[key] ?? {}, defs, depth + 1);
    if (value === NONE) return NONE;
    entries.push([key, value]);
  }
  const least = Number(schema['minProperties'] ?? 0);
  const additional = schema['additionalProperties'];
  const optional = Object.keys(properties).filter((key) => !entries.some(([name]) => name === key));
  for (const key of [...optional, 'key']) {
    if (entries.length >= least) break;
    const inner =
      properties[key] ?? (typeof additional === 'object' ? (additional as JsonSchema) : {});
    const value = sample(inner, defs, depth + 1);
    if (value !== NONE) entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

function sampleArray(schema: JsonSchema, defs: Defs, depth: number): unknown {
  const least = Math.max(Number(schema['minItems'] ?? 0), schema['maxItems'] === 0 ? 0 : 1);
  if (least > MAX_ITEMS) return NONE;
  const items = schema['items'] as JsonSchema | undefined;
  const tuple = (schema['prefixItems'] ?? []) as JsonSchema[];
  const made = tuple.map((item) => sample(item, defs, depth + 1));
  while (made.length < least && items !== undefined) made.push(sample(items, defs, depth + 1));
  const usable = made.includes(NONE) ? [] : made;
  if (schema['uniqueItems'] === true && usable.length > 1) {
    const values = (items?.['enum'] ?? []) as unknown[];
    return values.length >= least
      ? values.slice(0, least)
      : usable.map((item, n) => (typeof item === 'string' ? `${item}${n}` : n));
  }
  return usable;
}

function sampleNumber(schema: JsonSchema, type: string): number {
  const step = Number(schema['multipleOf'] ?? 1);
  const least =
    schema['exclusiveMinimum'] !== undefined
      ? Number(schema['exclusiveMinimum']) + (type === 'integer' ? 1 : step / 2)
      : Number(schema['minimum'] ?? -Infinity);
  const most =
    schema['exclusiveMaximum'] !== undefined
      ? Number(schema['exclusiveMaximum']) - (type === 'integer' ? 1 : step / 2)
      : Number(schema['maximum'] ?? Infinity);
  const wanted = Math.min(Math.max(1, least), most);
  if (schema['multipleOf'] === undefined) return wanted;
  return Math.ceil(wanted / step) * step;
}

/** Values for formats that a validator checks. */
const FORMATS: Record<string, string> = {
  date: '2024-01-31',
  'date-time': '2024-01-31T12:00:00Z',
  duration: 'P1D',
  email: 'user@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  time: '12:00:00Z',
  uri: 'https://example.com/',
  'uri-reference': '/path',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
};

function sampleString(schema: JsonSchema): unknown {
  const least = Number(schema['minLength'] ?? 0);
  const most = Number(schema['maxLength'] ?? Infinity);
  const pattern = schema['pattern'];
  const format = String(schema['format'] ?? '');
  if (typeof pattern === 'string') {
    return samplePattern(pattern, { least, most, first: FORMATS[format] }) ?? NONE;
  }
  if (format === 'int64') return 1;
  const start =
    FORMATS[format] ?? (schema['contentEncoding'] === 'base64' ? 'aGVsbG8=' : 'example');
  return start.padEnd(least, 'x').slice(0, Math.min(most, 100_000));
}
