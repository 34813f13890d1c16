import { beforeEach, describe, expect, test } from 'vitest';
import type { HttpSource } from '../../../templates/src/runtime/http/operation.js';
import { readServerUrl } from '../../../templates/src/runtime/http/server-url.js';
import { readTokenUrl } from '../../../templates/src/runtime/http/token-url.js';
import {
  caller,
  quietLog,
  send,
  sendJson,
  startUpstream,
  textOf,
  type Upstream,
} from './support.js';

let logged: string[] = [];
beforeEach(() => {
  logged = quietLog();
});

const schemes: HttpSource['securitySchemes'] = {
  header: { type: 'apiKey', in: 'header', name: 'X-Key', env: 'HEADER_KEY' },
  query: { type: 'apiKey', in: 'query', name: 'key', env: 'QUERY_KEY' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'sid', env: 'COOKIE_KEY' },
  basic: { type: 'basic', usernameEnv: 'API_USER', passwordEnv: 'API_PASS' },
  bearer: { type: 'bearer', env: 'TOKEN' },
  digest: { type: 'http', scheme: 'Hawk', env: 'HAWK' },
  mtls: { type: 'mutualTLS', certEnv: 'CERT', keyEnv: 'CERT_KEY' },
};

describe('credentials', () => {
  const echo = () => startUpstream((_, response) => sendJson(response, {}));
  test.each<[string, Record<string, string[]>[], Record<string, string>, object]>([
    ['apiKey in header', [{ header: [] }], { HEADER_KEY: ' k1\n' }, { headers: { 'x-key': 'k1' } }],
    ['apiKey in query', [{ query: [] }], { QUERY_KEY: 'k&2' }, { url: '/x?key=k%262' }],
    [
      'apiKey in cookie',
      [{ cookie: [] }],
      { COOKIE_KEY: 'k;3' },
      { headers: { cookie: 'sid=k%3B3' } },
    ],
    [
      'basic',
      [{ basic: [] }],
      { API_USER: 'u', API_PASS: 'p:ä' },
      { headers: { authorization: `Basic ${Buffer.from('u:p:ä').toString('base64')}` } },
    ],
    [
      'basic without password',
      [{ basic: [] }],
      { API_USER: 'sk_1', API_PASS: '' },
      { headers: { authorization: `Basic ${Buffer.from('sk_1:').toString('base64')}` } },
    ],
    ['bearer', [{ bearer: [] }], { TOKEN: 't1' }, { headers: { authorization: 'Bearer t1' } }],
    [
      'another scheme',
      [{ digest: [] }],
      { HAWK: 'id="1"' },
      { headers: { authorization: 'Hawk id="1"' } },
    ],
    [
      'AND',
      [{ header: [], query: [] }],
      { HEADER_KEY: 'h', QUERY_KEY: 'q' },
      { url: '/x?key=q', headers: { 'x-key': 'h' } },
    ],
    [
      'OR takes the first that is complete',
      [{ bearer: [], header: [] }, { query: [] }],
      { HEADER_KEY: 'h', QUERY_KEY: 'q' },
      { url: '/x?key=q' },
    ],
    [
      'anonymous comes last',
      [{}, { header: [] }],
      { HEADER_KEY: 'h' },
      { headers: { 'x-key': 'h' } },
    ],
    ['anonymous', [{ header: [] }, {}], {}, { url: '/x' }],
    ['none needed', [], { HEADER_KEY: 'h' }, { url: '/x' }],
  ])('%s', async (_, security, env, want) => {
    const upstream = await echo();
    const result = await caller(upstream.url, { operation: { security }, schemes, env }).call();
    expect(result.isError).toBeUndefined();
    expect(upstream.requests[0]).toMatchObject(want);
    if (security.length === 0) expect(upstream.requests[0]?.headers).not.toHaveProperty('x-key');
  });

  test.each<[Record<string, string[]>[], Record<string, string>, string[]]>([
    [[{ bearer: [] }], {}, ['Set TOKEN.']],
    [[{ bearer: [] }], { TOKEN: ' ' }, ['Set TOKEN.']],
    [
      [{ header: [], basic: [] }, { query: [] }],
      { HEADER_KEY: 'h' },
      ['Set API_USER and API_PASS, or QUERY_KEY.'],
    ],
    [
      [{ bearer: [] }],
      { TOKEN: 'a\r\nX: b' },
      ['TOKEN holds characters that cannot be sent in a header.'],
    ],
    [[{ nowhere: [] }], {}, ['Its security scheme is not supported.']],
    [
      [{ mtls: [] }],
      { CERT: '/nonexistent.pem', CERT_KEY: '/nonexistent.key' },
      ['CERT must name a readable PEM file.', 'CERT_KEY must name a readable PEM file.'],
    ],
  ])('%j with %j cannot work', async (security, env, problems) => {
    const upstream = await echo();
    const { call, tool, upstreams } = caller(upstream.url, {
      operation: { security },
      schemes,
      env,
    });
    expect(upstreams.problems(tool)).toEqual(problems);
    const result = await call();
    expect(result.isError).toBe(true);
    expect(textOf(result)).toBe(
      [
        'probe is not configured on this server:',
        ...problems.map((problem) => `- ${problem}`),
      ].join('\n'),
    );
    expect(upstream.requests).toEqual([]);
  });

  test('a missing base URL names its variable', () => {
    const { tool, upstreams } = caller('');
    expect(upstreams.problems(tool)).toEqual(['Set API_URL to the base URL of the API.']);
  });

  test.each([
    [401, 'The credentials of this server were refused: TOKEN must be corrected by a person.'],
    [403, 'The credentials in TOKEN may not do this.'],
  ])('%i names the variable', async (status, hint) => {
    const upstream = await startUpstream((_, response) => send(response, '', undefined, status));
    const result = await caller(upstream.url, {
      operation: { security: [{ bearer: [] }] },
      schemes,
      env: { TOKEN: 't1234' },
    }).call();
    expect(textOf(result)).toContain(hint);
  });
});

