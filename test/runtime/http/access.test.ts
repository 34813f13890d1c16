import { beforeEach, describe, expect, test } from 'vitest';
import type { HttpSource } from '../../../templates/src/runtime/http/operation.js';
import { readServerUrl } from '../../../templates/src/runtime/http/server-url.js';
import { caller, quietLog, send, sendJson, startUpstream, textOf } from './support.js';

beforeEach(() => {
  quietLog();
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

describe('S2 base URLs (OpenAPI 3.1 §4.8.5)', () => {
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
