/**
 * What `server.json` must be by the registry's schema 2025-12-11, as far as it is written here; stricter in that nothing else may
 * stand in it. https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json
 */
export const SERVER_JSON_SCHEMA = {
  type: 'object',
  required: ['$schema', 'name', 'description', 'version', 'packages'],
  additionalProperties: false,
  properties: {
    $schema: {
      const: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    },
    name: {
      type: 'string',
      minLength: 3,
      maxLength: 200,
      pattern: '^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$',
    },
    title: { type: 'string', minLength: 1, maxLength: 100 },
    description: { type: 'string', minLength: 1, maxLength: 100 },
    version: { type: 'string', maxLength: 255, pattern: '^\\d+\\.\\d+\\.\\d+' },
    packages: {
      type: 'array',
      items: {
        type: 'object',
        required: ['registryType', 'identifier', 'transport'],
        additionalProperties: false,
        properties: {
          registryType: { const: 'npm' },
          identifier: { type: 'string' },
          version: { type: 'string', minLength: 1, not: { const: 'latest' } },
          transport: {
            anyOf: [
              {
                type: 'object',
                required: ['type'],
                additionalProperties: false,
                properties: { type: { const: 'stdio' } },
              },
              {
                type: 'object',
                required: ['type', 'url'],
                additionalProperties: false,
                properties: {
                  type: { const: 'streamable-http' },
                  url: { type: 'string', format: 'uri' },
                },
              },
            ],
          },
          environmentVariables: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'description', 'isRequired', 'isSecret'],
              additionalProperties: false,
              properties: {
                name: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
                description: { type: 'string', minLength: 1 },
                isRequired: { type: 'boolean' },
                isSecret: { type: 'boolean' },
                default: { type: 'string' },
              },
            },
          },
        },
      },
    },
  },
} as const;
