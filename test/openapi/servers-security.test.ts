import { describe, expect, it } from 'vitest';
import { documentWith, readDocument } from '../support/read-document.js';

async function serversOf(servers: unknown, source: object = {}, operation: object = {}) {
  const { sources, findings, tools } = await readDocument(
    documentWith({ ...operation }, { servers }),
    source,
  );
  return { servers: sources[0]?.servers, codes: findings.map(({ code }) => code), tool: tools[0] };
}

describe('servers', () => {
  it.each<[string, unknown, object, unknown]>([
    [
      'the first one',
      [{ url: 'https://a.example.com/v1/' }, { url: 'https://b.example.com' }],
      {},
      { env: 'API_BASE_URL', url: 'https://a.example.com/v1' },
    ],
    ['a relative one of a file', [{ url: '/v1' }], {}, { env: 'API_BASE_URL' }],
    [
      'a relative one of an address',
      [{ url: '/v1' }],
      { documentUrl: 'https://docs.example.com/api/openapi.json' },
      { env: 'API_BASE_URL', url: 'https://docs.example.com/v1' },
    ],
    [
      'G13: one with credentials',
      [{ url: 'https://u:SECRET@a.example.com' }],
      {},
      { env: 'API_BASE_URL' },
    ],
    ['none', [], {}, { env: 'API_BASE_URL' }],
    [
      'one that no request can go to',
      [{ url: 'wss://a.example.com' }],
      {},
      { env: 'API_BASE_URL' },
    ],
    [
      'one from the manifest',
      [{ url: 'https://a.example.com' }],
      { baseUrl: 'https://c.example.com/' },
      { env: 'API_BASE_URL', url: 'https://c.example.com' },
    ],
    [
      'one from the environment',
      [{ url: 'https://a.example.com' }],
      { baseUrl: '${SHOP_URL:-https://d.example.com}' },
      { env: 'SHOP_URL', url: 'https://d.example.com' },
    ],
    [
      'one with variables',
      [
        {
          url: 'https://{region}.example.com/{base}',
          variables: { region: { default: 'eu', enum: ['eu', 'us'] }, base: { default: 'v2' } },
        },
      ],
      {},
      {
        env: 'API_BASE_URL',
        url: 'https://{region}.example.com/{base}',
        variables: {
          region: { env: 'API_SERVER_REGION', default: 'eu', enum: ['eu', 'us'] },
          base: { env: 'API_SERVER_BASE', default: 'v2' },
        },
      },
    ],
  ])('%s', async (_, servers, source, want) => {
    expect((await serversOf(servers, source)).servers?.['default']).toEqual(want);
  });

  it('says that an address is missing', async () => {
    expect((await serversOf([])).codes).toContain('MCP207');
    expect((await serversOf([{ url: 'https://a.example.com' }])).codes).not.toContain('MCP207');
  });

  it('gives an operation with a server of its own a key and a variable', async () => {
    const { servers, tool } = await serversOf(
      [{ url: 'https://a.example.com' }],
      {},
      { servers: [{ url: 'https://uploads.example.com/v1' }] },
    );
    expect(servers?.['uploads-example-com-v1']).toEqual({
      env: 'API_UPLOADS_EXAMPLE_COM_V1_BASE_URL',
      url: 'https://uploads.example.com/v1',
    });
    expect(tool?.binding.server).toBe('uploads-example-com-v1');
  });
});

async function securityOf(securitySchemes: unknown, security?: unknown, own?: unknown) {
  const document = documentWith(own === undefined ? {} : { security: own }, {
    components: { securitySchemes },
    ...(security === undefined ? {} : { security }),
  });
  const { sources, tools, findings } = await readDocument(document);
  return {
    schemes: sources[0]?.securitySchemes,
    settings: sources[0]?.settings,
    needs: tools[0]?.binding.security,
    codes: findings.map(({ code }) => code),
  };
}

const key = { type: 'apiKey', in: 'header', name: 'X-Key' };
const bearer = { type: 'http', scheme: 'bearer' };

