import { describe, expect, it } from 'vitest';
import { memberChanges, schemaChanges, line } from './support/surface.js';

type Row = [name: string, before: object, after: object, input: string[], output: string[]];

const text = { type: 'string' };
const kind = (name: string, members: object = {}, required: string[] = []): object => ({
  type: 'object',
  properties: { kind: { const: name }, ...members },
  required: ['kind', ...required],
});
const loose = (members: object): object => ({ type: 'object', properties: members });
const any = (...anyOf: object[]): object => ({ anyOf });

const CHOICES: Row[] = [
  [
    'alternative added',
    any(kind('a'), kind('b')),
    any(kind('a'), kind('b'), kind('c')),
    ['safe alternative-added /anyOf/2'],
    ['risky alternative-added /anyOf/2'],
  ],
  [
    'alternative removed',
    any(kind('a'), kind('b'), kind('c')),
    any(kind('a'), kind('c')),
    ['breaking alternative-removed /anyOf/1'],
    ['safe alternative-removed /anyOf/1'],
  ],
  [
    'one schema became a choice of it and another',
    kind('a'),
    any(kind('b'), kind('a')),
    ['safe alternative-added /anyOf/0'],
    ['risky alternative-added /anyOf/0'],
  ],
  [
    'a choice became one of its schemas',
    any(kind('b'), kind('a')),
    kind('a'),
    ['breaking alternative-removed /anyOf/0'],
    ['safe alternative-removed /anyOf/0'],
  ],
  [
    'a change inside of one alternative',
    any(kind('a', { x: text }), kind('b')),
    any(kind('b'), kind('a', { x: { type: 'integer' } })),
    ['breaking type-changed /anyOf/1/properties/x'],
    ['breaking type-changed /anyOf/1/properties/x'],
  ],
  [
    'a change deep inside of one alternative',
    any(kind('a', { x: loose({ y: { type: 'array', items: loose({ z: text }) } }) }), kind('b')),
    any(
      kind('a', {
        x: loose({ y: { type: 'array', items: loose({ z: { ...text, minLength: 1 } }) } }),
      }),
      kind('b'),
    ),
    ['breaking bound-tightened /anyOf/0/properties/x/properties/y/items/properties/z/minLength'],
    ['safe bound-tightened /anyOf/0/properties/x/properties/y/items/properties/z/minLength'],
  ],
  [
    'alternatives without a kind',
    any(loose({ a: text }), loose({ b: text })),
    any(loose({ a: text }), loose({ b: { type: 'integer' } })),
    ['breaking type-changed /anyOf/1/properties/b'],
    ['breaking type-changed /anyOf/1/properties/b'],
  ],
  [
    'what one alternative no longer allows, another one does',
    any(loose({ a: text, b: text }), loose({ a: text, c: text })),
    any(loose({ b: text }), loose({ a: text, c: text })),
    // A pair of a and b is gone all the same.
    ['breaking argument-removed /anyOf/0/properties/a'],
    ['breaking output-field-removed /anyOf/0/properties/a'],
  ],
  [
    'an alternative that another one contains',
    any(loose({ a: text }), loose({ a: text, b: text })),
    loose({ a: text, b: text }),
    [],
    [],
  ],
  [
    'numbers in ranges',
    any({ type: 'number', maximum: 1 }, { type: 'number', minimum: 5 }),
    any({ type: 'number', maximum: 1 }, { type: 'number', minimum: 6 }),
    ['breaking bound-tightened /anyOf/1/minimum'],
    ['safe bound-tightened /anyOf/1/minimum'],
  ],
  [
    'ranges that together are as wide as before',
    { type: 'number', minimum: 0, maximum: 10 },
    any({ type: 'number', minimum: 0, maximum: 6 }, { type: 'number', minimum: 5, maximum: 10 }),
    ['unknown bound-tightened /anyOf/0/maximum'],
    ['safe bound-tightened /anyOf/0/maximum'],
  ],
  [
    'null among alternatives',
    any(kind('a'), kind('b')),
    any(kind('a'), kind('b'), { type: 'null' }),
    ['safe type-widened'],
    ['breaking type-widened'],
  ],
  [
    'values and a pattern of text',
    any({ enum: ['a', 'b'] }, { type: 'string', pattern: '^x-' }),
    any({ enum: ['a'] }, { type: 'string', pattern: '^x-' }),
    ['breaking enum-value-removed /anyOf/0'],
    ['safe enum-value-removed /anyOf/0'],
  ],
  [
    'a free object among others lists members',
    any(kind('a'), { type: 'object', required: ['id'] }),
    any(kind('a'), { type: 'object', required: ['id'], properties: { id: text } }),
    ['unknown members-listed /anyOf/1/properties'],
    ['unknown members-listed /anyOf/1/properties'],
  ],
  [
    'a free object besides',
    any(kind('a'), kind('b')),
    any(kind('a'), kind('b'), { type: 'object' }),
    ['safe alternative-added /anyOf/2'],
    ['risky alternative-added /anyOf/2'],
  ],
  [
    'no free object any more',
    any(kind('a'), kind('b'), { type: 'object' }),
    any(kind('a'), kind('b')),
    ['breaking alternative-removed /anyOf/2'],
    ['safe alternative-removed /anyOf/2'],
  ],
  [
    'descriptions inside of alternatives',
    any(kind('a', { x: { ...text, description: 'old' } }), kind('b')),
    any(kind('a', { x: { ...text, description: 'new' } }), kind('b')),
    ['safe field-description-changed /anyOf/0/properties/x/description'],
    ['safe field-description-changed /anyOf/0/properties/x/description'],
  ],
  [
    'one of kinds that exclude each other',
    { oneOf: [kind('a'), kind('b')] },
    { oneOf: [kind('b')] },
    ['breaking alternative-removed /oneOf/0'],
    ['safe alternative-removed /oneOf/0'],
  ],
];

