import { mapSchema } from './close-schema.js';
import type { JsonSchema } from './types.js';

/** What describes a result without refusing any: clients throw away a result that breaks its schema. */
const KEPT: ReadonlySet<string> = new Set([
  '$ref',
  'additionalProperties',
  'allOf',
  'anyOf',
  'deprecated',
  'description',
  'items',
  'prefixItems',
  'properties',
  'type',
]);

/** The same schema with nothing but shapes and words: no required members, values, bounds or formats. */
export function openOutput(schema: JsonSchema): JsonSchema {
  const kept = Object.fromEntries(
    Object.entries(schema).filter(([key, value]) => KEPT.has(key) && value !== false),
  );
  const open = mapSchema(kept, openOutput);
  const defs = schema['$defs'];
  if (typeof defs !== 'object' || defs === null) return open;
  const members = Object.entries(defs).map(([name, inner]) => [
    name,
    openOutput(inner as JsonSchema),
  ]);
  return { ...open, $defs: Object.fromEntries(members) as Record<string, JsonSchema> };
}
