import { expect, it } from 'vitest';
import { readDocument } from '../support/read-document.js';

const document = {
  swagger: '2.0',
  info: { title: 'Old', version: '1' },
  host: 'old.example.com',
  basePath: '/v1/',
  schemes: ['http', 'https'],
  consumes: ['application/json'],
  produces: ['application/json'],
  securityDefinitions: {
    app: {
      type: 'oauth2',
      flow: 'application',
      tokenUrl: 'https://old.example.com/token',
      scopes: { read: '' },
    },
  },
  security: [{ app: ['read'] }],
  paths: {
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, type: 'integer', format: 'int64' }],
      get: {
        operationId: 'get',
        parameters: [
          {
            name: 'tags',
            in: 'query',
            type: 'array',
            items: { type: 'string' },
            collectionFormat: 'pipes',
          },
        ],
        responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Pet' } } },
      },
      put: {
        operationId: 'put',
        parameters: [
          { name: 'pet', in: 'body', required: true, schema: { $ref: '#/definitions/Pet' } },
        ],
        responses: { default: { description: 'ok' } },
      },
      post: {
        operationId: 'post',
        consumes: ['multipart/form-data'],
        security: [],
        parameters: [
          { name: 'photo', in: 'formData', type: 'file', required: true },
          {
            name: 'sizes',
            in: 'formData',
            type: 'array',
            items: { type: 'integer' },
            collectionFormat: 'multi',
          },
        ],
        responses: { 204: { description: 'ok' } },
      },
    },
  },
  definitions: {
    Pet: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, age: { type: 'integer', 'x-nullable': true } },
    },
  },
};

it('reads Swagger 2.0 into the same form as OpenAPI 3', async () => {
  const { sources, tools } = await readDocument(document);
  expect(sources[0]?.servers['default']?.url).toBe('https://old.example.com/v1');
  expect(sources[0]?.securitySchemes['app']).toEqual({
    type: 'clientCredentials',
    env: 'API_APP_TOKEN',
    clientIdEnv: 'API_APP_CLIENT_ID',
    clientSecretEnv: 'API_APP_CLIENT_SECRET',
    tokenUrl: 'https://old.example.com/token',
    tokenUrlEnv: 'API_APP_TOKEN_URL',
  });
  const [get, put, post] = tools;
  expect(get?.binding).toEqual({
    kind: 'http',
    source: 'api',
    method: 'GET',
    path: '/pets/{id}',
    parameters: [
      { argument: 'id', in: 'path' },
      { argument: 'tags', in: 'query', style: 'pipeDelimited' },
    ],
    security: [{ app: ['read'] }],
  });
  expect(get?.outputSchema).toEqual({
    type: 'object',
    properties: { name: { type: 'string' }, age: { type: ['integer', 'null'] } },
  });
  expect(put?.binding.body).toEqual({
    contentType: 'application/json',
    fields: { name: 'name', age: 'age' },
    required: true,
  });
  expect(put?.inputSchema['required']).toEqual(['id', 'name']);
  expect(post?.binding.body).toEqual({
    contentType: 'multipart/form-data',
    fields: { photo: 'photo', sizes: 'sizes' },
    encoding: { sizes: { style: 'form', explode: true } },
    files: ['photo'],
    required: true,
  });
  expect(post?.binding.security).toBeUndefined();
});
