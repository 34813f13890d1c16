import { describe, expect, test } from 'vitest';
import { lintToolList } from '../../bench/support/lint-tool-list.mjs';

const tool = (properties: object, rest: object = {}) => ({
  name: 'a',
  inputSchema: { type: 'object', properties, ...rest },
});

const REFUSED: [title: string, tools: unknown, want: string[]][] = [
  ['no list', {}, ['tools is no list']],
  ['no input schema', [{ name: 'a' }], ['a › inputSchema: is no object']],
  [
    'a long name',
    [{ ...tool({}), name: 'x'.repeat(65) }],
    [`${'x'.repeat(65)} › name: is not usable`],
  ],
  ['a dotted name', [{ ...tool({}), name: 'a.b' }], ['a.b › name: is not usable']],
  ['the same name twice', [tool({}), tool({})], ['a › name: is taken']],
  [
    'another root',
    [{ name: 'a', inputSchema: { type: 'array' } }],
    ['a › inputSchema: the root is not of type object'],
  ],
  ['a combinator at the root', [tool({}, { oneOf: [{}] })], ['a › inputSchema: oneOf at the root']],
  [
    'an output schema that is a list',
    [{ ...tool({}), outputSchema: { type: 'array' } }],
    ['a › outputSchema: the root is not of type object'],
  ],
  [
    'a remote reference',
    [tool({ p: { $ref: 'https://x.example/s.json' } })],
    ['a › inputSchema.properties.p: refers to https://x.example/s.json'],
  ],
  [
    'a reference into the document',
    [tool({ p: { $ref: '#/components/schemas/Pet' } })],
    ['a › inputSchema.properties.p: refers to #/components/schemas/Pet'],
  ],
  [
    'a dangling reference',
    [tool({ p: { items: { $ref: '#/$defs/Pett' } } }, { $defs: { Pet: { type: 'string' } } })],
    ['a › inputSchema.properties.p.items: refers to nothing: Pett'],
  ],
  [
    'a property name',
    [tool({ 'filter[name]': { type: 'string' } })],
    ['a › inputSchema.properties.filter[name]: is no usable property name'],
  ],
  [
    'a pattern',
    [tool({ p: { type: 'string', pattern: '[\\w-.]\\-' } })],
    ['a › inputSchema.properties.p.pattern: is not valid under u'],
  ],
  [
    'a keyword of OpenAPI',
    [tool({ p: { type: 'string', nullable: true, 'x-go': 1 } })],
    [
      'a › inputSchema.properties.p: holds the keyword nullable',
      'a › inputSchema.properties.p: holds the keyword x-go',
    ],
  ],
  ['a bare schema', [tool({ p: true })], ['a › inputSchema.properties.p: is the bare schema true']],
  [
    'a type that is none',
    [tool({ p: { type: 'file' } })],
    ['a › inputSchema.properties.p: has the type "file"'],
  ],
  [
    'an old exclusive bound',
    [tool({ p: { minimum: 1, exclusiveMinimum: true } })],
    ['a › inputSchema.properties.p: exclusiveMinimum is no number'],
  ],
  [
    'an empty choice',
    [tool({ p: { anyOf: [] } })],
    ['a › inputSchema.properties.p.anyOf: is no list of schemas'],
  ],
];

describe('lint of a tool list', () => {
  test.each(REFUSED)('refuses %s', (_, tools, want) => {
    expect(lintToolList(tools)).toEqual(want);
  });

  test('takes data for data, and a good list for good', () => {
    const properties = {
      nullable: { type: ['string', 'null'], enum: ['a', null] },
      tree: { $ref: '#/$defs/Tree' },
      map: { type: 'object', additionalProperties: true, default: { nullable: true } },
      'a.b-c_d': { const: { $ref: 'nowhere' }, pattern: '^\\p{L}+$' },
    };
    const $defs = { Tree: { type: 'array', items: { $ref: '#/$defs/Tree' } } };
    expect(lintToolList([tool(properties, { $defs, additionalProperties: false })])).toEqual([]);
  });
});
