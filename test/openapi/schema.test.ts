import { describe, expect, it } from 'vitest';
import { documentWith, readDocument } from '../support/read-document.js';

/** Reads a schema as the query parameter `it` of a document of that version. */
async function read(schema: unknown, version = '3.0.3', schemas: Record<string, unknown> = {}) {
  const document = documentWith(
    { parameters: [{ name: 'it', in: 'query', schema }] },
    { openapi: version, components: { schemas } },
  );
  const blueprint = await readDocument(document);
  const properties = blueprint.tools[0]?.inputSchema['properties'] as Record<string, unknown>;
  return {
    schema: properties['it'],
    root: blueprint.tools[0]?.inputSchema,
    findings: blueprint.findings,
  };
}

const enumOf = (values: unknown[]): unknown => ({ type: 'string', enum: values });

describe('a schema of OpenAPI as JSON Schema 2020-12', () => {
  it.each<[string, unknown, unknown]>([
    ['nullable', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    [
      'nullable beside an enum',
      { type: 'string', enum: ['a'], nullable: true },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      'null in an enum',
      { type: 'string', enum: ['a', null] },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      'nullable beside allOf',
      { allOf: [{ type: 'integer' }], nullable: true },
      { type: ['integer', 'null'] },
    ],
    [
      'exclusive bounds as booleans',
      { type: 'number', minimum: 1, exclusiveMinimum: true },
      { type: 'number', exclusiveMinimum: 1 },
    ],
    ['numbers as text', { type: 'integer', maximum: '10' }, { type: 'integer', maximum: 10 }],
    ['G2: code where a number belongs', { type: 'integer', minimum: '(x=1)' }, { type: 'integer' }],
    ['bounds that cross', { type: 'string', minLength: 5, maxLength: 2 }, { type: 'string' }],
    [
      'int64',
      { type: 'integer', format: 'int64' },
      { type: ['integer', 'string'], format: 'int64' },
    ],
    [
      'int64 within what a number holds',
      { type: 'integer', format: 'int64', minimum: 1, maximum: 12 },
      { type: 'integer', minimum: 1, maximum: 12 },
    ],
    ['formats that say nothing', { type: 'integer', format: 'int32' }, { type: 'integer' }],
    [
      'formats that validators know',
      { type: 'string', format: 'date-time' },
      { type: 'string', format: 'date-time' },
    ],
    ['base64', { type: 'string', format: 'byte' }, { type: 'string', contentEncoding: 'base64' }],
    ['types by other names', { type: 'bool' }, { type: 'boolean' }],
    ['G2: a type that is none', { type: '"; evil()' }, {}],
    ['numbers in an enum of strings', enumOf([1, 2]), { type: 'string', enum: ['1', '2'] }],
    [
      'objects in an enum of strings',
      enumOf([{ a: 1 }, 'b']),
      { type: ['string', 'object'], enum: [{ a: 1 }, 'b'] },
    ],
    ['an implied object', { properties: { a: {} } }, { type: 'object', properties: { a: {} } }],
    [
      'an implied array',
      { items: { type: 'string' } },
      { type: 'array', items: { type: 'string' } },
    ],
    ['a default of another type', { type: 'integer', default: 'many' }, { type: 'integer' }],
    [
      'keywords of OpenAPI alone',
      { type: 'string', xml: { name: 'x' }, externalDocs: {}, 'x-y': 1 },
      { type: 'string' },
    ],
    [
      'oneOf',
      { oneOf: [{ type: 'string' }, { type: 'integer' }] },
      { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    ],
    [
      'a choice with null',
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
      { type: ['string', 'null'] },
    ],
    [
      'one branch',
      { allOf: [{ type: 'string', maxLength: 3 }], description: 'd' },
      { type: 'string', maxLength: 3, description: 'd' },
    ],
    [
      'object branches',
      {
        allOf: [
          { type: 'object', properties: { a: {} }, required: ['a'], additionalProperties: false },
          { properties: { b: {} } },
        ],
      },
      { type: 'object', properties: { a: {}, b: {} }, required: ['a'] },
    ],
    [
      'tuples',
      { type: 'array', items: [{ type: 'string' }] },
      { type: 'array', prefixItems: [{ type: 'string' }] },
    ],
    [
      'patterns with needless escapes',
      { type: 'string', pattern: '^[\\w\\-\\@]+\\_$' },
      { type: 'string', pattern: '^[\\w\\-@]+_$' },
    ],
    [
      'patterns with anchors of other languages',
      { type: 'string', pattern: '\\A[a-z\\-]+\\z' },
      { type: 'string', pattern: '^[a-z\\-]+$' },
    ],
    ['patterns that are none', { type: 'string', pattern: '([a-z' }, { type: 'string' }],
    ['S12: patterns that explode', { type: 'string', pattern: '^(a+)+$' }, { type: 'string' }],
    ['false', false, { not: {} }],
    [
      'a closed choice',
      {
        unevaluatedProperties: false,
        oneOf: [{ properties: { a: {} } }, { properties: { b: {} } }],
      },
      {
        unevaluatedProperties: false,
        anyOf: [
          { type: 'object', properties: { a: {} } },
          { type: 'object', properties: { b: {} } },
        ],
      },
    ],
    [
      'a choice beside fields',
      { properties: { a: {} }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      {
        type: 'object',
        properties: { a: {} },
        anyOf: [{ required: ['a'] }, { required: ['b'] }],
      },
    ],
  ])('%s', async (_, given, want) => {
    expect((await read(given)).schema).toEqual(want);
  });

  it('leaves out what only a response has', async () => {
    const given = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { readOnly: true }, name: {} },
    };
    expect((await read(given)).schema).toEqual({
      type: 'object',
      properties: { name: {} },
      required: ['name'],
    });
  });

  it('renames properties that clients refuse', async () => {
    const given = {
      type: 'object',
      properties: { '@type': { type: 'string' }, constructor: { type: 'string' } },
    };
    const { schema } = await read(given);
    expect(Object.keys((schema as { properties: object }).properties)).toEqual([
      '_type',
      'constructor_',
    ]);
  });

  it('keeps recursion as a reference', async () => {
    const Node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } };
    const { schema, root } = await read({ $ref: '#/components/schemas/Node' }, '3.1.0', { Node });
    expect(schema).toEqual({ $ref: '#/$defs/Node' });
    expect(root?.['$defs']).toEqual({
      Node: { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } },
    });
  });

  it('puts what is used once in its place', async () => {
    const { schema, root } = await read({ $ref: '#/components/schemas/A' }, '3.1.0', {
      A: { type: 'string', maxLength: 9 },
    });
    expect(schema).toEqual({ type: 'string', maxLength: 9 });
    expect(root?.['$defs']).toBeUndefined();
  });

  it('loosens what a dangling reference stands for, and says where', async () => {
    const { schema, findings } = await read({ $ref: '#/components/schemas/Pett' }, '3.1.0', {
      Pet: {},
    });
    expect(schema).toEqual({});
    const [finding] = findings.filter(({ code }) => code === 'MCP104');
    expect(finding?.origin?.path).toEqual([
      'paths',
      '/things',
      'get',
      'parameters',
      0,
      'schema',
      '$ref',
    ]);
    expect(finding?.fix).toContain('#/components/schemas/Pet');
  });

  it('G8: doubling references of twenty levels stay small', async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => {
        const next = n === 19 ? { type: 'string' } : { $ref: `#/components/schemas/L${n + 1}` };
        return [`L${n}`, { type: 'object', properties: { left: next, right: next } }];
      }),
    );
    const { root } = await read({ $ref: '#/components/schemas/L0' }, '3.1.0', schemas);
    expect(JSON.stringify(root).length).toBeLessThan(100_000);
  });

  it('G9: a schema named __proto__ is a name like any other', async () => {
    const text = JSON.stringify(
      documentWith({
        parameters: [
          { name: '__proto__', in: 'query', schema: { $ref: '#/components/schemas/__proto__' } },
        ],
      }),
    ).replace('"paths"', '"components":{"schemas":{"__proto__":{"type":"integer"}}},"paths"');
    const { tools } = await readDocument(text);
    expect(tools[0]?.inputSchema['properties']).toEqual({ proto_: { type: 'integer' } });
    expect(({} as Record<string, unknown>)['type']).toBeUndefined();
  });

  it('G9: a property named __proto__ inside an object is renamed and not lost', async () => {
    const inner = { type: 'object', properties: { a: { type: 'string' } } };
    const { outer } = JSON.parse(
      JSON.stringify({ outer: inner }).replace('"a"', '"__proto__"'),
    ) as { outer: object };
    const { schema } = await read(outer);
    const { properties } = schema as { properties: object };
    expect(Object.entries(properties)).toEqual([['proto_', { type: 'string' }]]);
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype);
  });
});
