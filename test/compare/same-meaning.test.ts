import { describe, expect, it } from 'vitest';
import { schemaChanges } from './support/surface.js';

const text = { type: 'string' };
const pet = {
  type: 'object',
  properties: { name: text, age: { type: 'integer' } },
  required: ['name'],
};
const ref = (name: string): object => ({ $ref: `#/$defs/${name}` });
const args = (properties: object, $defs?: object): Record<string, unknown> => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...($defs && { $defs }),
});

const tree = (name: string): object => ({
  type: 'object',
  properties: { value: text, children: { type: 'array', items: ref(name) } },
});

/** Ways of writing one and the same thing. */
const SAME: [name: string, one: object, other: object][] = [
  [
    'order of members, of required ones and of definitions',
    args({ a: pet, b: text, c: ref('D'), e: ref('F') }, { D: pet, F: text }),
    args(
      {
        e: ref('F'),
        c: ref('D'),
        b: text,
        a: {
          required: ['name'],
          properties: { age: { type: 'integer' }, name: text },
          type: 'object',
        },
      },
      { F: text, D: pet },
    ),
  ],
  [
    'a definition under another name',
    args({ a: ref('Pet') }, { Pet: pet }),
    args({ a: ref('Animal') }, { Animal: pet }),
  ],
  [
    'a definition written in its place',
    args({ a: ref('Pet'), b: ref('Pet') }, { Pet: pet }),
    args({ a: pet, b: pet }),
  ],
  ['a definition behind another', args({ a: ref('A') }, { A: ref('B'), B: pet }), args({ a: pet })],
  [
    'a recursive definition under another name',
    args({ a: ref('Tree') }, { Tree: tree('Tree') }),
    args({ a: ref('Node') }, { Node: tree('Node') }),
  ],
  [
    'recursion that is unrolled once',
    args({ a: ref('Tree') }, { Tree: tree('Tree') }),
    args({ a: tree('Tree') }, { Tree: tree('Tree') }),
  ],
  [
    'recursion in a circle of two',
    args({ a: ref('Tree') }, { Tree: tree('Tree') }),
    args({ a: ref('One') }, { One: tree('Two'), Two: tree('One') }),
  ],
  ['unused definitions', args({ a: text }), args({ a: text }, { Never: pet })],
  [
    'examples and comments',
    args({ a: text }),
    args({ a: { ...text, examples: ['x'], $comment: 'y', title: 'z' } }),
  ],
  [
    'types in a list, in another order, in anyOf',
    args({
      a: { type: ['string', 'null'] },
      b: { type: ['null', 'integer'] },
      c: { type: ['string'] },
    }),
    args({
      a: { type: ['null', 'string'] },
      b: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      c: text,
    }),
  ],
  [
    'constraints beside types or in anyOf',
    args({ a: { type: ['string', 'null'], maxLength: 3 } }),
    args({ a: { anyOf: [{ type: 'null' }, { type: 'string', maxLength: 3 }] } }),
  ],
  [
    'one of types that exclude each other',
    args({ a: { oneOf: [text, { type: 'null' }] } }),
    args({ a: { anyOf: [text, { type: 'null' }] } }),
  ],
  [
    'const, enum and alternatives of const',
    args({ a: { const: 'x' }, b: { enum: ['x', 'y'] } }),
    args({ a: { type: 'string', enum: ['x'] }, b: { anyOf: [{ const: 'y' }, { const: 'x' }] } }),
  ],
  ['both truth values', args({ a: { type: 'boolean' } }), args({ a: { enum: [true, false] } })],
  [
    'values that the type refuses anyway',
    args({ a: { type: 'string', enum: ['x', 1] } }),
    args({ a: { type: 'string', enum: ['x'] } }),
  ],
  [
    'alternatives in another order',
    args({
      a: { anyOf: [pet, { type: 'object', properties: { id: text }, required: ['id'] }, text] },
    }),
    args({
      a: { anyOf: [text, { type: 'object', properties: { id: text }, required: ['id'] }, pet] },
    }),
  ],
  [
    'alternatives inside of alternatives',
    args({ a: { anyOf: [{ anyOf: [text, { type: 'integer' }] }, { type: 'null' }] } }),
    args({ a: { type: ['string', 'integer', 'null'] } }),
  ],
  [
    'an alternative that stands twice',
    args({ a: { anyOf: [pet, ref('Pet')] } }, { Pet: pet }),
    args({ a: pet }),
  ],
  [
    'an object in two halves',
    args({
      a: {
        allOf: [
          { type: 'object', properties: { name: text } },
          { required: ['name'], properties: { age: { type: 'integer' } } },
        ],
      },
    }),
    args({ a: pet }),
  ],
  [
    'allOf of one',
    args({ a: { allOf: [ref('Pet')], description: 'x' } }, { Pet: pet }),
    args({ a: { ...pet, description: 'x' } }),
  ],
  [
    'bounds of whole numbers',
    args({ a: { type: 'integer', exclusiveMinimum: 0, maximum: 9.5 } }),
    args({ a: { type: 'integer', minimum: 1, exclusiveMaximum: 10 } }),
  ],
  [
    'what is said without saying anything',
    args({
      a: { type: 'string', minLength: 0, pattern: '.*' },
      b: { type: 'array', uniqueItems: false },
      c: {},
    }),
    args({ a: text, b: { type: 'array', items: {}, minItems: 0 }, c: true }),
  ],
  ['nothing required', args({ a: text }), { ...args({ a: text }), required: [] }],
  ['formats that nobody checks', args({ a: text }), args({ a: { ...text, format: 'snowflake' } })],
  ['vendor extensions', args({ a: text }), args({ a: { ...text, 'x-order': 3 } })],
  [
    'conditions in another order of members',
    args({ a: { type: 'object', not: { required: ['a'], properties: { b: text } } } }),
    args({
      a: { not: { properties: { b: { type: ['string'] } }, required: ['a'] }, type: 'object' },
    }),
  ],
  [
    'a reference by another pointer',
    args({ a: pet, b: { $ref: '#/properties/a' } }),
    args({ a: pet, b: pet }),
  ],
  [
    'members that are refused, said twice',
    args({ a: { type: 'object', properties: { b: text }, additionalProperties: false } }),
    args({ a: { type: 'object', properties: { b: text }, unevaluatedProperties: false } }),
  ],
];

describe.each(['input', 'output'] as const)('%s schemas that mean the same', (side) => {
  it.each(SAME)('%s', (_, one, other) => {
    expect(schemaChanges(side, one as never, other as never)).toEqual([]);
    expect(schemaChanges(side, other as never, one as never)).toEqual([]);
  });
});