describe('base URLs (OpenAPI 3.1 §4.8.5)', () => {
  const region = { env: 'REGION', default: 'eu', enum: ['eu', 'us'] };
  const free = { env: 'STAGE', default: 'v1' };
  test.each([
    [{ url: 'https://h/v1/' }, {}, { url: 'https://h/v1' }],
    [{ url: 'https://h' }, {}, { url: 'https://h' }],
    [
      { url: 'https://h/v1' },
      { URL: 'http://10.0.0.1:8080/x/' },
      { url: 'http://10.0.0.1:8080/x' },
    ],
    [{ url: 'https://h/v1?api=2#f' }, {}, { url: 'https://h/v1?api=2' }],
    [
      { url: 'https://{r}.h/{s}', variables: { r: region, s: free } },
      {},
      { url: 'https://eu.h/v1' },
    ],
    [{ url: 'https://{r}.h', variables: { r: region } }, { REGION: 'us' }, { url: 'https://us.h' }],
    [
      { url: 'https://{r}.h', variables: { r: region } },
      { REGION: 'evil.example/' },
      { problem: 'REGION must be one of eu, us.' },
    ],
    [
      { url: 'https://h/{s}', variables: { s: free } },
      { STAGE: '../x' },
      { problem: 'STAGE may hold letters, digits and . _ ~ - / only.' },
    ],
    [
      { url: 'https://{s}.h', variables: { s: free } },
      { STAGE: 'a@evil' },
      { problem: 'STAGE may hold letters, digits and . _ ~ - / only.' },
    ],
    [{ url: '/v1' }, {}, { problem: 'Set URL to the absolute base URL of the API.' }],
    [{}, {}, { problem: 'Set URL to the base URL of the API.' }],
  ])('%j with %j', (server, env, want) => {
    expect(readServerUrl({ env: 'URL', ...server }, env)).toEqual(want);
  });
});

