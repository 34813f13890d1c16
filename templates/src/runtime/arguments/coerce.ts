import type { JsonSchema } from '../tool.js';
import { MAX_UNIQUE_ITEMS } from './compile.js';
import { escapeSegment, guard, type Json, type Problem, type Size } from './guard.js';
import { isObject, schemaList, type SchemaReader } from './schema.js';

/** What the walk needs and collects. */
type Walk = { schemas: SchemaReader; problems: Problem[]; size: Size; comparisons: number };

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

const WHOLE = /^-?(0|[1-9]\d{0,99})$/;

/** Steps for all lists of a call together: about a second. */
const MAX_COMPARISONS = 500_000_000;

/** Decimal digits that every double keeps. */
const EXACT_DIGITS = 15;

/** From here on numbers are printed with an exponent, so nobody takes them for identifiers. */
const EXPONENT_FROM = 1e21;

/**
 * Reads arguments as they were meant: JSON text where an object or array is wanted, number and boolean text where only
 * that is wanted, and null for an optional property that cannot be null as "left out". Nothing is changed where the
 * schema accepts what came. Whole numbers beyond ±(2^53-1) were rounded before they arrived and are problems. `size` grows by
 * what was JSON text.
 */
export function coerce(
  value: Json,
  schemas: SchemaReader,
  size: Size,
): { value: Json; problems: Problem[] } {
  const walk: Walk = { schemas, problems: [], size, comparisons: 0 };
  return { value: coerceValue(value, schemas.root, '', walk), problems: walk.problems };
}

function coerceValue(value: Json, schema: unknown, path: string, walk: Walk): Json {
  const types = walk.schemas.types(schema);
  const meant = typeof value === 'string' && types ? readText(value, schema, path, walk) : value;
  if (typeof meant === 'number') checkExact(meant, types, path, walk);
  if (Array.isArray(meant)) return coerceItems(meant, schema, path, walk);
  if (isObject(meant)) return coerceProperties(meant, schema, path, walk);
  return meant;
}

function readText(text: string, schema: unknown, path: string, walk: Walk): Json {
  const types = walk.schemas.types(schema) ?? new Set<string>();
  if (types.has('string')) return readWideInteger(text, schema, path, walk);
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (types.has('number') || types.has('integer')) return readNumber(text, types);
  const opening = text.trimStart()[0];
  const structured =
    (opening === '{' && types.has('object')) || (opening === '[' && types.has('array'));
  if (!structured) return text;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return text;
  }
  const guarded = guard(parsed, walk.size);
  if ('value' in guarded) return guarded.value;
  const { path: place, message } = guarded.problem;
  walk.problems.push({ path: `${path}${place}`, message });
  return text;
}

/** Digits stand for a whole number where `format: int64` allows both: as a number where it is one exactly. */
function readWideInteger(text: string, schema: unknown, path: string, walk: Walk): Json {
  const layers = walk.schemas.layers(schema);
  if (!layers.some((layer) => layer['format'] === 'int64') || layers.some(isForText)) return text;
  if (!WHOLE.test(text)) {
    walk.problems.push({ path, message: 'is not a whole number; send an integer or its digits' });
    return text;
  }
  if (Number.isSafeInteger(Number(text))) return Number(text);
  for (const { minimum, maximum } of layers) {
    const isBelow = typeof minimum === 'number' && BigInt(text) < BigInt(Math.ceil(minimum));
    const isAbove = typeof maximum === 'number' && BigInt(text) > BigInt(Math.floor(maximum));
    const limit = isBelow ? `at least ${minimum}` : `at most ${maximum}`;
    if (isBelow || isAbove) walk.problems.push({ path, message: `must be ${limit}` });
  }
  return text;
}

/** An alternative that any text satisfies, beside the one for digits. */
function isForText({ type }: JsonSchema): boolean {
  const types = [type].flat();
  return types.includes('string') && !types.includes('integer');
}

// A text that a double cannot hold exactly stays text, and validation says what is wanted.
function readNumber(text: string, types: ReadonlySet<string>): Json {
  const number = Number(text);
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  const exact = NUMBER.test(text) && Number.isFinite(number) && digits.length <= EXACT_DIGITS;
  if (!exact) return text;
  return types.has('number') || Number.isSafeInteger(number) ? number : text;
}

function checkExact(
  value: number,
  types: ReadonlySet<string> | undefined,
  path: string,
  walk: Walk,
): void {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return;
  if (Math.abs(value) >= EXPONENT_FROM && types?.has('number')) return;
  const advice =
    types === undefined || types.has('string') ? 'send it as a string' : 'send a smaller one';
  walk.problems.push({
    path,
    message: `is a whole number beyond ±${Number.MAX_SAFE_INTEGER} and was rounded; ${advice}`,
  });
}

function coerceItems(items: Json[], schema: unknown, path: string, walk: Walk): Json[] {
  countComparisons(items, schema, path, walk);
  return items.map((item, index) =>
    coerceValue(item, itemSchema(schema, index, walk), `${path}/${index}`, walk),
  );
}

/** Where each item is to be there once, the validator compares every one with every other, member by member. */
function countComparisons(items: Json[], schema: unknown, path: string, walk: Walk): void {
  const lists = walk.schemas.layers(schema).filter((layer) => layer['uniqueItems'] === true).length;
  if (lists === 0 || items.length > MAX_UNIQUE_ITEMS) return;
  walk.comparisons +=
    lists * items.length * items.reduce<number>((sum, item) => sum + weight(item), 0);
  if (walk.comparisons <= MAX_COMPARISONS) return;
  const message = 'too much to be compared, item by item; send fewer or smaller items';
  walk.problems.push({ path, message });
}

/** Steps that it takes to compare a value with another. */
function weight(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, member) => sum + 30 + weight(member), 30);
}

function itemSchema(schema: unknown, index: number, walk: Walk): unknown {
  const found: unknown[] = [];
  for (const layer of walk.schemas.layers(schema)) {
    const own = schemaList(layer, 'prefixItems')[index] ?? layer['items'];
    if (own !== undefined) found.push(own);
  }
  return either(found);
}

function coerceProperties(
  properties: { [key: string]: Json },
  schema: unknown,
  path: string,
  walk: Walk,
): Json {
  const all = walk.schemas.layers(schema);
  const isRequired = (name: string): boolean =>
    all.some(({ required }) => Array.isArray(required) && required.includes(name));
  const result: { [key: string]: Json } = Object.create(null);
  for (const [name, value] of Object.entries(properties)) {
    const property = propertySchema(all, name);
    const omitted =
      value === null && !isRequired(name) && walk.schemas.types(property)?.has('null') === false;
    if (omitted) continue;
    result[name] = coerceValue(value, property, `${path}/${escapeSegment(name)}`, walk);
  }
  return result;
}

function propertySchema(all: readonly JsonSchema[], name: string): unknown {
  const declared: unknown[] = [];
  for (const { properties } of all) {
    if (isObject(properties) && Object.hasOwn(properties, name)) declared.push(properties[name]);
  }
  if (declared.length > 0) return either(declared);
  // Which of the patterns a name matches is for the validation to say.
  const others = all.flatMap(({ patternProperties, additionalProperties }) => [
    ...(isObject(patternProperties) ? Object.values(patternProperties) : []),
    additionalProperties,
  ]);
  return either(others.filter((other) => isObject(other)));
}

function either(schemas: readonly unknown[]): unknown {
  return schemas.length > 1 ? { anyOf: schemas } : schemas[0];
}
