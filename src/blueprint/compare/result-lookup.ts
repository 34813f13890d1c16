import { requestOf } from '../binding.js';
import type { Blueprint, JsonSchema } from '../types.js';

/** All schemas that say something of a value of a tool's result, by the pointer below its `outputSchema`. */
export type ResultAt = (pointer: string) => readonly JsonSchema[];

/** What is known of the result of a tool beyond what is listed; undefined for a tool without. */
export type ResultLookup = (tool: string) => ResultAt | undefined;

type Named = ReadonlyMap<string, JsonSchema>;

/** Looks up the whole result types of a blueprint, of which output schemas show as much as the policy allows. */
export function resultLookup({ tools, sources }: Blueprint): ResultLookup {
  const known = new Map(tools.map((tool) => [tool.name, tool]));
  const named = new Map(
    sources.map((source): [string, Named] => [
      source.id,
      new Map('schemas' in source ? Object.entries(source.schemas) : []),
    ]),
  );
  return (name) => {
    const tool = known.get(name);
    const source = tool && requestOf(tool)?.source;
    if (tool?.resultType === undefined || source === undefined) return undefined;
    const { resultType } = tool;
    const schemas: Named = named.get(source) ?? new Map();
    return (pointer) => schemasAt(resultType, schemas, pointer);
  };
}

/** Whether a schema is a 64-bit integer, whose text form is ours: one that a double cannot hold comes as its digits. */
export function isWideInteger(schemas: readonly JsonSchema[]): boolean {
  const typed = schemas.filter(({ type }) => type !== undefined);
  const texts = typed.filter(({ type }) => [type].flat().includes('string'));
  const isWide = ({ type, format }: JsonSchema) =>
    format === 'int64' && Array.isArray(type) && type.includes('integer');
  return texts.length > 0 && texts.every(isWide);
}

function schemasAt(root: JsonSchema, named: Named, pointer: string): JsonSchema[] {
  const keys = pointer.split('/').slice(1);
  const whole = layers([root], named);
  // What is no object stands under `result`.
  const isWrapped = whole.every(({ properties }) => properties === undefined);
  const start = isWrapped && keys[0] === 'properties' && keys[1] === 'result' ? 2 : 0;
  let at = whole;
  for (let index = start; index < keys.length; index += 1) {
    const keyword = keys[index]!;
    const key = keys[index + 1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '';
    const isMap = keyword === 'properties' || keyword === 'patternProperties';
    if (isMap || keyword === 'prefixItems' || CHOICES.has(keyword)) index += 1;
    // The alternatives of a value are among its layers already.
    if (CHOICES.has(keyword)) continue;
    const inner = at.map((schema) => {
      const found = schema[keyword];
      return isMap || keyword === 'prefixItems' ? own(found, key) : found;
    });
    at = layers(inner.filter(isSchema), named);
  }
  return at;
}

const CHOICES: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf']);

/** Schemas with all that they refer to, and with their parts and alternatives; each once. */
function layers(schemas: readonly JsonSchema[], named: Named): JsonSchema[] {
  const found = new Set<JsonSchema>();
  const waiting = [...schemas];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (found.has(schema)) continue;
    found.add(schema);
    const { $ref } = schema;
    const target = typeof $ref === 'string' ? named.get($ref.replace('#/$defs/', '')) : undefined;
    if (target) waiting.push(target);
    for (const keyword of CHOICES) {
      const parts = schema[keyword];
      if (Array.isArray(parts)) waiting.push(...(parts as unknown[]).filter(isSchema));
    }
  }
  return [...found];
}

function own(holder: unknown, key: string): unknown {
  return isSchema(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null;
}