const CONDITIONS: Row[] = [
  [
    'not added',
    text,
    { ...text, not: { const: 'x' } },
    ['unknown condition-added /not'],
    ['safe condition-added /not'],
  ],
  [
    'not removed',
    { ...text, not: { const: 'x' } },
    text,
    ['safe condition-removed /not'],
    ['unknown condition-removed /not'],
  ],
  [
    'not changed',
    { ...text, not: { const: 'x' } },
    { ...text, not: { enum: ['x', 'y'] } },
    ['unknown condition-changed /not'],
    ['unknown condition-changed /not'],
  ],
  [
    'if changed',
    { ...text, if: { minLength: 2 }, then: { pattern: '^a' } },
    { ...text, if: { minLength: 2 }, then: { pattern: '^b' } },
    ['unknown condition-changed /if'],
    ['unknown condition-changed /if'],
  ],
  ['if without consequence', text, { ...text, if: { minLength: 2 } }, [], []],
  [
    'contains',
    { type: 'array', contains: text },
    { type: 'array', contains: text, minContains: 2 },
    ['unknown condition-changed /contains'],
    ['unknown condition-changed /contains'],
  ],
  ['contains for text', text, { ...text, contains: text }, [], []],
  [
    'one of schemas that share values',
    { oneOf: [loose({ a: text }), loose({ b: text })] },
    { oneOf: [loose({ a: text }), loose({ b: text }), loose({ c: text })] },
    ['unknown condition-changed /oneOf'],
    ['unknown condition-changed /oneOf'],
  ],
  [
    'a keyword that is not known',
    text,
    { ...text, minEntropy: 3 },
    ['unknown condition-added /minEntropy'],
    ['safe condition-added /minEntropy'],
  ],
  [
    'dependentSchemas',
    { type: 'object', dependentSchemas: { a: { required: ['b'] } } },
    { type: 'object', dependentSchemas: { a: { required: ['c'] } } },
    ['unknown condition-changed /dependentSchemas'],
    ['unknown condition-changed /dependentSchemas'],
  ],
  [
    'a reference that leads nowhere',
    { $ref: '#/$defs/Gone' },
    { $ref: '#/$defs/Elsewhere' },
    ['unknown condition-changed /$ref'],
    ['unknown condition-changed /$ref'],
  ],
];

describe.each([
  ['choices', CHOICES],
  ['conditions', CONDITIONS],
])('%s', (_, rows) => {
  it.each(rows)('%s', (_name, before, after, input, output) => {
    expect(memberChanges('input', before, after)).toEqual(input);
    expect(memberChanges('output', before, after)).toEqual(output);
  });
});

describe('a choice of hundreds', () => {
  const many = (count: number, last: object = text): object =>
    any(
      ...Array.from({ length: count }, (_, n) =>
        kind(`k${n}`, { value: n === count - 1 ? last : text }),
      ),
    );

  it('names what changed in one of them', () => {
    expect(memberChanges('input', many(200), many(200, { type: 'integer' }))).toEqual([
      'breaking type-changed /anyOf/199/properties/value',
    ]);
  });

  it('is unknown where it is beyond the limit, never unchanged', () => {
    expect(memberChanges('input', many(400), many(400, { type: 'integer' }))).toEqual([
      'unknown condition-changed /anyOf',
    ]);
    expect(memberChanges('input', many(400), many(401))).toEqual([
      'unknown condition-changed /anyOf',
    ]);
    expect(memberChanges('input', many(400), many(400))).toEqual([]);
  });
});