describe('security', () => {
  it.each<[string, unknown, unknown]>([
    [
      'apiKey',
      { my_key: key },
      { my_key: { type: 'apiKey', in: 'header', name: 'X-Key', env: 'API_MY_KEY' } },
    ],
    [
      'apiKey by another name',
      { auth: key },
      { auth: { type: 'apiKey', in: 'header', name: 'X-Key', env: 'API_AUTH_KEY' } },
    ],
    [
      'basic',
      { login: { type: 'http', scheme: 'Basic' } },
      {
        login: {
          type: 'basic',
          usernameEnv: 'API_LOGIN_USERNAME',
          passwordEnv: 'API_LOGIN_PASSWORD',
        },
      },
    ],
    [
      'bearer',
      { bearerAuth: bearer },
      { bearerAuth: { type: 'bearer', env: 'API_BEARER_AUTH_TOKEN' } },
    ],
    [
      'openIdConnect',
      { sso: { type: 'openIdConnect' } },
      { sso: { type: 'bearer', env: 'API_SSO_TOKEN' } },
    ],
    [
      'a flow that needs a person',
      { o: { type: 'oauth2', flows: { implicit: {} } } },
      { o: { type: 'bearer', env: 'API_O_TOKEN' } },
    ],
    [
      'another scheme',
      { h: { type: 'http', scheme: 'HOBA' } },
      { h: { type: 'http', scheme: 'hoba', env: 'API_H_CREDENTIALS' } },
    ],
    [
      'mutual TLS',
      { tls: { type: 'mutualTLS' } },
      { tls: { type: 'mutualTLS', certEnv: 'API_TLS_CERT_FILE', keyEnv: 'API_TLS_KEY_FILE' } },
    ],
  ])('%s', async (_, schemes, want) => {
    expect((await securityOf(schemes)).schemes).toEqual(want);
  });

  it.each<[string, unknown, unknown, unknown]>([
    ['the document', [{ k: [] }], undefined, [{ k: [] }]],
    ['both at once', [{ k: [], b: [] }], undefined, [{ k: [], b: [] }]],
    ['either', [{ k: [] }, { b: ['read'] }], undefined, [{ k: [] }, { b: ['read'] }]],
    ['nothing as well', [{ k: [] }, {}], undefined, [{ k: [] }, {}]],
    ['the operation', [{ k: [] }], [{ b: [] }], [{ b: [] }]],
    ['an operation that is open', [{ k: [] }], [], undefined],
    ['nothing asked for', undefined, undefined, [{ k: [] }, { b: [] }, {}]],
    ['one that is not declared', [{ other: [] }], undefined, [{ other: [] }]],
  ])('%s', async (_, security, own, want) => {
    expect((await securityOf({ k: key, b: bearer }, security, own)).needs).toEqual(want);
  });

  it('offers an optional token where the document says nothing', async () => {
    const { needs, settings } = await securityOf(undefined);
    expect(needs).toEqual([{ token: [] }, {}]);
    expect(settings?.find(({ env }) => env === 'API_TOKEN')).toMatchObject({
      secret: true,
      required: false,
    });
  });

  it('reports a scheme that it cannot meet', async () => {
    expect((await securityOf({ x: { type: 'magic' } })).codes).toContain('MCP208');
  });

  it('reads a scheme that is not declared as a token, and says so', async () => {
    const { codes, schemes, settings } = await securityOf({ key }, [{ kye: [] }]);
    expect(codes).toContain('MCP208');
    expect(schemes?.['kye']).toEqual({ type: 'bearer', env: 'API_KYE_TOKEN' });
    expect(settings?.find(({ env }) => env === 'API_KYE_TOKEN')?.required).toBe(true);
  });

  it('says that most operations opt out of the credentials, and sends them when told to', async () => {
    const document = documentWith(
      { security: [] },
      { components: { securitySchemes: { b: bearer } }, security: [{ b: [] }] },
    );
    const asWritten = await readDocument(document);
    expect(asWritten.findings.map(({ code }) => code)).toContain('MCP211');
    expect(asWritten.tools[0]?.binding.security).toBeUndefined();
    const always = await readDocument(document, { credentials: 'always' });
    expect(always.tools[0]?.binding.security).toEqual([{ b: [] }, {}]);
    expect(always.findings.map(({ code }) => code)).not.toContain('MCP211');
  });

  it('describes each variable in a sentence of its own', async () => {
    const described = { ...bearer, description: 'of a member of staff' };
    const { settings } = await securityOf({ key, staff: described }, [{ key: [] }]);
    expect(settings?.map(({ description }) => description)).toEqual([
      'Base URL of the API',
      'API key, sent as header X-Key for the security scheme key',
      'Bearer token: of a member of staff',
    ]);
    const silent = await securityOf({ staff: { ...bearer, description: ' ' } }, [{ staff: [] }]);
    expect(silent.settings?.at(-1)?.description).toBe('Bearer token for the security scheme staff');
  });
});
