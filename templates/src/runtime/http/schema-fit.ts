import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '../tool.js';
import { isRecord, jsonText } from './wire-text.js';

const MAX_DEPTH = 100;

/** The formats that validating clients check; stricter than some of them, never laxer. */
const FORMATS: Record<string, RegExp> = {
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  'date-time':
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  time: /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  email: /^[\w.+-]+@[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)+$/i,
  uri: /^[a-z][a-z\d+.-]*:\/\/[\w.-]+(:\d+)?([/?#][\w\-.~:/?#@!$&'()*+,;=%]*)?$/i,
  uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
  ipv4: /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$/,
  hostname: /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i,
};

/**
 * Formats that are checked by few and too loosely defined to be sure: such values count as
 * unfit.
 */
const UNSURE = new Set(['ipv6', 'duration', 'regex', 'json-pointer', 'uri-template', 'byte']);

/** Longer texts are not run through a pattern. */
const MAX_PATTERN_INPUT = 10_000;

/**
 * Whether a client that validates would take the value (JSON Schema 2020-12). Keywords that
 * output schemas do not use count as met.
 */
export function fitsSchema(value: unknown, schema: unknown, root: JsonSchema, depth = 0): boolean {
  if (schema === false || depth > MAX_DEPTH) return false;
  if (!isRecord(schema)) return true;
  const fits = (inner: unknown, part: unknown = value) => fitsSchema(part, inner, root, depth + 1);
  return (
    fitsType(value, schema.type) &&
    (schema.const === undefined || isDeepStrictEqual(value, schema.const)) &&
    (!Array.isArray(schema.enum) || schema.enum.some((item) => isDeepStrictEqual(item, value))) &&
    (typeof schema.$ref !== 'string' || fits(definition(schema.$ref, root))) &&
    listOf(schema.allOf).every((inner) => fits(inner)) &&
    (!Array.isArray(schema.anyOf) || schema.anyOf.some((inner) => fits(inner))) &&
    (!Array.isArray(schema.oneOf) || schema.oneOf.filter((inner) => fits(inner)).length === 1) &&
    (schema.not === undefined || !fits(schema.not)) &&
    fitsBounds(value, schema) &&
    (!Array.isArray(value) || fitsItems(value, schema, fits)) &&
    (!isRecord(value) || fitsMembers(value, schema, fits))
  );
}

type Fits = (schema: unknown, part: unknown) => boolean;

function fitsItems(value: unknown[], schema: JsonSchema, fits: Fits): boolean {
  const first = listOf(schema.prefixItems);
  return value.every((item, index) =>
    fits(index < first.length ? first[index] : schema.items, item),
  );
}

function fitsMembers(value: Record<string, unknown>, schema: JsonSchema, fits: Fits): boolean {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  return (
    listOf(schema.required).every((name) => Object.hasOwn(value, String(name))) &&
    Object.entries(value).every(([key, member]) =>
      fits(Object.hasOwn(properties, key) ? properties[key] : openRest(schema), member),
    )
  );
}

/**
 * What members without a schema of their own must be; members that a pattern may cover are let
 * through.
 */
function openRest(schema: JsonSchema): unknown {
  return schema.patternProperties === undefined ? schema.additionalProperties : undefined;
}

function fitsType(value: unknown, type: unknown): boolean {
  if (type === undefined) return true;
  return (Array.isArray(type) ? type : [type]).some((name) => {
    if (name === 'null') return value === null;
    if (name === 'array') return Array.isArray(value);
    if (name === 'object') return isRecord(value);
    if (name === 'integer') return Number.isInteger(value);
    return typeof value === name;
  });
}

function fitsBounds(value: unknown, schema: JsonSchema): boolean {
  const bound = (name: string, test: (limit: number) => boolean) =>
    typeof schema[name] !== 'number' || test(schema[name]);
  if (typeof value === 'number') {
    return (
      bound('minimum', (limit) => value >= limit) &&
      bound('maximum', (limit) => value <= limit) &&
      bound('exclusiveMinimum', (limit) => value > limit) &&
      bound('exclusiveMaximum', (limit) => value < limit) &&
      bound('multipleOf', (step) => Number.isInteger(value / step))
    );
  }
  if (typeof value === 'string') {
    const length = [...value].length;
    return (
      fitsFormat(value, schema.format) &&
      fitsPattern(value, schema.pattern) &&
      bound('minLength', (limit) => length >= limit) &&
      bound('maxLength', (limit) => length <= limit)
    );
  }
  if (!Array.isArray(value)) return true;
  return (
    (schema.uniqueItems !== true || new Set(value.map(jsonText)).size === value.length) &&
    bound('minItems', (limit) => value.length >= limit) &&
    bound('maxItems', (limit) => value.length <= limit)
  );
}

function fitsFormat(value: string, format: unknown): boolean {
  if (typeof format !== 'string') return true;
  if (UNSURE.has(format)) return false;
  return !Object.hasOwn(FORMATS, format) || FORMATS[format]!.test(value);
}

function fitsPattern(value: string, pattern: unknown): boolean {
  if (typeof pattern !== 'string') return true;
  if (value.length > MAX_PATTERN_INPUT) return false;
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return false;
  }
}

function definition(reference: string, root: JsonSchema): unknown {
  const name = reference.replace('#/$defs/', '');
  return isRecord(root.$defs) && Object.hasOwn(root.$defs, name) ? root.$defs[name] : false;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
