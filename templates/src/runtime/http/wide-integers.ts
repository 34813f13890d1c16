import { LosslessNumber } from 'lossless-json';
import type { JsonSchema } from '../tool.js';
import { isRecord } from './wire-text.js';

const WIDE = new Set(['int64', 'uint64']);

/**
 * Turns strings of digits into numbers wherever the schema takes a 64-bit integer both ways, so
 * that they leave as the bare number that the API expects, with every digit. Gives a copy; other
 * values stay as they are.
 */
export function readWideIntegers(value: unknown, schema: unknown, root: JsonSchema): unknown {
  const schemas = applicable(schema, root);
  if (typeof value === 'string') {
    const wide = schemas.some(takesWideInteger) && /^-?(0|[1-9]\d*)$/.test(value);
    return wide ? new LosslessNumber(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => {
      const inner = schemas.flatMap((each) => [elementAt(each.prefixItems, index), each.items]);
      return readWideIntegers(item, { allOf: inner }, root);
    });
  }
  if (!isRecord(value)) return value;
  const members = Object.entries(value).map(([key, member]) => {
    const inner = schemas.flatMap((each) => [
      own(each.properties, key),
      own(each.properties, key) === undefined ? each.additionalProperties : undefined,
    ]);
    return [key, readWideIntegers(member, { allOf: inner }, root)];
  });
  return Object.fromEntries(members) as Record<string, unknown>;
}

/**
 * A schema with everything that applies to the same value: references and combinators, each
 * once.
 */
function applicable(schema: unknown, root: JsonSchema, seen = new Set<unknown>()): JsonSchema[] {
  if (!isRecord(schema) || seen.has(schema)) return [];
  seen.add(schema);
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/$defs/', '') : undefined;
  const parts = [
    name === undefined ? undefined : own(root.$defs, name),
    ...[schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) =>
      Array.isArray(list) ? (list as unknown[]) : [],
    ),
  ];
  return [schema, ...parts.flatMap((part) => applicable(part, root, seen))];
}

function takesWideInteger(schema: JsonSchema): boolean {
  return (
    Array.isArray(schema.type) &&
    schema.type.includes('integer') &&
    schema.type.includes('string') &&
    typeof schema.format === 'string' &&
    WIDE.has(schema.format)
  );
}

function own(record: unknown, key: string): unknown {
  return isRecord(record) && Object.hasOwn(record, key) ? record[key] : undefined;
}

function elementAt(list: unknown, index: number): unknown {
  return Array.isArray(list) ? list[index] : undefined;
}
