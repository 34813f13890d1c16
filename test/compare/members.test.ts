import { describe, expect, it } from 'vitest';
import { closed, line, memberChanges, schemaChanges } from './support/surface.js';

type Row = [name: string, before: object, after: object, input: string[], output: string[]];

const text = { type: 'string' };
const open = (properties: object, more: object = {}): Record<string, unknown> => ({
  type: 'object',
  properties,
  ...more,
});
const required = (...names: string[]): Record<string, unknown> => ({ required: names });

const MEMBERS: Row[] = [
  [
    'removed',
    open({ a: text, b: text }),
    open({ a: text }),
    ['breaking argument-removed /properties/b'],
    ['breaking output-field-removed /properties/b'],
  ],
  [
    'removed from a closed object',
    closed({ a: text, b: text }),
    closed({ a: text }),
    ['breaking argument-removed /properties/b'],
    ['breaking output-field-removed /properties/b'],
  ],
  [
    'renamed',
    closed({ a: text }),
    closed({ b: text }),
    ['breaking argument-removed /properties/a', 'safe argument-added /properties/b'],
    ['breaking output-field-removed /properties/a', 'safe output-field-added /properties/b'],
  ],
  [
    'added',
    open({ a: text }),
    open({ a: text, b: text }),
    ['safe argument-added /properties/b'],
    ['safe output-field-added /properties/b'],
  ],
  [
    'added and required',
    open({ a: text }),
    open({ a: text, b: text }, required('b')),
    ['breaking argument-added-required /properties/b'],
    ['safe output-field-added /properties/b'],
  ],
  [
    'a default does not save it',
    closed({}),
    closed({ b: { ...text, default: 'x' } }, required('b')),
    ['breaking argument-added-required /properties/b'],
    ['safe output-field-added /properties/b'],
  ],
  [
    'became required',
    open({ a: text }),
    open({ a: text }, required('a')),
    ['breaking argument-became-required /properties/a'],
    ['safe output-field-became-required /properties/a'],
  ],
  [
    'no longer required',
    open({ a: text }, required('a')),
    open({ a: text }),
    ['safe argument-became-optional /properties/a'],
    ['breaking output-field-became-optional /properties/a'],
  ],
  [
    'removed and required before',
    open({ a: text, b: text }, required('b')),
    open({ a: text }),
    ['breaking argument-removed /properties/b'],
    ['breaking output-field-removed /properties/b'],
  ],
  [
    'forbidden',
    open({ a: text, b: text }),
    open({ a: text, b: false }),
    ['breaking argument-removed /properties/b'],
    ['breaking output-field-removed /properties/b'],
  ],
  [
    'no longer forbidden',
    open({ a: text, b: { not: {} } }),
    open({ a: text, b: text }),
    ['safe argument-added /properties/b'],
    ['safe output-field-added /properties/b'],
  ],
  [
    'changed and required at once',
    open({ a: text }),
    open({ a: { type: 'integer' } }, required('a')),
    ['breaking argument-became-required /properties/a', 'breaking type-changed /properties/a'],
    ['safe output-field-became-required /properties/a', 'breaking type-changed /properties/a'],
  ],
  [
    'deep inside',
    open({ a: open({ b: { type: 'array', items: open({ c: text }) } }) }),
    open({ a: open({ b: { type: 'array', items: open({ c: text, d: text }, required('d')) } }) }),
    ['breaking argument-added-required /properties/a/properties/b/items/properties/d'],
    ['safe output-field-added /properties/a/properties/b/items/properties/d'],
  ],
  [
    'with signs in its name',
    open({ 'a/b': text, 'c~d': text }),
    open({ 'a/b': { type: 'null' }, 'c~d': text }, required('c~d')),
    [
      'breaking type-changed /properties/a~1b',
      'breaking argument-became-required /properties/c~0d',
    ],
    [
      'breaking type-changed /properties/a~1b',
      'safe output-field-became-required /properties/c~0d',
    ],
  ],
  [
    'named like what objects have anyway',
    open({ a: text }),
    JSON.parse(
      '{"type":"object","properties":{"a":{"type":"string"},"__proto__":{"type":"string"},"constructor":{"type":"string"}}}',
    ) as object,
    ['safe argument-added /properties/__proto__', 'safe argument-added /properties/constructor'],
    [
      'safe output-field-added /properties/__proto__',
      'safe output-field-added /properties/constructor',
    ],
  ],
];

