import type { JsonSchema } from '../../blueprint/types.js';
import { namesAround } from './break-cycles.js';

/** TypeScript writes an intersection of unions out, and refuses one of 100,000 members (2590); it is slow long before. */
const MAX_MEMBERS = 1_000;

const UNKNOWN: JsonSchema = { tsType: 'unknown' };

type Widths = ReadonlyMap<string, number>;

/**
 * Leaves out what makes an intersection of unions too wide, so that the type allows more. Takes prepared schemas by type name
 * that do not come back to themselves (see `breakCycles`).
 */
export function limitUnions(schemas: Map<string, JsonSchema>): Map<string, JsonSchema> {
  const widths = new Map<string, number>();
  for (const name of innermostFirst(schemas)) {
    widths.set(name, widthOf(limitOwn(schemas.get(name)!, widths), widths));
  }
  return new Map([...schemas].map(([name, schema]) => [name, limit(schema, widths)]));
}

/** Type names, each after those that its type is made of directly. */
function innermostFirst(schemas: ReadonlyMap<string, JsonSchema>): string[] {
  const order = new Set<string>();
  const open = new Set<string>();
  for (const start of schemas.keys()) {
    // An explicit stack: chains of names can be longer than the call stack.
    const stack = [start];
    for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
      const first = !open.has(name);
      open.add(name);
      const inner = first ? [...namesAround(schemas.get(name))] : [];
      const waiting = inner.filter((other) => schemas.has(other) && !open.has(other));
      if (waiting.length > 0) stack.push(...waiting);
      else order.add(stack.pop()!);
    }
  }
  return [...order];
}

/** How many members the type has where it is written as a union. */
function widthOf(schema: JsonSchema, widths: Widths): number {
  if (typeof schema.tsType === 'string') return widths.get(schema.tsType) ?? 1;
  if (Array.isArray(schema.enum)) return schema.enum.length;
  return factorsOf(schema, widths).reduce((product, { width }) => product * width, 1);
}

/** What a type is the intersection of. */
type Factor = { width: number; without: (schema: JsonSchema) => JsonSchema };

function factorsOf(schema: JsonSchema, widths: Widths): Factor[] {
  const types = Array.isArray(schema.type) ? schema.type.length : 1;
  const own: Factor = { width: types, without: ({ type: _, ...rest }) => rest };
  const unions = (['anyOf', 'oneOf'] as const).flatMap((keyword): Factor[] => {
    const members = schema[keyword] as JsonSchema[] | undefined;
    if (members === undefined) return [];
    const width = members.reduce((sum, member) => sum + widthOf(member, widths), 0);
    return [{ width, without: ({ [keyword]: _, ...rest }) => rest }];
  });
  const parts = (schema.allOf ?? []) as JsonSchema[];
  const all = parts.map((part): Factor => ({
    width: widthOf(part, widths),
    without: (from) => ({
      ...from,
      allOf: (from.allOf as JsonSchema[]).map((other) => (other === part ? UNKNOWN : other)),
    }),
  }));
  return [own, ...all, ...unions];
}

/** The schema with a type of its own that fits, without a look at its properties and items. */
function limitOwn(schema: JsonSchema, widths: Widths): JsonSchema {
  let kept: JsonSchema = { ...schema };
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const members = schema[keyword] as JsonSchema[] | undefined;
    if (members !== undefined) kept[keyword] = members.map((member) => limitOwn(member, widths));
  }
  let product = 1;
  for (const { width, without } of factorsOf(kept, widths)) {
    if (width === 1 || product * width <= MAX_MEMBERS) product *= width;
    else kept = without(kept);
  }
  return kept;
}

function limit(schema: JsonSchema, widths: Widths): JsonSchema {
  const kept = limitOwn(schema, widths);
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const members = kept[keyword] as JsonSchema[] | undefined;
    if (members !== undefined) kept[keyword] = members.map((member) => limit(member, widths));
  }
  for (const keyword of ['items', 'additionalProperties'] as const) {
    const inner = kept[keyword];
    if (isSchema(inner)) kept[keyword] = limit(inner, widths);
  }
  if (isSchema(kept.properties)) {
    kept.properties = Object.fromEntries(
      Object.entries(kept.properties).map(([key, inner]) => [
        key,
        limit(inner as JsonSchema, widths),
      ]),
    );
  }
  return kept;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
