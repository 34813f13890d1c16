/**
 * What `server.json` must be by the registry's schema of 2025-12-11, the newest that is published, with every rule of it for what
 * is written here; stricter in that nothing else may stand in it, and in what its words demand besides its keywords. Lengths are in
 * characters. https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json
 */
const text = { type: 'string' } as const;

/** Of one line, not blank, and without half of a character. */
const line = {
  ...text,
  minLength: 1,
  maxLength: 100,
  pattern: '^(?!\\s)[^\\p{Cs}\\r\\n]*\\S$',
} as const;

/** `KeyValueInput`, in which `name` alone is required. */
const environmentVariable = {
  type: 'object',
  required: ['name', 'description', 'isRequired', 'isSecret'],
  additionalProperties: false,
  properties: {
    name: { ...text, pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
    description: { ...text, minLength: 1 },
    isRequired: { type: 'boolean' },
    isSecret: { type: 'boolean' },
    default: { ...text, minLength: 1 },
  },
  // "The default value should be a valid value": what is kept secret has none that everybody can read.
  if: { properties: { isSecret: { const: true } } },
  then: { properties: { default: false } },
} as const;

/** `LocalTransport`, without that of server-sent events. */
const transport = {
  anyOf: [
    {
      type: 'object',
      required: ['type'],
      additionalProperties: false,
      properties: { type: { ...text, enum: ['stdio'] } },
    },
    {
      type: 'object',
      required: ['type', 'url'],
      additionalProperties: false,
      properties: {
        type: { ...text, enum: ['streamable-http'] },
        // A template: what stands in braces would have to be a variable of the package.
        url: { ...text, format: 'uri-template', pattern: '^https?://[^\\s{}]+$' },
      },
    },
  ],
} as const;

/** `Package`, of npm alone. */
const npmPackage = {
  type: 'object',
  required: ['registryType', 'identifier', 'version', 'transport'],
  additionalProperties: false,
  properties: {
    registryType: { ...text, const: 'npm' },
    identifier: { ...text, minLength: 1, maxLength: 214 },
    // A specific version: no range, no tag.
    version: {
      ...text,
      minLength: 1,
      not: { const: 'latest' },
      pattern: '^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$',
    },
    transport,
    environmentVariables: { type: 'array', items: environmentVariable },
  },
} as const;

/** `ServerDetail`, in which name, description and version are required. */
export const SERVER_JSON_SCHEMA = {
  type: 'object',
  required: ['$schema', 'name', 'description', 'version', 'packages'],
  additionalProperties: false,
  properties: {
    $schema: {
      ...text,
      format: 'uri',
      const: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    },
    name: { ...text, minLength: 3, maxLength: 200, pattern: '^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$' },
    title: line,
    description: line,
    version: { ...text, maxLength: 255, pattern: '^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$' },
    packages: { type: 'array', minItems: 1, items: npmPackage },
  },
} as const;
