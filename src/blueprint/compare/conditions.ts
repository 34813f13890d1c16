import type { Condition, ValueType } from './alternative.js';
import { canonicalJson, isObject } from './json.js';
import { isAnything, isPart, type Part } from './meaning.js';
import { bareText } from './text.js';

type Raw = Record<string, unknown>;

/** What no value is refused for, or what is read elsewhere. */
const NO_CONDITIONS: ReadonlySet<string> = new Set([
  ...['$anchor', '$comment', '$defs', '$id', '$ref', '$schema', 'additionalProperties', 'allOf'],
  ...['anyOf', 'const', 'contentEncoding', 'contentMediaType', 'contentSchema', 'default'],
  ...['definitions', 'dependentRequired', 'deprecated', 'description', 'discriminator', 'else'],
  ...['enum', 'example', 'examples', 'exclusiveMaximum', 'exclusiveMinimum', 'externalDocs'],
  ...['format', 'items', 'maxContains', 'maxItems', 'maxLength', 'maxProperties', 'maximum'],
  ...['minContains', 'minItems', 'minLength', 'minProperties', 'minimum', 'multipleOf', 'oneOf'],
  ...['pattern', 'patternProperties', 'prefixItems', 'properties', 'propertyNames', 'readOnly'],
  ...['required', 'then', 'title', 'type', 'unevaluatedProperties', 'uniqueItems', 'writeOnly'],
  ...['xml'],
]);

/** Keywords that look at values of one type only. */
const ONLY_FOR: Partial<Record<string, ValueType>> = {
  contains: 'array',
  unevaluatedItems: 'array',
  dependentSchemas: 'object',
  unevaluatedProperties: 'object',
};

/** Whether a condition says something of values of that type. */
export function concerns(condition: Condition, type: ValueType): boolean {
  return (ONLY_FOR[condition.keyword] ?? type) === type;
}

/** What one schema asks for in words that cannot be taken apart into facets. References and choices are not among them. */
export function conditionsOf(raw: Raw): Condition[] {
  return Object.keys(raw)
    .filter((keyword) => !NO_CONDITIONS.has(keyword) && !keyword.startsWith('x-'))
    .flatMap((keyword) => conditionOf(raw, keyword));
}

function conditionOf(raw: Raw, keyword: string): Condition[] {
  const value = raw[keyword];
  if (keyword === 'if') {
    if (raw['then'] === undefined && raw['else'] === undefined) return [];
    return [condition(keyword, [value, raw['then'] ?? true, raw['else'] ?? true])];
  }
  if (keyword === 'contains') {
    const { minContains = 1, maxContains = null } = raw;
    return [condition(keyword, [value], canonicalJson([minContains, maxContains]))];
  }
  if (keyword === 'dependentSchemas' && isObject(value)) {
    const names = Object.keys(value).sort();
    return [
      condition(
        keyword,
        names.map((name) => value[name]),
        canonicalJson(names),
      ),
    ];
  }
  if (keyword === 'unevaluatedItems' && isAnything(value)) return [];
  if (keyword === 'not' && value === false) return [];
  return isPart(value)
    ? [condition(keyword, [value])]
    : [condition(keyword, [], canonicalJson(value))];
}

/** A condition; whatever is no schema is kept as text. */
export function condition(keyword: string, schemas: readonly unknown[], rest = ''): Condition {
  const strange = schemas.filter((schema) => !isPart(schema));
  return {
    keyword,
    schemas: schemas.filter(isPart),
    rest: strange.length > 0 ? `${rest}${canonicalJson(strange)}` : rest,
  };
}

/** A choice whose branches have no order. */
export function unordered(keyword: string, branches: readonly Part[]): Condition {
  const texts = branches.map((branch) => ({ branch, text: bareText(branch) }));
  const sorted = texts.sort((a, b) => (a.text < b.text ? -1 : 1));
  return condition(
    keyword,
    sorted.map(({ branch }) => branch),
  );
}
