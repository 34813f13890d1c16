import { exampleArguments } from '../../../blueprint/example.js';
import type { JsonSchema } from '../../../blueprint/types.js';

const BY_KIND: Record<string, unknown> = {
  integer: 1,
  bigint: 1,
  decimal: '1',
  float: 1,
  boolean: true,
  date: '2024-01-01',
  time: '12:00:00',
  timestamp: '2024-01-01 12:00:00',
  timestamptz: '2024-01-01 12:00:00+00',
  interval: '1 day',
  uuid: '00000000-0000-4000-8000-000000000000',
  binary: 'aGVsbG8=',
};

/** A call that the database takes: texts of dates and the like are such. Undefined where none can be made. */
export function exampleCall(
  schema: JsonSchema,
  kinds: ReadonlyMap<string, string>,
): Record<string, unknown> | undefined {
  const made = exampleArguments(schema);
  if (made === undefined) return undefined;
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  return Object.fromEntries(
    Object.entries(made).map(([name, value]) => {
      const known = BY_KIND[kinds.get(name) ?? ''];
      const { enum: values, minimum, pattern } = properties[name] ?? {};
      const isFree = values === undefined && minimum === undefined && pattern === undefined;
      return [name, known !== undefined && isFree ? known : value];
    }),
  );
}
