import { LISTS, MAPS, SINGLES } from './schema-keywords.js';
import type { JsonSchema } from './types.js';

/** What is wrong with a schema that a person wrote, and where: keys from its root. */
export type SchemaProblem = { path: (string | number)[]; why: string };

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']);
const COMBINATORS = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'];
const NOT_AT_ROOT = [...COMBINATORS, 'enum', '$ref'];
/** Of OpenAPI, and of older drafts. */
const FOREIGN = [
  'nullable',
  'example',
  'discriminator',
  'xml',
  'externalDocs',
  'definitions',
  'id',
];
const NUMBERS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
/** Only there is `true` or `false` a schema that every client takes. */
const BOOLEAN_PLACES: readonly string[] = [
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
];
const PROPERTY = /^[A-Za-z0-9_.-]{1,64}$/;
const MAX_DEPTH = 60;
const MAX_PROBLEMS = 20;

/**
 * Why clients would refuse a tool with this schema; empty when none has a reason to. With `combined` nothing is said of
 * combinators at the root: clients hand them on, and whether models are offered such a tool is up to those who serve them.
 */
export function checkSchema(
  schema: JsonSchema,
  kind: 'input' | 'output',
  { combined = false }: { combined?: boolean | undefined } = {},
): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  const report = (path: (string | number)[], why: string) => {
    if (found.length < MAX_PROBLEMS) found.push({ path, why });
  };
  if (kind === 'input' && schema['type'] !== 'object')
    report([], 'the root must have type: object');
  // A result that is no object is put under a name of its own, so it may be put together freely.
  const misplaced = NOT_AT_ROOT.filter(
    (keyword) => keyword in schema && !(combined && COMBINATORS.includes(keyword)),
  );
  if (kind === 'input' || schema['type'] === 'object') {
    for (const keyword of misplaced) report([keyword], `${keyword} cannot stand at the root`);
  }
  const defs = isSchema(schema['$defs']) ? schema['$defs'] : {};
  const visit = (value: unknown, path: (string | number)[], keyword: string): void => {
    if (typeof value === 'boolean' && BOOLEAN_PLACES.includes(keyword)) return;
    if (!isSchema(value)) return report(path, 'a schema must be an object');
    if (path.length > MAX_DEPTH) return report(path, 'it is nested too deeply');
    for (const why of keywordProblems(value, defs)) report(path, why);
    for (const single of SINGLES)
      if (single in value) visit(value[single], [...path, single], single);
    for (const list of [...LISTS, 'oneOf'] as const) {
      const items = value[list];
      if (items === undefined) continue;
      if (!Array.isArray(items) || items.length === 0) report([...path, list], 'it must be a list');
      else items.forEach((item, index) => visit(item, [...path, list, index], list));
    }
    for (const map of [...MAPS, '$defs'] as const) {
      const members = value[map];
      if (members === undefined) continue;
      if (!isSchema(members)) report([...path, map], 'it must be an object');
      else
        for (const [name, member] of Object.entries(members)) {
          const at = [...path, map, name];
          const isArgument = kind === 'input' && map === 'properties';
          if (isArgument && (!PROPERTY.test(name) || name === '__proto__')) {
            report(at, `"${name}" cannot be the name of an argument`);
          }
          if (map === 'patternProperties' && !isPattern(name)) report(at, 'not a pattern');
          visit(member, at, map);
        }
    }
  };
  visit(schema, [], '');
  return found;
}

function keywordProblems(schema: JsonSchema, defs: JsonSchema): string[] {
  const { $ref: reference, type, required, pattern } = schema;
  const types: unknown[] = [type ?? []].flat();
  const enumeration = schema['enum'];
  return [
    ...(reference !== undefined && !pointsInto(defs, reference)
      ? [`$ref ${JSON.stringify(reference)} does not point into its own $defs`]
      : []),
    ...FOREIGN.filter((keyword) => keyword in schema).map(
      (keyword) => `${keyword} is not a keyword of JSON Schema 2020-12`,
    ),
    ...types
      .filter((one) => !TYPES.has(one as string))
      .map((one) => `${JSON.stringify(one)} is not a type`),
    ...(pattern !== undefined && !isPattern(pattern)
      ? ['pattern is not a regular expression']
      : []),
    ...NUMBERS.filter((keyword) => keyword in schema && typeof schema[keyword] !== 'number').map(
      (keyword) => `${keyword} must be a number`,
    ),
    ...(required !== undefined && !isNames(required) ? ['required must be a list of names'] : []),
    ...('enum' in schema && (!Array.isArray(enumeration) || enumeration.length === 0)
      ? ['enum must be a list of values']
      : []),
  ];
}

function pointsInto(defs: JsonSchema, reference: unknown): boolean {
  const name =
    typeof reference === 'string' ? /^#\/\$defs\/([A-Za-z0-9_.-]+)$/.exec(reference) : null;
  return name !== null && Object.hasOwn(defs, name[1]!);
}

function isPattern(pattern: unknown): boolean {
  try {
    return typeof pattern === 'string' && new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
