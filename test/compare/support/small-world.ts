import fc from 'fast-check';
import type { JsonSchema } from '../../../src/blueprint/types.js';

/** Names of members in the small world; objects there are closed, so that nothing else is one. */
const NAMES = ['p', 'q'] as const;

const SCALARS: unknown[] = [
  null,
  true,
  false,
  -1,
  0,
  0.5,
  1,
  1.5,
  2,
  3,
  4,
  '',
  'a',
  'b',
  'ab',
  'abc',
];

const ITEMS: unknown[] = [null, true, 0, 0.5, 1, 1.5, 3, '', 'a', 'ab'];

const ARRAYS: unknown[] = [[], ...ITEMS.flatMap((item) => [[item], [item, item, item]]), ['a', 1]];

const SIMPLE: unknown[] = [...SCALARS, ...ARRAYS, ...objects(ITEMS, ITEMS)];

/** One at least of these is allowed by every scalar schema of this world: what stands beside the member that matters. */
const BESIDES: unknown[] = ['', 'a', 'b', 'ab', 1, 0.5, null, true];

/**
 * All values that matter for the schemas of this world: what one of them allows and another refuses is among these. Objects
 * lie in objects once, and once more below `q`.
 */
export const VALUES: readonly unknown[] = [
  ...SIMPLE,
  ...SIMPLE.map((value) => [value]),
  ...[[], {}, ['a'], { p: 'a' }, 'a', 1].map((value) => [value, value]),
  ...objects(SCALARS, SIMPLE),
  ...objects(SIMPLE, BESIDES),
  ...objects(BESIDES, [
    ...objects(BESIDES, SIMPLE),
    ...objects(SIMPLE, BESIDES),
    ...SIMPLE.map((one) => [one]),
  ]),
];

function objects(ps: readonly unknown[], qs: readonly unknown[]): unknown[] {
  return [
    {},
    ...ps.map((p) => ({ p })),
    ...qs.map((q) => ({ q })),
    ...ps.flatMap((p) => qs.map((q) => ({ p, q }))),
  ];
}

const text: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc.constant({ type: 'string' }),
  fc.integer({ min: 0, max: 2 }).map((minLength) => ({ type: 'string', minLength })),
  fc.integer({ min: 0, max: 2 }).map((maxLength) => ({ type: 'string', maxLength })),
  fc.constantFrom('^a', 'b$', '^[a-z]+$').map((pattern) => ({ type: 'string', pattern })),
  fc
    .subarray(['', 'a', 'b', 'ab'], { minLength: 1 })
    .map((values) => ({ type: 'string', enum: values })),
);

const number: fc.Arbitrary<JsonSchema> = fc
  .record({
    type: fc.constantFrom('integer', 'number'),
    low: fc.option(fc.constantFrom({ minimum: 0 }, { minimum: 1 }, { exclusiveMinimum: 0 })),
    high: fc.option(fc.constantFrom({ maximum: 3 }, { maximum: 2 }, { exclusiveMaximum: 3 })),
  })
  .map(({ type, low, high }) => ({ type, ...low, ...high }));

const scalar: fc.Arbitrary<JsonSchema> = fc.oneof(
  text,
  number,
  fc.constant({ type: 'boolean' }),
  fc.constant({ type: ['string', 'null'] }),
  fc.constant({ type: ['integer', 'string'] }),
  fc.constantFrom<unknown>('a', 1, null, true).map((value) => ({ const: value })),
  fc
    .subarray(['a', 'ab', 1, 0.5, null, true], { minLength: 1 })
    .map((values) => ({ enum: values })),
  fc.constant({ allOf: [{ type: ['integer', 'null'] }, { minimum: 1 }] }),
  fc.constant({}),
);

