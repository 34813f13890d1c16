import type { JsonSchema } from '../tool.js';
import { isRecord } from './wire-text.js';

const MAX_DEPTH = 100;

/**
 * Whether a client that validates would take the value. Output schemas say shapes only: `type`,
 * `properties`, `items`, `prefixItems`, `additionalProperties`, `allOf`, `anyOf` and references
 * into the root's own `$defs`.
 */
export function fitsSchema(value: unknown, schema: unknown, root: JsonSchema, depth = 0): boolean {
  if (schema === false || depth > MAX_DEPTH) return false;
  if (!isRecord(schema)) return true;
  const fits = (inner: unknown, part: unknown = value) => fitsSchema(part, inner, root, depth + 1);
  return (
    fitsType(value, schema.type) &&
    (typeof schema.$ref !== 'string' || fits(definition(schema.$ref, root))) &&
    listOf(schema.allOf).every((inner) => fits(inner)) &&
    (!Array.isArray(schema.anyOf) || schema.anyOf.some((inner) => fits(inner))) &&
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
  if (schema.properties === undefined && schema.additionalProperties === undefined) return true;
  const properties = isRecord(schema.properties) ? schema.properties : {};
  return Object.entries(value).every(([key, member]) =>
    fits(Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties, member),
  );
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

function definition(reference: string, root: JsonSchema): unknown {
  const name = reference.replace('#/$defs/', '');
  return isRecord(root.$defs) && Object.hasOwn(root.$defs, name) ? root.$defs[name] : false;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
