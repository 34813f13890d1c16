import { mapSchema } from './close-schema.js';
import { holdsInvisible } from './model-text.js';
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
  const open = mapSchema(withoutHiddenNames(kept), openOutput);
  const defs = schema['$defs'];
  if (typeof defs !== 'object' || defs === null) return open;
  const members = Object.entries(defs).map(([name, inner]) => [
    name,
    openOutput(inner as JsonSchema),
  ]);
  return { ...open, $defs: Object.fromEntries(members) as Record<string, JsonSchema> };
}

/** Names that hide characters are not shown; the schema is open, so that their values still pass. */
function withoutHiddenNames(schema: JsonSchema): JsonSchema {
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null) return schema;
  const shown = Object.entries(properties).filter(([name]) => !holdsInvisible(name));
  return { ...schema, properties: Object.fromEntries(shown) };
}
