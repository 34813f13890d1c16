import { describe, expect, it } from 'vitest';
import { documentWith, readDocument, readTool } from '../support/read-document.js';

const query = (schema: unknown, more: object = {}): object => ({
  parameters: [{ name: 'it', in: 'query', schema, ...more }],
});

/** The schema of the argument `it`, and the codes of what was found. */
async function argumentOf(schema: unknown, rest: Record<string, unknown> = {}) {
  const { tools, findings } = await readDocument(documentWith(query(schema) as never, rest));
  const [tool] = tools;
  const properties = tool?.inputSchema['properties'] as Record<string, unknown> | undefined;
  return { schema: properties?.['it'], codes: findings.map(({ code }) => code) };
}

describe('references to names of schemas', () => {
  const schemas = {
    Address: { $anchor: 'address', type: 'object', properties: { street: { type: 'string' } } },
    Tree: { $dynamicAnchor: 'node', type: 'integer' },
  };

  it.each([
    ['an anchor', '#address', { type: 'object', properties: { street: { type: 'string' } } }],
    ['a dynamic anchor', '#node', { type: 'integer' }],
  ])('follows %s', async (_, $ref, want) => {
    expect(await argumentOf({ $ref }, { components: { schemas } })).toEqual({
      schema: want,
      codes: [],
    });
  });

  it('says that there is no such anchor', async () => {
    const { schema, codes } = await argumentOf({ $ref: '#addres' }, { components: { schemas } });
    expect([schema, codes]).toEqual([{}, ['MCP104']]);
  });

  it.each([
    ['its whole address', 'https://docs.example.com/api/things.json#/components/schemas/Kind'],
    ['its name', 'things.json#/components/schemas/Kind'],
    ['its path', '/api/things.json#/components/schemas/Kind'],
  ])('knows a document that names itself by %s', async (_, $ref) => {
    const rest = {
      openapi: '3.2.0',
      $self: 'https://docs.example.com/api/things.json',
      components: { schemas: { Kind: { type: 'boolean' } } },
    };
    expect(await argumentOf({ $ref }, rest)).toEqual({ schema: { type: 'boolean' }, codes: [] });
  });
});

it('knows a security scheme that is named by its address', async () => {
  const key = { type: 'apiKey', name: 'X-Key', in: 'header' };
  const { sources, findings } = await readDocument(
    documentWith(
      { security: [{ '#/components/securitySchemes/key': [] }] },
      { components: { securitySchemes: { key } } },
    ),
  );
  const scheme = { type: 'apiKey', name: 'X-Key', in: 'header', env: 'API_KEY' };
  expect(sources[0]?.securitySchemes).toEqual({
    key: scheme,
    '#/components/securitySchemes/key': scheme,
  });
  expect(sources[0]?.settings.filter(({ secret }) => secret)).toHaveLength(1);
  expect(findings).toEqual([]);
});

describe('schemas that are put together', () => {
  const named = {
    Named: { type: 'object', properties: { name: { type: 'string' } }, minProperties: 1 },
  };
  const own = { type: 'object', properties: { size: { type: 'integer' } } };
  const allOf = [{ $ref: '#/components/schemas/Named' }];

  it('refuses what no branch names, and not what another branch does', async () => {
    const schema = { ...own, unevaluatedProperties: false, allOf };
    expect((await argumentOf(schema, { components: { schemas: named } })).schema).toEqual({
      allOf: [own, named.Named],
      unevaluatedProperties: false,
    });
  });

  it('takes members that a branch declares where the schema beside it allows no others', async () => {
    const schema = { ...own, additionalProperties: false, allOf };
    expect((await argumentOf(schema, { components: { schemas: named } })).schema).toEqual({
      allOf: [own, named.Named],
    });
  });
});

it('reads what stands beside a reference as said of this use', async () => {
  const parameter = {
    name: 'page',
    in: 'query',
    description: 'A page',
    schema: { type: 'integer' },
  };
  const tool = await readTool(
    { parameters: [{ $ref: '#/components/parameters/Page', description: 'Where to go on' }] },
    { components: { parameters: { Page: parameter } } },
  );
  expect(tool.inputSchema['properties']).toEqual({
    page: { type: 'integer', description: 'Where to go on' },
  });
});

it('reads numbers without quotes as the names and titles that they are', async () => {
  const tool = await readTool({ operationId: 12, summary: 2024 });
  expect([tool.name, tool.title, tool.description]).toEqual(['12', '2024', '2024']);
});

it('takes the examples of OpenAPI 3.2', async () => {
  const examples = { one: { dataValue: ['a', 'b'], serializedValue: 'it=a&it=b' } };
  const tool = await readTool(
    query({ type: 'array', items: { type: 'string' } }, { examples }) as never,
  );
  expect(tool.example).toEqual({ it: ['a', 'b'] });
});

it('takes as text what is text by its type, whatever its format', async () => {
  const content = { 'text/csv': { schema: { type: 'string', format: 'binary' } } };
  const tool = await readTool({ requestBody: { content } }, {}, { method: 'post' });
  expect(tool.binding.body).toEqual({ contentType: 'text/csv', argument: 'body' });
  expect(tool.inputSchema['properties']).toEqual({
    body: { type: 'string', description: 'The body as text/csv' },
  });
});

it('says of a missing file once that it is missing', async () => {
  const { findings } = await readDocument(documentWith(query({ $ref: 'gone.json#/A' }) as never));
  expect(findings.map(({ message }) => message)).toEqual([
    'the file of $ref "gone.json#/A" cannot be read: the document is not a file, so it has no folder',
  ]);
});
