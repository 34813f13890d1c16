import { closest } from './closest.js';
import { patternOf } from './effort.js';
import { escapeSegment, type Problem } from './guard.js';
import { locate, readPointer } from './locate.js';
import { relevant, type Leaf } from './relevant.js';
import { isObject, typeOf, type SchemaReader } from './schema.js';
import type { CompiledSchema, OutputUnit } from './compile.js';

const MAX_LISTED = 20;
const MAX_SHOWN = 120;

/** Errors of the validator as problems that say what is wrong and what is expected; alternatives come down to the nearest one. */
export function explain(
  errors: readonly OutputUnit[],
  { schema }: CompiledSchema,
  value: unknown,
  schemas: SchemaReader,
): Problem[] {
  const problems = relevant(errors, schema).flatMap((leaf) => {
    const path = readPointer(leaf.instanceLocation);
    const found = describe(
      leaf,
      locate(schema, leaf.keywordLocation),
      valueAt(value, path),
      schemas,
    );
    return found.map(({ name, message }) => ({
      path: [...path, ...(name === undefined ? [] : [name])]
        .map((segment) => `/${escapeSegment(segment)}`)
        .join(''),
      message,
    }));
  });
  const unique = new Map(
    problems.map((problem) => [`${problem.path} ${problem.message}`, problem]),
  );
  return [...unique.values()];
}

/** `name` is there when the problem is with a property that is missing or should not be there. */
type Finding = { name?: string; message: string };

function describe(
  leaf: Leaf,
  owner: Record<string, unknown>,
  value: unknown,
  schemas: SchemaReader,
): Finding[] {
  const expected = owner[leaf.keyword];
  switch (leaf.keyword) {
    case 'type':
      return [{ message: `is ${article(typeOf(value))}; expected ${words(leaf.types ?? [])}` }];
    case 'enum':
    case 'const':
      return [{ message: notAllowed(value, leaf.values ?? []) }];
    case 'required':
      return missing(owner, value, schemas);
    case 'oneOfRequired':
      return [
        {
          message: `needs ${(leaf.values ?? []).map((names) => [names].flat().join(' and ')).join(', or ')}`,
        },
      ];
    case 'unknown':
      return [{ message: unknownName(leaf, owner) }];
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return [
        { message: `is ${shown(value)}; expected ${BOUNDS[leaf.keyword]} ${shown(expected)}` },
      ];
    case 'multipleOf':
      return [{ message: `is ${shown(value)}; expected a multiple of ${shown(expected)}` }];
    case 'minLength':
    case 'maxLength':
      return [{ message: size([...String(value)].length, leaf.keyword, expected, 'characters') }];
    case 'minItems':
    case 'maxItems':
      return [{ message: size(lengthOf(value), leaf.keyword, expected, 'items') }];
    case 'minProperties':
    case 'maxProperties':
      return [{ message: size(lengthOf(value), leaf.keyword, expected, 'properties') }];
    case 'format':
      return [{ message: `does not match the pattern ${shown(patternOf(expected))}` }];
    case 'uniqueItems':
      return [{ message: 'has items that are the same; expected each one once' }];
    case 'oneOf':
      return [{ message: 'fits more than one of the alternatives; expected exactly one' }];
    case 'not':
      return [{ message: 'has a form that is not allowed here' }];
    default:
      return [{ message: leaf.error.replace(/^Instance /, '').replace(/\.$/, '') }];
  }
}

const BOUNDS = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
};

function missing(owner: Record<string, unknown>, value: unknown, schemas: SchemaReader): Finding[] {
  const names = Array.isArray(owner['required']) ? owner['required'].map(String) : [];
  const given = isObject(value) ? value : {};
  const properties = isObject(owner['properties']) ? owner['properties'] : {};
  return names
    .filter((name) => !Object.hasOwn(given, name))
    .map((name) => {
      const types = schemas.types(properties[name]);
      return { name, message: `is missing${types ? `; expected ${words([...types])}` : ''}` };
    });
}

function unknownName(leaf: Leaf, owner: Record<string, unknown>): string {
  const name = readPointer(leaf.instanceLocation).at(-1) ?? '';
  const known = Object.keys(isObject(owner['properties']) ? owner['properties'] : {});
  const similar = closest(name, known);
  if (similar !== undefined) return `is not a known name; did you mean ${similar}?`;
  if (known.length === 0) return 'is not a known name; none is expected here';
  return `is not a known name; known are ${list(known)}`;
}

function notAllowed(value: unknown, values: readonly unknown[]): string {
  const texts = values.filter((candidate) => typeof candidate === 'string');
  const similar = typeof value === 'string' ? closest(value, texts) : undefined;
  const hint = similar === undefined ? '' : `; did you mean ${shown(similar)}?`;
  return `is not one of ${list(values.map(shown))}${hint}`;
}

function size(actual: number, keyword: string, expected: unknown, unit: string): string {
  return `has ${actual} ${unit}; expected ${keyword.startsWith('min') ? 'at least' : 'at most'} ${shown(expected)}`;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : Object.keys(isObject(value) ? value : {}).length;
}

function list(names: readonly string[]): string {
  const rest = names.length - MAX_LISTED;
  const listed = names.slice(0, MAX_LISTED).join(', ');
  return rest > 0 ? `${listed} and ${rest} more` : listed;
}

function words(types: readonly string[]): string {
  return types.join(' or ');
}

function article(type: string): string {
  if (type === 'null') return type;
  return `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (current, name) => (current as Record<string, unknown> | undefined)?.[name],
    value,
  );
}
