import type { Blueprint, HttpSource, Tool } from '../../src/blueprint/types.js';

const origin = { file: 'openapi.yaml', path: ['paths'] };

const pet = {
  type: 'object',
  description: 'An animal for sale.',
  properties: {
    id: { type: ['integer', 'string'], format: 'int64' },
    name: { type: 'string', description: 'What it answers to.' },
    status: { type: 'string', enum: ['available', 'sold'] },
    parent: { $ref: '#/$defs/Pet' },
    tags: { type: 'array', items: { anyOf: [{ $ref: '#/$defs/Tag' }, { type: 'null' }] } },
  },
  required: ['id', 'name'],
};

const tag = { anyOf: [{ type: 'string' }, { $ref: '#/$defs/Tag' }, { type: 'number' }] };

/** An API with every kind of parameter, body, server and security scheme. */
const shop: HttpSource = {
  kind: 'http',
  id: 'shop',
  title: 'Shop API',
  servers: {
    default: {
      env: 'SHOP_BASE_URL',
      url: 'https://{region}.shop.example/v1',
      variables: { region: { env: 'SHOP_REGION', default: 'eu', enum: ['eu', 'us'] } },
    },
    files: { env: 'SHOP_FILES_BASE_URL', url: 'https://files.shop.example' },
  },
  securitySchemes: {
    key: { type: 'apiKey', in: 'header', name: 'X-Key', env: 'SHOP_KEY' },
    login: { type: 'basic', usernameEnv: 'SHOP_USERNAME', passwordEnv: 'SHOP_PASSWORD' },
    token: {
      type: 'clientCredentials',
      env: 'SHOP_TOKEN',
      clientIdEnv: 'SHOP_CLIENT_ID',
      clientSecretEnv: 'SHOP_CLIENT_SECRET',
      tokenUrl: 'https://shop.example/token',
      tokenUrlEnv: 'SHOP_TOKEN_URL',
    },
  },
  schemas: { Pet: pet, Tag: tag, Unused: { type: 'string' } },
  settings: [
    { env: 'SHOP_BASE_URL', description: 'Base URL of the shop', secret: false, required: false },
    {
      env: 'SHOP_REGION',
      description: 'Region',
      secret: false,
      required: false,
      default: 'eu',
    },
    { env: 'SHOP_KEY', description: 'API key of the shop', secret: true, required: true },
  ],
  origin,
};

type ToolParts = Partial<Tool> & Pick<Tool, 'name' | 'binding'>;

/** A tool with what every tool must have. */
export function makeTool(parts: ToolParts): Tool {
  return {
    title: '',
    description: `Does ${parts.name}.`,
    annotations: {},
    group: 'pets',
    inputSchema: { type: 'object', properties: {}, additionalProperties: false },
    argumentsType: parts.inputSchema ?? {
      type: 'object',
      properties: {},
      additionalProperties: false,
    },
    example: {},
    origin,
    ...parts,
  };
}

const petId = { petId: { type: 'integer', description: 'Number of the pet.' } };