const array: fc.Arbitrary<JsonSchema> = fc
  .record({
    items: scalar,
    bounds: fc.constantFrom({}, { minItems: 1 }, { maxItems: 2 }, { minItems: 1, maxItems: 2 }),
  })
  .map(({ items, bounds }) => ({ type: 'array', items, ...bounds }));

function object(inner: fc.Arbitrary<JsonSchema>): fc.Arbitrary<JsonSchema> {
  return fc
    .record({ p: fc.option(scalar), q: fc.option(inner), required: fc.subarray([...NAMES]) })
    .map(({ p, q, required }) => {
      const properties = { ...(p && { p }), ...(q && { q }) };
      const names = required.filter((name) => name in properties);
      return {
        type: 'object',
        properties,
        additionalProperties: false,
        ...(names.length > 0 && { required: names }),
      };
    });
}

const flat = fc.oneof({ weight: 3, arbitrary: scalar }, array, object(scalar));

const deep = fc.oneof(flat, object(flat), objectsWithKinds());

/** Schemas whose whole meaning shows in `VALUES`. */
export const schema: fc.Arbitrary<JsonSchema> = fc.oneof(
  { weight: 3, arbitrary: deep },
  {
    weight: 2,
    arbitrary: fc.array(deep, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  },
);

function objectsWithKinds(): fc.Arbitrary<JsonSchema> {
  return fc
    .array(fc.tuple(fc.constantFrom('a', 'ab', 1), fc.option(scalar)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((kinds) => ({
      anyOf: kinds.map(([kind, q]) => ({
        type: 'object',
        properties: { p: { const: kind }, ...(q && { q }) },
        required: ['p'],
        additionalProperties: false,
      })),
    }));
}

/**
 * Another schema that is like the first: one part of it exchanged, or nothing. `p` stays a scalar: with objects and lists in
 * both members there would be too many values to try.
 */
export function likeSchema(first: JsonSchema): fc.Arbitrary<JsonSchema> {
  const places = placesIn(first);
  return fc
    .tuple(fc.nat({ max: places.length - 1 }), flat, scalar, fc.nat({ max: 5 }))
    .map(([at, other, besides, kind]) => {
      const path = places[at]!;
      return changed(first, path, path.includes('p') ? besides : other, kind);
    });
}

type Path = (string | number)[];

/** Paths of all schemas inside of one. */
function placesIn(node: JsonSchema, path: Path = []): Path[] {
  const inside: [Path, unknown][] = [
    ...Object.entries((node['properties'] ?? {}) as object).map(([name, one]): [Path, unknown] => [
      ['properties', name],
      one,
    ]),
    ...((node['anyOf'] ?? []) as unknown[]).map((one, index): [Path, unknown] => [
      ['anyOf', index],
      one,
    ]),
    ...(node['items'] ? [[['items'], node['items']] as [Path, unknown]] : []),
  ];
  return [
    path,
    ...inside.flatMap(([step, one]) => placesIn(one as JsonSchema, [...path, ...step])),
  ];
}

function changed(root: JsonSchema, path: Path, other: JsonSchema, kind: number): JsonSchema {
  const copy = structuredClone(root);
  let holder: Record<string | number, unknown> = { root: copy };
  let key: string | number = 'root';
  for (const step of path) {
    holder = holder[key] as Record<string | number, unknown>;
    key = step;
  }
  const node = holder[key] as JsonSchema;
  if (kind === 0) holder[key] = other;
  else if (kind === 1) holder[key] = { anyOf: [node, other] };
  else if (kind === 2 && typeof node['type'] === 'string') node['type'] = [node['type'], 'null'];
  else if (kind === 3 && Array.isArray(node['required'])) delete node['required'];
  else if (kind === 4 && node['properties']) node['required'] = Object.keys(node['properties']);
  else if (kind === 5 && Array.isArray(node['enum']))
    node['enum'] = (node['enum'] as unknown[]).slice(0, 1);
  const result = (path.length === 0 ? holder['root'] : copy) as JsonSchema;
  return result;
}
