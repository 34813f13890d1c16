/** JSON Schema type names (2020-12 §6.1.1). */
const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'] as const;
export type TypeName = (typeof TYPES)[number];

/** What authors write for a type, and what they mean by it; null where they mean "anything". */
const ALIASES: Record<string, TypeName | null> = {
  any: null,
  mixed: null,
  bool: 'boolean',
  date: 'string',
  datetime: 'string',
  decimal: 'number',
  dict: 'object',
  double: 'number',
  enum: 'string',
  file: 'string',
  float: 'number',
  hash: 'object',
  int: 'integer',
  int32: 'integer',
  int64: 'integer',
  list: 'array',
  long: 'integer',
  map: 'object',
  nil: 'null',
  none: 'null',
  numeric: 'number',
  str: 'string',
  text: 'string',
  timestamp: 'string',
  uuid: 'string',
};

/** Reads a type as it was meant: undefined for one that means nothing, null for "anything". */
export function meantType(written: unknown): TypeName | null | undefined {
  if (typeof written !== 'string') return written === null ? 'null' : undefined;
  const lower = written.trim().toLowerCase();
  if ((TYPES as readonly string[]).includes(lower)) return lower as TypeName;
  return Object.hasOwn(ALIASES, lower) ? ALIASES[lower] : undefined;
}

/** Integer formats that do not fit a JavaScript number. */
export const WIDE_INTEGERS: ReadonlySet<string> = new Set(['int64', 'uint64', 'long', 'bigint']);

/** Bounds that are any finite number. */
export const NUMBER_BOUNDS = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
] as const;

/** Bounds that are whole numbers from 0. */
export const COUNT_BOUNDS = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
] as const;

/** Pairs of bounds that must not cross. */
export const BOUND_PAIRS = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

/** Keywords below which everything is data, never a schema. */
export const DATA_KEYWORDS: ReadonlySet<string> = new Set([
  'default',
  'enum',
  'const',
  'example',
  'examples',
  'required',
  'discriminator',
  'externalDocs',
  'xml',
]);

/** The JSON type of a value. */
export function typeOf(value: unknown): TypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value as TypeName;
  return 'object';
}

/** Whether a value may stand where `types` are allowed; no types allow everything. */
export function fitsTypes(value: unknown, types: readonly string[]): boolean {
  if (types.length === 0) return true;
  const type = typeOf(value);
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

/** Whether a value is what JSON can say: YAML and long numbers make infinities, which nothing can print. */
export function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint';
  return Object.values(value).every(isJson);
}
