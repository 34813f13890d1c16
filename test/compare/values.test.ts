import { describe, expect, it } from 'vitest';
import { memberChanges } from './support/surface.js';

type Row = [name: string, before: unknown, after: unknown, input: string[], output: string[]];

const text = { type: 'string' };
const whole = { type: 'integer' };

const TYPES: Row[] = [
  ['another type', text, whole, ['breaking type-changed'], ['breaking type-changed']],
  [
    'number → integer',
    { type: 'number' },
    whole,
    ['breaking type-narrowed'],
    ['safe type-narrowed'],
  ],
  ['integer → number', whole, { type: 'number' }, ['safe type-widened'], ['breaking type-widened']],
  [
    'null added',
    text,
    { type: ['string', 'null'] },
    ['safe type-widened'],
    ['breaking type-widened'],
  ],
  [
    'null removed',
    { type: ['string', 'null'] },
    text,
    ['breaking type-narrowed'],
    ['safe type-narrowed'],
  ],
  ['a type said', {}, text, ['breaking type-narrowed'], ['safe type-narrowed']],
  ['no type any more', text, {}, ['safe type-widened'], ['breaking type-widened']],
  [
    'one of two types exchanged',
    { type: ['string', 'boolean'] },
    { type: ['string', 'integer'] },
    ['breaking type-changed'],
    ['breaking type-changed'],
  ],
  [
    'a type added by anyOf',
    whole,
    { anyOf: [whole, { type: 'string' }] },
    ['safe type-widened'],
    ['breaking type-widened'],
  ],
  [
    'nothing allowed any more',
    text,
    { not: {} },
    ['breaking argument-removed'],
    ['breaking output-field-removed'],
  ],
];

const ENUMS: Row[] = [
  [
    'value removed',
    { enum: ['a', 'b'] },
    { enum: ['a'] },
    ['breaking enum-value-removed'],
    ['safe enum-value-removed'],
  ],
  [
    'value added',
    { type: 'string', enum: ['a'] },
    { type: 'string', enum: ['a', 'b'] },
    ['safe enum-value-added'],
    ['risky enum-value-added'],
  ],
  [
    'value exchanged',
    { enum: ['a', 'b'] },
    { enum: ['a', 'c'] },
    ['safe enum-value-added', 'breaking enum-value-removed'],
    ['risky enum-value-added', 'safe enum-value-removed'],
  ],
  ['only some values', text, { enum: ['a'] }, ['breaking enum-added'], ['safe enum-added']],
  ['all values', { enum: ['a'] }, text, ['safe enum-removed'], ['risky enum-removed']],
  [
    'values under a bound',
    { enum: ['a', 'long'] },
    { type: 'string', maxLength: 1 },
    ['safe enum-removed', 'breaking enum-value-removed'],
    ['risky enum-removed', 'safe enum-value-removed'],
  ],
  [
    'const to another',
    { const: 1 },
    { const: 2 },
    ['safe enum-value-added', 'breaking enum-value-removed'],
    ['risky enum-value-added', 'safe enum-value-removed'],
  ],
  [
    'one truth value',
    { type: 'boolean' },
    { const: true },
    ['breaking enum-value-removed'],
    ['safe enum-value-removed'],
  ],
  [
    'null among the values',
    { enum: ['a'] },
    { enum: ['a', null] },
    ['safe type-widened'],
    ['breaking type-widened'],
  ],
  [
    'objects as values',
    { enum: [{ a: 1 }, { a: 2 }] },
    { enum: [{ a: 2 }] },
    ['breaking enum-value-removed'],
    ['safe enum-value-removed'],
  ],
];

const tightened = (keyword: string): [string[], string[]] => [
  [`breaking bound-tightened /${keyword}`],
  [`safe bound-tightened /${keyword}`],
];
const loosened = (keyword: string): [string[], string[]] => [
  [`safe bound-loosened /${keyword}`],
  [`risky bound-loosened /${keyword}`],
];

const number = (bounds: object): object => ({ type: 'number', ...bounds });
const string = (bounds: object): object => ({ type: 'string', ...bounds });
const array = (bounds: object): object => ({ type: 'array', items: { type: 'string' }, ...bounds });
const object = (bounds: object): object => ({ type: 'object', properties: { a: {} }, ...bounds });

const BOUNDS: Row[] = [
  ['maximum lowered', number({ maximum: 9 }), number({ maximum: 8 }), ...tightened('maximum')],
  ['maximum raised', number({ maximum: 8 }), number({ maximum: 9 }), ...loosened('maximum')],
  ['minimum said', number({}), number({ minimum: 0 }), ...tightened('minimum')],
  ['minimum gone', number({ minimum: 0 }), number({}), ...loosened('minimum')],
  [
    'minimum now exclusive',
    number({ minimum: 1 }),
    number({ exclusiveMinimum: 1 }),
    ...tightened('exclusiveMinimum'),
  ],
  [
    'maximum no longer exclusive',
    number({ exclusiveMaximum: 1 }),
    number({ maximum: 1 }),
    ...loosened('maximum'),
  ],
  ['multipleOf said', number({}), number({ multipleOf: 0.5 }), ...tightened('multipleOf')],
  [
    'a finer step',
    number({ multipleOf: 0.4 }),
    number({ multipleOf: 0.2 }),
    ...loosened('multipleOf'),
  ],
  [
    'a coarser step',
    number({ multipleOf: 0.2 }),
    number({ multipleOf: 0.4 }),
    ...tightened('multipleOf'),
  ],
  [
    'another step',
    number({ multipleOf: 0.2 }),
    number({ multipleOf: 0.3 }),
    ['breaking bound-changed /multipleOf'],
    ['risky bound-changed /multipleOf'],
  ],
  [
    'a range moved',
    number({ minimum: 0, maximum: 5 }),
    number({ minimum: 1, maximum: 6 }),
    ['safe bound-loosened /maximum', 'breaking bound-tightened /minimum'],
    ['risky bound-loosened /maximum', 'safe bound-tightened /minimum'],
  ],
  ['maxLength', string({ maxLength: 9 }), string({ maxLength: 8 }), ...tightened('maxLength')],
  ['minLength said', string({}), string({ minLength: 1 }), ...tightened('minLength')],
  ['minLength gone', string({ minLength: 1 }), string({}), ...loosened('minLength')],
  ['maxItems', array({ maxItems: 2 }), array({ maxItems: 3 }), ...loosened('maxItems')],
  ['minItems', array({}), array({ minItems: 1 }), ...tightened('minItems')],
  ['uniqueItems', array({}), array({ uniqueItems: true }), ...tightened('uniqueItems')],
  ['uniqueItems gone', array({ uniqueItems: true }), array({}), ...loosened('uniqueItems')],
  ['maxProperties', object({}), object({ maxProperties: 1 }), ...tightened('maxProperties')],
  ['minProperties', object({ minProperties: 1 }), object({}), ...loosened('minProperties')],
];

