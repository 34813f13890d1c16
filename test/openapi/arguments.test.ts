import { describe, expect, it } from 'vitest';
import { documentWith, readDocument, readTool } from '../support/read-document.js';

const query = (name: string, more: object = {}): object => ({
  name,
  in: 'query',
  schema: { type: 'string' },
  ...more,
});
const json = (schema: unknown, more: object = {}): object => ({
  required: true,
  content: { 'application/json': { schema, ...more } },
});

describe('the flat argument object', () => {
  it('puts path, query, header, cookie and body side by side, and says how each travels', async () => {
    const tool = await readTool(
      {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
          query('fields', {
            style: 'form',
            explode: false,
            schema: { type: 'array', items: { type: 'string' } },
          }),
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          { name: 'session', in: 'cookie', schema: { type: 'string' } },
        ],
        requestBody: json({
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string' } },
        }),
      },
      {},
      { path: '/things/{id}', method: 'put' },
    );
    expect(tool.inputSchema).toEqual({
      type: 'object',
      properties: {
        id: { type: 'integer' },
        fields: { type: 'array', items: { type: 'string' } },
        'X-Trace': { type: 'string' },
        session: { type: 'string' },
        name: { type: 'string' },
      },
      required: ['id', 'name'],
      additionalProperties: false,
    });
    expect(tool.binding).toMatchObject({
      method: 'PUT',
      path: '/things/{id}',
      parameters: [
        { argument: 'id', in: 'path' },
        { argument: 'fields', in: 'query', explode: false },
        { argument: 'X-Trace', in: 'header' },
        { argument: 'session', in: 'cookie' },
      ],
      body: { contentType: 'application/json', fields: { name: 'name' }, required: true },
    });
  });

  it('keeps the name of the path when names clash', async () => {
    const tool = await readTool(
      {
        parameters: [query('id'), { name: 'id', in: 'header', schema: { type: 'string' } }],
        requestBody: json({ type: 'object', properties: { id: { type: 'string' } } }),
      },
      {},
      { path: '/things/{id}', method: 'post' },
    );
    expect(Object.keys(tool.inputSchema['properties'] as object)).toEqual([
      'id',
      'query_id',
      'header_id',
      'body_id',
    ]);
    expect(tool.binding.body?.fields).toEqual({ body_id: 'id' });
    expect(tool.binding.parameters).toContainEqual({
      argument: 'query_id',
      name: 'id',
      in: 'query',
    });
  });

  it('never asks a model for headers of the connection or for credentials', async () => {
    const header = (name: string): object => ({ name, in: 'header', schema: { type: 'string' } });
    const tool = await readTool(
      {
        parameters: ['Accept', 'Content-Type', 'Authorization', 'Host', 'X-Key', 'X-Other'].map(
          header,
        ),
      },
      { components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } } },
    );
    expect(Object.keys(tool.inputSchema['properties'] as object)).toEqual(['X-Other']);
  });

  it('infers a path parameter that is not declared, and reports it', async () => {
    const { tools, findings } = await readDocument(documentWith({}, {}, { path: '/things/{key}' }));
    expect(tools[0]?.inputSchema).toMatchObject({
      properties: { key: { type: 'string' } },
      required: ['key'],
    });
    expect(findings.map(({ code }) => code)).toContain('MCP209');
  });

  it('reads paths of gateways', async () => {
    const name = { name: 'name', in: 'path', required: true, schema: { type: 'string' } };
    const tool = await readTool(
      { parameters: [name] },
      {},
      { path: '/v1/{name=shelves/*}:rename' },
    );
    expect(tool.binding.path).toBe('/v1/{name}:rename');
  });

  it.each<[string, unknown, unknown]>([
    [
      'an array',
      { type: 'array', items: { type: 'integer' } },
      { type: 'array', items: { type: 'integer' }, description: 'The request body' },
    ],
    [
      'a scalar',
      { type: 'string', description: 'A name' },
      { type: 'string', description: 'A name' },
    ],
    [
      'a choice',
      { oneOf: [{ type: 'object', properties: { a: {} } }, { type: 'string' }] },
      {
        anyOf: [{ type: 'object', properties: { a: {} } }, { type: 'string' }],
        description: 'The request body',
      },
    ],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'string' } },
      { type: 'object', additionalProperties: { type: 'string' }, description: 'The request body' },
    ],
  ])('takes %s as one argument', async (_, schema, want) => {
    const tool = await readTool({ requestBody: json(schema) }, {}, { method: 'post' });
    expect(tool.inputSchema).toMatchObject({ properties: { body: want }, required: ['body'] });
    expect(tool.binding.body).toEqual({
      contentType: 'application/json',
      argument: 'body',
      required: true,
    });
  });

  it('spreads an object whose branches only say what must come together', async () => {
    const schema = {
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    };
    const tool = await readTool({ requestBody: json(schema) }, {}, { method: 'post' });
    expect(tool.binding.body?.fields).toEqual({ a: 'a', b: 'b' });
  });

  const text = { type: 'string' };
  const abc = { type: 'object', properties: { a: text, b: text, 'c[]': text } };
  it.each([
    ['alternatives', { anyOf: [{ required: ['a'] }, { required: ['b'] }] }, 'Needs a or b.'],
    ['oneOf', { oneOf: [{ required: ['a'] }, { required: ['b'] }] }, 'Needs a or b.'],
    [
      'several fields together, under the names of their arguments',
      { anyOf: [{ required: ['a'] }, { required: ['b', 'c[]'] }] },
      'Needs a, or b and c.',
    ],
    [
      'what is required anyway once',
      { required: ['a'], anyOf: [{ required: ['a', 'b'] }, { required: ['a', 'c[]'] }] },
      'Needs b or c.',
    ],
    ['dependent fields', { dependentRequired: { a: ['b', 'c[]'] } }, 'With a also b and c.'],
    [
      'both',
      { anyOf: [{ required: ['a'] }, { required: ['b'] }], dependentRequired: { a: ['c[]'] } },
      'Needs a or b. With a also c.',
    ],
    ['those of parts', { allOf: [{ dependentRequired: { a: ['b'] } }] }, 'With a also b.'],
    ['nothing where one alternative is free', { anyOf: [{ required: ['a'] }, {}] }, undefined],
    ['nothing of fields that there are none of', { dependentRequired: { a: ['z'] } }, undefined],
  ])('says in words what a flat list of arguments cannot: %s', async (_, more, want) => {
    const requestBody = json({ ...abc, ...more });
    const tool = await readTool({ requestBody }, {}, { method: 'post' });
    expect(tool.binding.body?.fields).toEqual({ a: 'a', b: 'b', c: 'c[]' });
    expect(tool.description).toBe(want === undefined ? 'All things' : `All things. ${want}`);
  });

  it('does not say that a body is needed that may be left out', async () => {
    const schema = { ...abc, anyOf: [{ required: ['a'] }, { required: ['b'] }] };
    const requestBody = json(schema, {});
    const optional = { ...requestBody, required: false };
    const tool = await readTool({ requestBody: optional }, {}, { method: 'delete' });
    expect(tool.description).toBe('All things');
  });

  it('describes renamed properties deep in a body', async () => {
    const schema = {
      type: 'object',
      properties: {
        list: {
          type: 'array',
          items: {
            type: 'object',
            properties: { '@type': { type: 'string' }, type: { type: 'string' } },
          },
        },
      },
    };
    const tool = await readTool({ requestBody: json(schema) }, {}, { method: 'post' });
    expect(tool.binding.body?.rename).toEqual({ _type: '@type' });
    expect(JSON.stringify(tool.inputSchema)).toContain(
      '"_type":{"type":"string"},"type":{"type":"string"}',
    );
  });

  it('takes files of a form as data or uri', async () => {
    const schema = {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary', description: 'Photo' },
        note: { type: 'string' },
      },
    };
    const tool = await readTool(
      { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } },
      {},
      { method: 'post' },
    );
    expect(tool.binding.body).toEqual({
      contentType: 'multipart/form-data',
      fields: { file: 'file', note: 'note' },
      files: ['file'],
      required: true,
    });
    const { file } = tool.inputSchema['properties'] as Record<
      string,
      { description: string; properties: object }
    >;
    expect(file?.description).toBe('Photo');
    expect(Object.keys(file?.properties ?? {})).toEqual(['data', 'uri', 'filename', 'mediaType']);
  });

  const binary = { type: 'string', format: 'binary' };
  const formOf = async (schema: object, encoding?: object) =>
    readDocument(
      documentWith(
        {
          requestBody: {
            required: true,
            content: { 'multipart/form-data': { schema, ...(encoding && { encoding }) } },
          },
        },
        {},
        { method: 'post' },
      ),
    );

  it('takes the parts of all forms that there is a choice of', async () => {
    const { tools } = await formOf({
      oneOf: [
        { type: 'object', required: ['url', 'name'], properties: { url: {}, name: {} } },
        { type: 'object', required: ['file', 'name'], properties: { file: binary, name: {} } },
      ],
    });
    expect(tools[0]?.binding.body).toEqual({
      contentType: 'multipart/form-data',
      fields: { url: 'url', name: 'name', file: 'file' },
      files: ['file'],
      required: true,
    });
    expect(tools[0]?.inputSchema['required']).toEqual(['name']);
  });

  it('keeps files apart in a form that is open to other parts', async () => {
    const { tools } = await formOf({
      type: 'object',
      properties: { file: binary },
      additionalProperties: true,
    });
    expect(tools[0]?.binding.body).toEqual({
      contentType: 'multipart/form-data',
      files: ['file'],
      required: true,
      argument: 'body',
    });
    expect(JSON.stringify(tools[0]?.inputSchema)).toContain('"mediaType":{"type":"string"}');
  });

  it('takes for a file what is sent as no text', async () => {
    const encoding = { photo: { contentType: 'image/png, image/jpeg' } };
    const { tools } = await formOf(
      { type: 'object', properties: { photo: {}, note: {} } },
      encoding,
    );
    expect(tools[0]?.binding.body?.files).toEqual(['photo']);
  });

  it.each([[binary], [{}], [{ type: 'string' }]])(
    'sends as a part what names none: %j',
    async (schema) => {
      const { tools, findings } = await formOf(schema);
      expect(tools[0]?.binding.body).toEqual({
        contentType: 'multipart/form-data',
        fields: { file: 'file' },
        files: ['file'],
        required: true,
      });
      expect(findings.map(({ code }) => code)).toEqual(['MCP214']);
    },
  );

  it('sends as JSON what is of any type and may be an object', async () => {
    const schema = { anyOf: [{ type: 'object' }, { type: 'string' }] };
    const content = { '*/*': { schema } };
    const tool = await readTool({ requestBody: { content } }, {}, { method: 'post' });
    expect(tool.binding.body?.contentType).toBe('application/json');
  });

  it.each([
    ['application/xml', { contentType: 'application/xml', argument: 'body' }],
    ['text/plain', { contentType: 'text/plain', argument: 'body' }],
    [
      'application/octet-stream',
      { contentType: 'application/octet-stream', argument: 'body', files: ['*'] },
    ],
    ['image/*', { contentType: 'image/*', argument: 'body', files: ['*'] }],
  ])('sends %s as it is', async (type, want) => {
    const tool = await readTool(
      { requestBody: { content: { [type]: { schema: { type: 'string' } } } } },
      {},
      { method: 'post' },
    );
    expect(tool.binding.body).toEqual(want);
  });

  it('prefers JSON, then forms', async () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const content = {
      'application/xml': { schema },
      'application/x-www-form-urlencoded': { schema },
      'application/vnd.api+json': { schema },
    };
    const tool = await readTool({ requestBody: { content } }, {}, { method: 'post' });
    expect(tool.binding.body?.contentType).toBe('application/vnd.api+json');
  });

  it('takes a file of the kind that the media range names', async () => {
    const content = { 'image/*': { schema: { type: 'string', format: 'binary' } } };
    const requestBody = { required: true, content };
    const tool = await readTool({ requestBody }, {}, { method: 'post' });
    expect(tool.example).toEqual({
      body: { data: 'aGVsbG8=', filename: 'hello.png', mediaType: 'image/png' },
    });
    expect(tool.binding.body?.contentType).toBe('image/*');
    const properties = tool.inputSchema['properties'] as { body: { description: string } };
    expect(properties.body.description).toBe('The bytes to send as image/*: data or uri');
  });
});
