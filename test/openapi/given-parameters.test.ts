import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/diagnostics/diagnostic.js';
import { isSecretName } from '../../src/sources/openapi/secret-name.js';
import { settingsOf } from '../../src/project/settings.js';
import { documentWith, readDocument } from '../support/read-document.js';
import { renderBlueprint } from '../support/render.js';

const key = { name: 'X-Api-Key', in: 'header', required: true, schema: { type: 'string' } };
const version = { name: 'api-version', in: 'query', required: true, schema: { type: 'string' } };
const tenant = { name: 'tenant', in: 'path', required: true, schema: { type: 'string' } };
const page = { name: 'page_token', in: 'query', schema: { type: 'string' } };
const fields = { name: 'fields', in: 'query', explode: false, schema: { type: 'array' } };

const responses = { 200: { description: 'Fine' } };

/** Three operations; the last one has no key. */
function documentOf(rest: Record<string, unknown> = {}): Record<string, unknown> {
  return documentWith(
    {},
    {
      paths: {
        '/{tenant}/things': {
          get: {
            operationId: 'listThings',
            parameters: [key, version, tenant, page, fields],
            responses,
          },
          post: {
            operationId: 'addThing',
            parameters: [{ ...key, name: 'x-api-key' }, version, tenant, page],
            responses,
          },
        },
        '/health': { get: { operationId: 'health', parameters: [version, page], responses } },
      },
      ...rest,
    },
  );
}

async function problemsOf(parameters: Record<string, unknown>, document = documentOf()) {
  try {
    await readDocument(document, { parameters } as object);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(
      ({ code, message, fix, origin }) =>
        `${code} ${message}; ${fix} (${origin?.path.join('.') ?? ''})`,
    );
  }
  return [];
}

describe('parameters that mcp.yaml gives', () => {
  const parameters = {
    'X-Api-Key': '${SHOP_KEY}',
    'api-version': '2024-01',
    tenant: '${TENANT:-acme}',
    fields: ['id', 2],
  };

  it('are no arguments, and say where their values come from', async () => {
    const { tools, sources } = await readDocument(documentOf(), { parameters } as object);
    expect(tools.map((tool) => Object.keys(tool.inputSchema['properties'] as object))).toEqual([
      ['page_token'],
      ['page_token'],
      ['page_token'],
    ]);
    expect(tools[0]?.inputSchema).not.toHaveProperty('required');
    expect(tools[1]?.binding.parameters).toEqual([
      { argument: 'X-Api-Key', name: 'x-api-key', in: 'header', given: true },
      { argument: 'api-version', in: 'query', given: true },
      { argument: 'tenant', in: 'path', given: true },
      { argument: 'page_token', in: 'query' },
    ]);
    expect(tools[0]?.binding.parameters?.find(({ argument }) => argument === 'fields')).toEqual({
      argument: 'fields',
      in: 'query',
      explode: false,
      given: true,
    });
    expect(sources[0]?.given).toEqual([
      { name: 'X-Api-Key', env: 'SHOP_KEY' },
      { name: 'api-version', value: '2024-01' },
      { name: 'tenant', env: 'TENANT', fallback: 'acme' },
      { name: 'fields', value: ['id', 2] },
    ]);
    expect(tools[0]?.example).toBeDefined();
  });

  it('are settings of the server, secret where they are called so', async () => {
    const blueprint = await readDocument(documentOf(), { parameters } as object);
    const shown = settingsOf(blueprint).map(({ env, secret, named, kind, default: value }) =>
      [env, kind, secret && 'secret', named && 'named', value].filter(Boolean).join(' '),
    );
    expect(shown).toEqual([
      'SHOP_KEY required secret named',
      'API_BASE_URL optional https://api.example.com',
      'API_TOKEN optional secret',
      'TENANT optional acme',
    ]);
    const files = await renderBlueprint(blueprint);
    expect(files.get('.env.example')?.text).toMatch(/Sent as header X-Api-Key[^]*\nSHOP_KEY=/);
    expect(files.get('src/generated/sources.ts')?.text).toContain(
      `{ name: 'X-Api-Key', env: 'SHOP_KEY', secret: true }`,
    );
  });

  it('may lie in a file, and are secret then whatever they are called', async () => {
    const given = { tenant: '${file:/run/secrets/tenant}' };
    const blueprint = await readDocument(documentOf(), { parameters: given } as object);
    expect(settingsOf(blueprint)).toContainEqual(
      expect.objectContaining({ env: 'TENANT', file: '/run/secrets/tenant', secret: true }),
    );
    const files = await renderBlueprint(blueprint);
    expect(files.get('src/generated/sources.ts')?.text).toContain(
      `{ name: 'tenant', env: 'TENANT', secret: true }`,
    );
  });

  it('must be parameters of a tool', async () => {
    expect(await problemsOf({ 'X-Api-Kay': '${K}', Accept: 'text/plain' })).toEqual([
      'MCP215 no operation that becomes a tool has a parameter "X-Api-Kay" that a call could give; did you mean "X-Api-Key"? (sources.api.parameters.X-Api-Kay)',
      'MCP215 no operation that becomes a tool has a parameter "Accept" that a call could give; write its name as in the document; what a security scheme or the request itself sends is set elsewhere (sources.api.parameters.Accept)',
    ]);
  });

  it('must be text where the document has text', async () => {
    expect(await problemsOf({ 'api-version': 1 })).toEqual([
      'MCP701 sources.api.parameters.api-version in the manifest cannot be used: the document has it as text, and YAML reads 1 as a number: write it in quotes; correct the value (sources.api.parameters.api-version)',
    ]);
  });

  it('that look like secrets should not stand in mcp.yaml', async () => {
    const codes = async (value: string) =>
      (await readDocument(documentOf(), { parameters: { 'X-Api-Key': value } } as object)).findings
        .filter(({ code }) => /^MCP21[67]$/.test(code))
        .map(({ code, message }) => `${code} ${message}`);
    const said =
      'MCP217 the value of "X-Api-Key" stands in mcp.yaml, and its name looks like that of a secret';
    expect(await codes('abc')).toEqual([said]);
    expect(await codes('${KEY:-abc}')).toEqual([said]);
    expect(await codes('${KEY}')).toEqual([]);
    expect(await codes('${KEY:-}')).toEqual([]);
  });
});