/** A small project that uses most of what a Blueprint can say. */
export function smallBlueprint(): Blueprint {
  return {
    server: {
      name: 'shop-server',
      title: 'Shop',
      version: '1.2.3',
      description: 'Sells pets.',
      transports: ['stdio', 'http'],
    },
    sources: [shop],
    tools: [
      makeTool({
        name: 'list_pets',
        title: 'List pets',
        annotations: { readOnlyHint: true },
        inputSchema: {
          type: 'object',
          properties: {
            limit: { type: 'integer', minimum: 1, maximum: 100 },
            tags: { type: 'array', items: { type: 'string' } },
            filter: { type: 'object', properties: { color: { type: 'string' } } },
            page: { type: 'string' },
          },
          additionalProperties: false,
        },
        resultType: { type: 'array', items: { $ref: '#/$defs/Pet' } },
        outputSchema: {
          type: 'object',
          properties: { result: { type: 'array' } },
          required: ['result'],
        },
        example: { limit: 10, tags: ['a', 'b'], filter: { color: 'red' }, page: 'x y' },
        binding: {
          kind: 'http',
          source: 'shop',
          method: 'GET',
          path: '/pets',
          parameters: [
            { argument: 'limit', in: 'query' },
            { argument: 'tags', in: 'query', style: 'pipeDelimited', explode: false },
            { argument: 'filter', in: 'query', style: 'deepObject' },
            { argument: 'page', name: 'X-Page', in: 'header' },
          ],
          security: [{ key: [] }],
        },
      }),
      makeTool({
        name: 'get_pet',
        inputSchema: {
          type: 'object',
          properties: petId,
          required: ['petId'],
          additionalProperties: false,
        },
        resultType: { $ref: '#/$defs/Pet' },
        example: { petId: 7 },
        binding: {
          kind: 'http',
          source: 'shop',
          method: 'GET',
          path: '/pets/{petId}',
          parameters: [{ argument: 'petId', in: 'path' }],
          security: [{ login: [] }, {}],
        },
      }),
      makeTool({
        name: 'add_pet',
        inputSchema: {
          type: 'object',
          properties: { id: pet.properties.id, name: { type: 'string' } },
          required: ['name'],
          additionalProperties: false,
        },
        argumentsType: { $ref: '#/$defs/Pet' },
        example: { id: '9007199254740993', name: 'Rex' },
        binding: {
          kind: 'http',
          source: 'shop',
          method: 'POST',
          path: '/pets',
          body: {
            contentType: 'application/json',
            fields: { id: 'id', name: 'name' },
            required: true,
          },
          security: [{ token: ['write'] }],
        },
      }),
      makeTool({
        name: 'upload-photo',
        group: 'files',
        inputSchema: {
          type: 'object',
          properties: {
            ...petId,
            photo: {
              type: 'object',
              properties: { data: { type: 'string' }, filename: { type: 'string' } },
            },
          },
          required: ['petId', 'photo'],
          additionalProperties: false,
        },
        example: { petId: 7, photo: { data: 'aGVsbG8=', filename: 'rex.png' } },
        binding: {
          kind: 'http',
          source: 'shop',
          server: 'files',
          method: 'PUT',
          path: '/pets/{petId}/photo',
          parameters: [{ argument: 'petId', in: 'path' }],
          body: {
            contentType: 'multipart/form-data',
            fields: { photo: 'photo' },
            files: ['photo'],
          },
        },
      }),
      makeTool({
        name: 'delete',
        deprecated: true,
        annotations: { destructiveHint: true },
        inputSchema: {
          type: 'object',
          properties: { petId: { type: 'integer' }, session: { type: 'string' } },
          required: ['petId'],
          additionalProperties: false,
        },
        example: { petId: 1, session: 's' },
        binding: {
          kind: 'http',
          source: 'shop',
          method: 'DELETE',
          path: '/pets/{petId}',
          parameters: [
            { argument: 'petId', in: 'path' },
            { argument: 'session', in: 'cookie' },
          ],
        },
      }),
      makeTool({
        name: 'ping',
        group: '',
        example: undefined,
        binding: { kind: 'http', source: 'shop', method: 'HEAD', path: '/' },
      } as ToolParts),
    ],
    resources: [],
    prompts: [],
    skipped: [],
    findings: [],
  };
}

/** As many tools as wanted, in a few groups. */
export function largeBlueprint(count: number): Blueprint {
  const blueprint = smallBlueprint();
  const [, template] = blueprint.tools;
  return {
    ...blueprint,
    tools: Array.from({ length: count }, (_, index) => ({
      ...template!,
      name: `get_pet_${index}`,
      group: index % 3 === 0 ? 'Pets & more' : 'other things',
    })),
  };
}

export const planOptions = {
  manifestText: 'name: shop-server\n',
  specs: [{ path: 'specs/shop.yaml', text: 'openapi: 3.1.0\n' }],
  generatorVersion: '0.1.0',
};