const TEXTS: Row[] = [
  [
    'pattern said',
    string({}),
    string({ pattern: '^[a-z]+$' }),
    ['breaking pattern-added /pattern'],
    ['safe pattern-added /pattern'],
  ],
  [
    'pattern gone',
    string({ pattern: '^[a-z]+$' }),
    string({}),
    ['safe pattern-removed /pattern'],
    ['risky pattern-removed /pattern'],
  ],
  [
    'pattern that refuses what the other allowed',
    string({ pattern: '^[a-z]+$' }),
    string({ pattern: '^[0-9]+$' }),
    ['breaking pattern-changed /pattern'],
    ['unknown pattern-changed /pattern'],
  ],
  [
    'pattern that may be looser',
    string({ pattern: '^a$' }),
    string({ pattern: '^[ab]$' }),
    ['unknown pattern-changed /pattern'],
    ['unknown pattern-changed /pattern'],
  ],
  [
    'format said',
    string({}),
    string({ format: 'uuid' }),
    ['breaking format-added /format'],
    ['safe format-added /format'],
  ],
  [
    'format gone',
    string({ format: 'uuid' }),
    string({}),
    ['safe format-removed /format'],
    ['risky format-removed /format'],
  ],
  [
    'another format',
    string({ format: 'date' }),
    string({ format: 'date-time' }),
    ['breaking format-changed /format'],
    ['breaking format-changed /format'],
  ],
  [
    'a URI is a URI reference',
    string({ format: 'uri' }),
    string({ format: 'uri-reference' }),
    ['safe format-removed /format'],
    ['risky format-removed /format'],
  ],
  [
    'bytes in base64',
    string({}),
    string({ contentEncoding: 'base64' }),
    ['breaking encoding-changed /contentEncoding'],
    ['breaking encoding-changed /contentEncoding'],
  ],
];

const ITEMS: Row[] = [
  [
    'items of another type',
    array({}),
    array({ items: { type: 'integer' } }),
    ['breaking type-changed /items'],
    ['breaking type-changed /items'],
  ],
  [
    'items said',
    { type: 'array' },
    array({}),
    ['breaking type-narrowed /items'],
    ['safe type-narrowed /items'],
  ],
  [
    'first item narrowed',
    { type: 'array', prefixItems: [{ type: 'number' }, {}] },
    { type: 'array', prefixItems: [{ type: 'integer' }, {}] },
    ['breaking type-narrowed /prefixItems/0'],
    ['safe type-narrowed /prefixItems/0'],
  ],
  [
    'a tuple where a list was',
    array({}),
    { type: 'array', prefixItems: [{ type: 'integer' }], items: { type: 'string' } },
    ['breaking type-changed /prefixItems/0'],
    ['breaking type-changed /prefixItems/0'],
  ],
  [
    'no items beyond the first',
    { type: 'array', prefixItems: [text] },
    { type: 'array', prefixItems: [text], items: false },
    ['breaking type-narrowed /items'],
    ['safe type-narrowed /items'],
  ],
];

const NOTES: Row[] = [
  [
    'default',
    { ...whole, default: 1 },
    { ...whole, default: 2 },
    ['risky default-changed /default'],
    ['safe default-changed /default'],
  ],
  [
    'default said',
    whole,
    { ...whole, default: null },
    ['risky default-changed /default'],
    ['safe default-changed /default'],
  ],
  [
    'default gone',
    { ...whole, default: 0 },
    whole,
    ['risky default-changed /default'],
    ['safe default-changed /default'],
  ],
  [
    'description',
    { ...whole, description: 'a' },
    { ...whole, description: 'b' },
    ['safe field-description-changed /description'],
    ['safe field-description-changed /description'],
  ],
  [
    'deprecated',
    whole,
    { ...whole, deprecated: true },
    ['safe field-deprecated /deprecated'],
    ['safe field-deprecated /deprecated'],
  ],
  [
    'no longer deprecated',
    { ...whole, deprecated: true },
    whole,
    ['safe field-undeprecated /deprecated'],
    ['safe field-undeprecated /deprecated'],
  ],
];

describe.each([
  ['types', TYPES],
  ['values', ENUMS],
  ['bounds', BOUNDS],
  ['texts', TEXTS],
  ['items', ITEMS],
  ['notes', NOTES],
])('%s', (_, rows) => {
  it.each(rows)('%s', (_name, before, after, input, output) => {
    expect(memberChanges('input', before, after)).toEqual(input);
    expect(memberChanges('output', before, after)).toEqual(output);
  });
});