describe('secrets that the model is asked for', () => {
  const asked = async (document: unknown) =>
    (await readDocument(document)).findings
      .filter(({ code }) => code === 'MCP216')
      .map(({ message, fix }) => `${message}; ${fix}`);

  it('are reported where half of the operations have them, with what to write', async () => {
    expect(await asked(documentOf())).toEqual([
      '2 of 3 operations ask for "X-Api-Key" as an argument: it looks like a secret, and is in no security scheme; to keep it from the model, write below sources.api in mcp.yaml: parameters: { X-Api-Key: "${API_KEY}" }',
    ]);
    const token = { ...key, name: 'token' };
    const parameters = [token, { ...key, name: 'X api key' }];
    const paths = { '/a': { get: { parameters, responses }, put: { parameters, responses } } };
    expect(
      (await asked(documentWith({}, { paths }))).map((text) => text.split('mcp.yaml: ')[1]),
    ).toEqual([
      'parameters: { token: "${API_TOKEN_PARAMETER}" }',
      'parameters: { "X api key": "${API_X_API_KEY}" }',
    ]);
    const { tools } = await readDocument(documentOf());
    expect(tools[0]?.inputSchema['properties']).toHaveProperty('X-Api-Key');
  });

  it('are not where a security scheme has them, or one operation only', async () => {
    const securitySchemes = { key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } };
    expect(await asked(documentOf({ components: { securitySchemes } }))).toEqual([]);
    expect(await asked(documentWith({ parameters: [key] }))).toEqual([]);
  });

  it.each<[string, boolean]>([
    ['X-Api-Key', true],
    ['apikey', true],
    ['api_token', true],
    ['accessToken', true],
    ['token', true],
    ['key', true],
    ['password', true],
    ['Ocp-Apim-Subscription-Key', true],
    ['page_token', false],
    ['nextToken', false],
    ['sort_key', false],
    ['tokens', false],
    ['token_type', false],
    ['app_id', false],
    ['api-version', false],
    ['', false],
  ])('%s looks like one: %s', (name, want) => {
    expect(isSecretName(name)).toBe(want);
  });
});