describe('OAuth2 client credentials', () => {
  type Tokens = { auth: Upstream; api: Upstream; call: () => Promise<string> };
  async function start(
    answer: (count: number) => [status: number, body: unknown],
    apiAnswers: (count: number) => number = () => 200,
    env: Record<string, string> = {},
    scopes: string[] = ['read', 'write:all'],
  ): Promise<Tokens> {
    const auth = await startUpstream((_, response, count) => {
      const [status, body] = answer(count);
      sendJson(response, body, status);
    });
    const api = await startUpstream((_, response, count) =>
      sendJson(response, {}, apiAnswers(count)),
    );
    const probe = caller(api.url, {
      operation: { method: 'POST', security: [{ oauth: scopes }] },
      schemes: {
        oauth: {
          type: 'clientCredentials',
          env: 'FIXED_TOKEN',
          clientIdEnv: 'CLIENT_ID',
          clientSecretEnv: 'CLIENT_SECRET',
          tokenUrl: `${auth.url}/token`,
          tokenUrlEnv: 'TOKEN_URL',
        },
      },
      env: { CLIENT_ID: 'my id', CLIENT_SECRET: 's3cr3t:+', ...env },
    });
    return { auth, api, call: async () => textOf(await probe.call()) };
  }
  const token = (value: string, rest: object = {}): [number, unknown] => [
    200,
    { access_token: value, token_type: 'bearer', ...rest },
  ];

  test('asks once for many calls, with a Basic header and a form', async () => {
    const { auth, api, call } = await start(() => token('tok-1', { expires_in: 3600 }));
    expect(await Promise.all([call(), call(), call()])).toEqual(['{}', '{}', '{}']);
    await call();
    expect(auth.requests).toHaveLength(1);
    expect(auth.requests[0]).toMatchObject({
      method: 'POST',
      url: '/token',
      headers: {
        authorization: `Basic ${Buffer.from('my+id:s3cr3t%3A%2B').toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    expect(auth.requests[0]?.body.toString()).toBe(
      'grant_type=client_credentials&scope=read+write%3Aall',
    );
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(
      Array(4).fill('Bearer tok-1'),
    );
  });

  test('without scopes there is no scope', async () => {
    const { auth, call } = await start(() => token('tok-1'), undefined, {}, []);
    await call();
    expect(auth.requests[0]?.body.toString()).toBe('grant_type=client_credentials');
  });

  test('a token that ends within half a minute is not kept', async () => {
    const { auth, call } = await start((count) => token(`tok-${count}`, { expires_in: 30 }));
    await call();
    await call();
    expect(auth.requests).toHaveLength(2);
  });

  test('a refused token is replaced once', async () => {
    const { auth, api, call } = await start(
      (count) => token(`tok-${count}`),
      (count) => (count === 1 ? 401 : 200),
    );
    expect(await call()).toBe('{}');
    expect(auth.requests).toHaveLength(2);
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer tok-1',
      'Bearer tok-2',
    ]);
  });

  test('a token that stays refused is an error after the second time', async () => {
    const { auth, api, call } = await start(
      (count) => token(`tok-${count}`),
      () => 401,
    );
    expect(await call()).toContain('CLIENT_ID, CLIENT_SECRET must be corrected');
    expect([auth.requests.length, api.requests.length]).toEqual([2, 2]);
  });

  test('a fixed token is used as it is', async () => {
    const { auth, api, call } = await start(
      () => token('no'),
      () => 401,
      { FIXED_TOKEN: 'fixed', CLIENT_SECRET: '' },
    );
    await call();
    expect(auth.requests).toEqual([]);
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer fixed']);
  });

  test.each<[number, unknown, string]>([
    [
      401,
      { error: 'invalid_client', error_description: 's3cr3t:+ is wrong' },
      'HTTP 401 (invalid_client)',
    ],
    [200, { token: 'x' }, 'HTTP 200'],
    [500, 'boom s3cr3t:+', 'HTTP 500'],
  ])('a token endpoint that answers %i %j', async (status, body, why) => {
    const { auth, api, call } = await start(() => [status, body]);
    const text = await call();
    expect(text).toContain(
      `POST /x failed: no access token from ${auth.url}: ${why}.\nThe request was not sent: nothing was changed.`,
    );
    expect(text + logged.join('')).not.toMatch(/s3cr3t/);
    expect(api.requests).toEqual([]);
  });

  test('fetched tokens are secrets too', async () => {
    const { call, api } = await start(
      () => token('tok-fetched'),
      () => 200,
    );
    api.server.removeAllListeners('request');
    api.server.on('request', (request, response) => {
      send(response, `got ${request.headers.authorization}`, 'text/plain', 400);
    });
    expect(await call()).toContain('got Bearer ***');
  });

  test.each([
    ['https://auth.example/token', undefined],
    ['http://127.0.0.1:1/token', undefined],
    ['http://[::1]:1/token', undefined],
    ['http://localhost/token', undefined],
    ['http://auth.example/token', 'Set TOKEN_URL to the https URL of the token endpoint.'],
    ['http://127.0.0.1.evil.example/', 'Set TOKEN_URL to the https URL of the token endpoint.'],
    ['https://u:p@auth.example/token', 'Set TOKEN_URL to the https URL of the token endpoint.'],
    ['/token', 'Set TOKEN_URL to the https URL of the token endpoint.'],
  ])('S2 %s', (tokenUrl, problem) => {
    const scheme = {
      type: 'clientCredentials',
      env: 'T',
      clientIdEnv: 'I',
      clientSecretEnv: 'S',
      tokenUrl,
      tokenUrlEnv: 'TOKEN_URL',
    } as const;
    const read = readTokenUrl(scheme, {});
    expect('problem' in read ? read.problem : undefined).toBe(problem);
  });
});
