import { Validator } from '@cfworker/json-schema';
import { eachInner, referenceName } from './close-schema.js';
import { samplePattern } from './sample-pattern.js';
import type { JsonSchema } from './types.js';

/** The definitions that a schema refers to, and how many more steps may be spent on it. */
type Work = { defs: Record<string, JsonSchema>; left: number };

/** Where nothing valid was found. */
const NONE = Symbol('no value');

/** Steps that may be spent on one tool: schemas that refer to each other crosswise have no end otherwise. */
const MAX_STEPS = 20_000;

/** Most definitions that one tool's schema may have for an example to be made. */
const MAX_DEFINITIONS = 500;

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
  const defs = (schema['$defs'] ?? {}) as Record<string, JsonSchema>;
  if (expandedSize(schema, defs) > MAX_STEPS) return undefined;
  const work: Work = { defs, left: MAX_STEPS };
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = new Set(schema['required'] as string[] | undefined);
  const chosen: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    const isWanted = required.has(name) || property['examples'] !== undefined;
    const value = isWanted ? sampleArgument(property, work, inPath.has(name)) : NONE;
    if (value !== NONE && isValid(property, work, value)) chosen[name] = value;
    else if (required.has(name)) return undefined;
  }
  return chosen;
}

/** How many schemas there are when every reference is followed each time; recursion counts once. */
function expandedSize(root: JsonSchema, defs: Work['defs']): number {
  // Chains that are longer than any stack are not worth an example.
  if (Object.keys(defs).length > MAX_DEFINITIONS) return Infinity;
  const known = new Map<string, number>();
  const sizeOf = (schema: JsonSchema): number => {
    let size = 1;
    const name = referenceName(schema);
    if (name !== undefined && defs[name]) {
      if (!known.has(name)) {
        known.set(name, 1);
        known.set(name, sizeOf(defs[name]));
      }
      size += known.get(name) ?? 1;
    }
    eachInner(schema, (inner) => {
      size += sizeOf(inner);
    });
    return size;
  };
  return sizeOf(root);
}

/** A segment of a path must be there, whatever the document gives as its example. */
function sampleArgument(schema: JsonSchema, work: Work, isInPath: boolean): unknown {
  const value = sample(schema, work, 0);
  if (!isInPath || !isEmptySegment(value)) return value;
  const { examples: _, default: __, enum: values, ...bare } = schema;
  const segments = Array.isArray(values) ? values.filter((one) => !isEmptySegment(one)) : [];
  const atLeast = (bound: string): number => Math.max(Number(schema[bound] ?? 0), 1);
  const filled = {
    ...bare,
    ...(segments.length > 0 && { enum: segments }),
    minLength: atLeast('minLength'),
    minProperties: atLeast('minProperties'),
  };
  const again = sample(filled, work, 0);
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

function isValid(schema: JsonSchema, work: Work, value: unknown): boolean {
  try {
    return new Validator({ ...schema, $defs: work.defs }, '2020-12').validate(value).valid;
  } catch {
    return false;
  }
}

function sample(schema: JsonSchema, work: Work, depth: number): unknown {
  work.left -= 1;
  if (work.left < 0) return NONE;
  const { defs } = work;
  const name = referenceName(schema);
  if (name !== undefined && defs[name])
    return depth > MAX_DEPTH
      ? NONE
      : sample({ ...defs[name], ...without$ref(schema) }, work, depth + 1);
  for (const known of [
    schema['examples'],
    [schema['default']],
    [schema['const']],
    schema['enum'],
  ]) {
    const value = Array.isArray(known)
      ? (known as unknown[]).find((item) => item !== null && item !== undefined)
      : undefined;
    if (value !== undefined && isSendable(value) && isValid(schema, work, value)) return value;
  }
  const branches = (schema['anyOf'] ?? []) as JsonSchema[];
  for (const branch of branches) {
    const value = sampleAll({ ...schema, anyOf: [branch] }, work, depth + 1);
    if (value !== NONE && value !== null && isValid(schema, work, value)) return value;
  }
  if (schema['allOf'] !== undefined || branches.length > 0) return sampleAll(schema, work, depth);
  return sampleType(schema, work, depth);
}

function without$ref(schema: JsonSchema): JsonSchema {
  const { $ref: _, ...rest } = schema;
  return rest;
}

/** All branches at once: their fields and what they require together, or the first value that satisfies the whole. */
function sampleAll(schema: JsonSchema, work: Work, depth: number): unknown {
  if (depth > MAX_DEPTH) return NONE;
  const merged = mergeBranches(schema, work, depth);
  return sample(
    merged['properties'] === undefined ? merged : { type: 'object', ...merged },
    work,
    depth + 1,
  );
}

/** One schema for a composed one, for making a value: of a choice, the first branch. */
function mergeBranches(schema: JsonSchema, work: Work, depth: number): JsonSchema {
  work.left -= 1;
  if (depth > MAX_DEPTH || work.left < 0) return {};
  const { defs } = work;
  const name = referenceName(schema);
  const own = name !== undefined && defs[name] ? { ...defs[name], ...without$ref(schema) } : schema;
  const {
    allOf = [],
    anyOf = [],
    ...rest
  } = own as { allOf?: JsonSchema[]; anyOf?: JsonSchema[] } & JsonSchema;
  const branches = [
    ...allOf.map((branch) => mergeBranches(branch, work, depth + 1)),
    ...anyOf.slice(0, 1).map((branch) => withTags(mergeBranches(branch, work, depth + 1))),
  ];
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

/** What tells an alternative from the others is there, whether the document requires it or not: it was `oneOf` maybe. */
function withTags(schema: JsonSchema): JsonSchema {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  const tags = properties.filter(
    ([, property]) => 'const' in property || (property['enum'] as unknown[])?.length === 1,
  );
  if (tags.length === 0) return schema;
  const required = (schema['required'] ?? []) as string[];
  return { ...schema, required: [...new Set([...required, ...tags.map(([name]) => name)])] };
}

function sampleType(schema: JsonSchema, work: Work, depth: number): unknown {
  const [type] = [schema['type']].flat();
  if (type === 'object' || (type === undefined && schema['properties'] !== undefined))
    return sampleObject(schema, work, depth);
  if (type === 'array') return sampleArray(schema, work, depth);
  if (type === 'integer' || type === 'number') return sampleNumber(schema, type);
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return sampleString(schema);
}

function sampleObject(schema: JsonSchema, work: Work, depth: number): unknown {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const entries: [string, unknown][] = [];
  for (const key of (schema['required'] ?? []) as string[]) {
    const value = depth > MAX_DEPTH ? NONE : sample(properties[key] ?? {}, work, depth + 1);
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
    const value = sample(inner, work, depth + 1);
    if (value !== NONE) entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

function sampleArray(schema: JsonSchema, work: Work, depth: number): unknown {
  const least = Math.max(Number(schema['minItems'] ?? 0), schema['maxItems'] === 0 ? 0 : 1);
  if (least > MAX_ITEMS) return NONE;
  const items = schema['items'] as JsonSchema | undefined;
  const tuple = (schema['prefixItems'] ?? []) as JsonSchema[];
  const made = tuple.map((item) => sample(item, work, depth + 1));
  while (made.length < least && items !== undefined) made.push(sample(items, work, depth + 1));
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
