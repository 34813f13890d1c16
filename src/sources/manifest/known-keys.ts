import { z } from 'zod';

type Schema = {
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
};

/** The keys that may stand at a place of what `schema` describes; of alternatives those of all. */
export function knownKeys(schema: z.ZodType, path: readonly (string | number)[]): string[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  let at = alternatives(root);
  for (const key of path) at = at.flatMap((one) => alternatives(stepInto(one, key)));
  return [...new Set(at.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

function stepInto(schema: Schema, key: string | number): Schema | undefined {
  if (typeof key === 'number') return schema.items;
  const { properties = {}, additionalProperties: others } = schema;
  if (Object.hasOwn(properties, key)) return properties[key];
  return typeof others === 'object' ? others : undefined;
}

function alternatives(schema: Schema | undefined): Schema[] {
  if (schema === undefined) return [];
  return [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
}