describe('references', () => {
  const args = (properties: object, $defs: object): never =>
    ({ type: 'object', properties, additionalProperties: false, $defs }) as never;
  const ref = (name: string): object => ({ $ref: `#/$defs/${name}` });
  const tree = (value: object): object => ({
    type: 'object',
    properties: { value, children: { type: 'array', items: ref('Tree') } },
  });

  it.each<[string, never, never, string[]]>([
    [
      'a change in a recursive schema is reported once',
      args({ a: ref('Tree') }, { Tree: tree(text) }),
      args({ a: ref('Tree') }, { Tree: tree({ type: 'integer' }) }),
      ['breaking type-changed /inputSchema/properties/a/properties/value'],
    ],
    [
      'a change in a shared schema is reported once, at the first place',
      args({ a: ref('P'), b: ref('P') }, { P: loose({ x: text }) }),
      args({ b: ref('P'), a: ref('P') }, { P: loose({ x: text, y: text }) }),
      ['safe argument-added /inputSchema/properties/a/properties/y'],
    ],
    [
      'a recursive schema that got a required member in the circle',
      args({ a: ref('A') }, { A: loose({ b: ref('B') }), B: loose({ a: ref('A') }) }),
      args(
        { a: ref('A') },
        { A: loose({ b: ref('B') }), B: { ...loose({ a: ref('A'), c: text }), required: ['c'] } },
      ),
      ['breaking argument-added-required /inputSchema/properties/a/properties/b/properties/c'],
    ],
    [
      'recursion through alternatives',
      args({ a: ref('E') }, { E: any(text, loose({ not: ref('E') })) }),
      args(
        { a: ref('E') },
        { E: any(text, loose({ not: ref('E'), or: { type: 'array', items: ref('E') } })) },
      ),
      ['safe argument-added /inputSchema/properties/a/properties/or'],
    ],
    [
      'words beside a reference',
      args({ a: { ...ref('P'), description: 'one' } }, { P: { ...text, description: 'p' } }),
      args({ a: ref('P') }, { P: { ...text, description: 'p' } }),
      ['safe field-description-changed /inputSchema/properties/a/description'],
    ],
    [
      'a bound beside a reference',
      args({ a: ref('P') }, { P: text }),
      args({ a: { ...ref('P'), maxLength: 3 } }, { P: text }),
      ['breaking bound-tightened /inputSchema/properties/a/maxLength'],
    ],
    [
      'a reference to itself only',
      args({ a: ref('P') }, { P: ref('P') }),
      args({ a: text }, {}),
      [
        'breaking type-narrowed /inputSchema/properties/a',
        'safe condition-removed /inputSchema/properties/a/$ref',
      ],
    ],
  ])('%s', (_, before, after, want) => {
    expect(schemaChanges('input', before, after).map(line)).toEqual(want);
  });
});

describe('details that were left out of one side', () => {
  const cut = { type: 'object', description: 'A pet (details left out)' };
  const whole = { type: 'object', description: 'A pet', properties: { name: text } };

  it.each<[string, object, object, string[]]>([
    [
      'after',
      whole,
      cut,
      ['unknown details-left-out', 'safe field-description-changed /description'],
    ],
    [
      'before',
      cut,
      whole,
      ['unknown details-left-out', 'safe field-description-changed /description'],
    ],
    ['both', cut, { ...cut }, []],
    ['none', whole, { ...whole }, []],
    [
      'and the type is another',
      { type: 'string', description: 'x' },
      cut,
      ['breaking type-changed', 'safe field-description-changed /description'],
    ],
    [
      'where the text was cut as well',
      { type: 'array', items: text, description: 'long' },
      { type: 'array', description: 'lon…' },
      ['unknown details-left-out', 'safe field-description-changed /description'],
    ],
  ])('%s', (_, before, after, want) => {
    expect(memberChanges('input', before, after)).toEqual(want);
  });

  it('is one change for all places of a schema', () => {
    const changes = schemaChanges(
      'input',
      { type: 'object', properties: { a: whole, b: { ...whole }, c: text } },
      { type: 'object', properties: { a: cut, b: { ...cut }, c: text } },
    ).filter(({ code }) => code === 'details-left-out');
    expect(changes.map(line)).toEqual(['unknown details-left-out /inputSchema']);
    expect(changes[0]?.message).toBe(
      'argument "a" cannot be compared: details were left out to keep the tool list short (and 1 more such places)',
    );
  });
});