const OTHERS: Row[] = [
  [
    'closed',
    open({ a: text }),
    closed({ a: text }),
    ['breaking closed /additionalProperties'],
    ['safe closed /additionalProperties'],
  ],
  [
    'opened',
    closed({ a: text }),
    open({ a: text }, { additionalProperties: true }),
    ['safe opened /additionalProperties'],
    ['safe opened /additionalProperties'],
  ],
  [
    'closed by what is not evaluated',
    { allOf: [open({ a: text }), open({ b: text })] },
    { allOf: [open({ a: text }), open({ b: text })], unevaluatedProperties: false },
    ['breaking closed /additionalProperties'],
    ['safe closed /additionalProperties'],
  ],
  [
    'values of a map',
    { type: 'object', additionalProperties: { type: 'integer' } },
    { type: 'object', additionalProperties: { type: 'number' } },
    ['safe type-widened /additionalProperties'],
    ['breaking type-widened /additionalProperties'],
  ],
  [
    'a free object became a map',
    { type: 'object' },
    { type: 'object', additionalProperties: text },
    ['breaking type-narrowed /additionalProperties'],
    ['safe type-narrowed /additionalProperties'],
  ],
  [
    'a member of a map has its own schema now',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: text, properties: { a: { type: 'integer' } } },
    ['breaking type-changed /properties/a'],
    ['breaking type-changed /properties/a'],
  ],
  [
    'a member of a map is described',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: text, properties: { a: text } },
    [],
    [],
  ],
  [
    'a member is one of a map now',
    open({ a: text }, { additionalProperties: text }),
    open({}, { additionalProperties: text }),
    [],
    [],
  ],
  [
    'a free object lists members',
    { type: 'object' },
    open({ a: text }),
    ['unknown members-listed /properties'],
    ['unknown members-listed /properties'],
  ],
  [
    'a free object asks for a member',
    { type: 'object' },
    open({ a: text }, required('a')),
    ['unknown members-listed /properties', 'breaking argument-added-required /properties/a'],
    ['unknown members-listed /properties', 'safe output-field-added /properties/a'],
  ],
  [
    'members are no longer listed',
    open({ a: text }),
    { type: 'object' },
    ['unknown members-unlisted /properties'],
    ['unknown members-unlisted /properties'],
  ],
  [
    'members by pattern',
    { type: 'object', patternProperties: { '^x-': text } },
    { type: 'object', patternProperties: { '^x-': { type: 'integer' } } },
    ['breaking type-changed /patternProperties/^x-'],
    ['breaking type-changed /patternProperties/^x-'],
  ],
  [
    'another pattern of members',
    { type: 'object', patternProperties: { '^x-': text } },
    { type: 'object', patternProperties: { '^y-': text } },
    ['unknown condition-changed /patternProperties'],
    ['unknown condition-changed /patternProperties'],
  ],
  [
    'names of members',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: text, propertyNames: { maxLength: 3 } },
    ['breaking bound-tightened /propertyNames/maxLength'],
    ['safe bound-tightened /propertyNames/maxLength'],
  ],
  [
    'a member asks for another',
    open({ a: text, b: text }),
    open({ a: text, b: text }, { dependentRequired: { a: ['b'] } }),
    ['breaking dependency-added /dependentRequired'],
    ['safe dependency-added /dependentRequired'],
  ],
  [
    'a member asks for a required one',
    open({ a: text, b: text }, required('b')),
    open({ a: text, b: text }, { ...required('b'), dependentRequired: { a: ['b'] } }),
    [],
    [],
  ],
  [
    'a member no longer asks for another',
    open({ a: text, b: text }, { dependentRequired: { a: ['b'] } }),
    open({ a: text, b: text }),
    ['safe dependency-removed /dependentRequired'],
    ['breaking dependency-removed /dependentRequired'],
  ],
];

describe.each([
  ['members', MEMBERS],
  ['other members', OTHERS],
])('%s', (_, rows) => {
  it.each(rows)('%s', (_name, before, after, input, output) => {
    expect(memberChanges('input', before, after)).toEqual(input);
    expect(memberChanges('output', before, after)).toEqual(output);
  });
});

describe('arguments', () => {
  it.each<[string, object, object, string[]]>([
    [
      'first and last one',
      closed({}),
      closed({ a: text }),
      ['safe argument-added /inputSchema/properties/a'],
    ],
    [
      'are always listed, even where the schema is open',
      { type: 'object', properties: { a: text } },
      { type: 'object' },
      ['breaking argument-removed /inputSchema/properties/a'],
    ],
    [
      'never were listed',
      { type: 'object' },
      { type: 'object', properties: { a: text } },
      ['safe argument-added /inputSchema/properties/a'],
    ],
  ])('%s', (_, before, after, want) => {
    const changes = schemaChanges('input', before as never, after as never);
    expect(changes.map(line)).toEqual(want);
  });
});

describe('a list of result fields that may be shortened', () => {
  const fields = (...names: string[]): object => ({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  });
  const long = Array.from({ length: 12 }, (_, n) => `field_${n}`);
  const classes = (before: object, after: object): string[] =>
    schemaChanges('output', before as never, after as never)
      .filter(({ code }) => code === 'output-field-removed')
      .map((change) => `${change.class} ${change.pointer.split('/').at(-1)}`);

  it.each<[string, object, object, string[]]>([
    ['end of a long list', fields(...long, 'z'), fields(...long), ['unknown z']],
    ['middle of a long list', fields('z', ...long), fields(...long), ['breaking z']],
    ['end of a short list', fields('a', 'z'), fields('a'), ['breaking z']],
    [
      'a long list in another order',
      fields('z', ...long),
      fields(...long.toReversed()),
      ['unknown z'],
    ],
    [
      'a list that says more than types',
      fields(...long, 'z'),
      { ...fields(...long), required: ['field_0'] },
      ['breaking z'],
    ],
  ])('%s', (_, before, after, want) => {
    expect(classes(before, after)).toEqual(want);
  });
});
