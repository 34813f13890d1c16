import { holdsInvisible, modelText, visibleText } from '../../blueprint/model-text.js';
import type { JsonSchema } from '../../blueprint/types.js';
import { argumentName } from '../schema/argument-name.js';
import { createPatternJudge } from '../schema/pattern.js';

/** Keywords whose value is taken as it is where it has the right type; what else there is says nothing to callers. */
const NUMBERS = new Set(
  `minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems minProperties
   maxProperties minContains maxContains`.split(/\s+/),
);
const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']);
const INNER = ['items', 'contains', 'not', 'propertyNames'] as const;
const MAX_DEPTH = 40;
const MAX_TEXT = 1_000;

export type NormalisedSchema = {
  /** Refers to `defs` by `#/$defs/<name>`. */
  schema: JsonSchema;
  defs: Record<string, JsonSchema>;
  /** The server's own names of arguments that have another one here. */
  rename: Record<string, string>;
};

/**
 * The schema of another server (2020-12, or an older draft) in the form that all clients take. What cannot be said in it is left
 * out, which only lets more pass: the server still checks for itself. `prefix` goes before the names of definitions.
 */
export function normaliseSchema(root: JsonSchema, prefix: string): NormalisedSchema {
  const judge = createPatternJudge();
  const rename: Record<string, string> = {};
  const written = { ...objectOf(root['definitions']), ...objectOf(root['$defs']) };
  const names = new Map<string, string>();
  for (const key of Object.keys(written)) names.set(key, definitionName(prefix, key, names));

  const convert = (value: unknown, depth: number): JsonSchema => {
    if (value === false) return { not: {} };
    if (!isObject(value) || depth > MAX_DEPTH) return {};
    const schema: JsonSchema = {};
    const reference = referenceOf(value['$ref'], names);
    if (reference !== undefined) schema['$ref'] = reference;
    for (const [keyword, given] of Object.entries(value)) {
      if (NUMBERS.has(keyword) && typeof given === 'number') schema[keyword] = given;
    }
    const types = [value['type'] ?? []].flat().filter((type) => TYPES.has(type as string));
    if (types.length > 0) schema['type'] = types.length === 1 ? types[0] : types;
    for (const keyword of ['title', 'description'] as const) {
      const text = value[keyword];
      if (typeof text === 'string') schema[keyword] = modelText(text, MAX_TEXT);
    }
    if (typeof value['format'] === 'string') schema['format'] = visibleText(value['format']);
    if (typeof value['uniqueItems'] === 'boolean') schema['uniqueItems'] = value['uniqueItems'];
    for (const keyword of ['const', 'default'] as const) {
      const given = value[keyword];
      if (given !== undefined && !holdsInvisible(given)) schema[keyword] = given;
    }
    for (const keyword of ['enum', 'examples'] as const) {
      const list: unknown = value[keyword];
      const seen = Array.isArray(list) ? list.filter((one) => !holdsInvisible(one)) : [];
      if (seen.length > 0) schema[keyword] = seen;
    }
    const pattern = typeof value['pattern'] === 'string' ? judge(value['pattern']) : undefined;
    if (pattern?.usable) schema['pattern'] = pattern.pattern;
    for (const keyword of INNER) {
      const inner = value[keyword];
      if (keyword === 'items' && Array.isArray(inner)) {
        schema['prefixItems'] = inner.map((item) => convert(item, depth + 1));
      } else if (isObject(inner)) schema[keyword] = convert(inner, depth + 1);
    }
    if (Array.isArray(value['prefixItems']) && value['prefixItems'].length > 0) {
      schema['prefixItems'] = value['prefixItems'].map((item) => convert(item, depth + 1));
    }
    for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
      const parts = value[keyword];
      if (!Array.isArray(parts) || parts.length === 0) continue;
      // One of several is any of them: which one it is, the server finds out.
      const name = keyword === 'oneOf' ? 'anyOf' : keyword;
      const converted = parts.map((part) => convert(part, depth + 1));
      if (schema[name] === undefined) schema[name] = converted;
    }
    const additional = value['additionalProperties'];
    if (typeof additional === 'boolean') schema['additionalProperties'] = additional;
    else if (isObject(additional)) schema['additionalProperties'] = convert(additional, depth + 1);
    if (isObject(value['properties'])) {
      const isRoot = depth === 0;
      schema['properties'] = Object.fromEntries(
        Object.entries(value['properties']).flatMap(([name, inner]) => {
          const shown = isRoot ? argumentName(name) : name;
          if (name === '__proto__' || holdsInvisible(shown)) return [];
          if (shown !== name) rename[shown] = name;
          return [[shown, convert(inner, depth + 1)]];
        }),
      );
    }
    const required = value['required'];
    if (Array.isArray(required)) {
      const shownNames = required.filter(
        (name) => typeof name === 'string' && !holdsInvisible(name),
      );
      schema['required'] = [
        ...new Set(depth === 0 ? shownNames.map((name) => argumentName(name)) : shownNames),
      ];
    }
    return schema;
  };

  const schema = convert(root, 0);
  const defs = Object.fromEntries(
    Object.entries(written).map(([key, value]) => [names.get(key)!, convert(value, 1)]),
  );
  return { schema, defs, rename };
}

/** What `tools/list` may have at the root of an input: an object, and nothing that is put together. */
export function asInput(schema: JsonSchema): JsonSchema {
  const { type: _, $ref, allOf, anyOf, enum: values, not, const: constant, ...rest } = schema;
  void [$ref, allOf, anyOf, values, not, constant];
  const isClosed = isObject(rest['properties']) && rest['additionalProperties'] === undefined;
  return { type: 'object', ...rest, ...(isClosed && { additionalProperties: false }) };
}

function referenceOf(reference: unknown, names: ReadonlyMap<string, string>): string | undefined {
  const match = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(String(reference ?? ''));
  const name = names.get(match?.[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '');
  return name === undefined ? undefined : `#/$defs/${name}`;
}

/** A name that is one of TypeScript too, and no other definition has. */
function definitionName(prefix: string, key: string, names: ReadonlyMap<string, string>): string {
  const plain = `${prefix}_${key}`.replaceAll(/[^A-Za-z0-9_]+/g, '_').slice(0, 100);
  const taken = new Set(names.values());
  let name = plain;
  for (let n = 2; taken.has(name); n += 1) name = `${plain}_${n}`;
  return name;
}

function objectOf(value: unknown): JsonSchema {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
