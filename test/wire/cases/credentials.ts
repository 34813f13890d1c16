import type { WireCase } from '../wire-case.js';

/** What the server under test is given; see `securitySchemes` of fixtures/wire/openapi.yaml. */
export const SECRETS = {
  WIRE_HEADER_KEY: 'header-secret',
  WIRE_QUERY_KEY: 'query secret&1',
  WIRE_COOKIE_KEY: 'cookie-secret',
  WIRE_BASIC_USERNAME: 'ada',
  WIRE_BASIC_PASSWORD: 'p:ss wörd',
  WIRE_BEARER_TOKEN: 'bearer-secret',
  WIRE_HOBA_CREDENTIALS: 'result="a.b.c.d"',
  WIRE_OPEN_ID_TOKEN: 'open-id-secret',
  WIRE_MACHINE_CLIENT_ID: 'machine one',
  WIRE_MACHINE_CLIENT_SECRET: 's3cret/+',
};

const NO_KEY = { authorization: undefined, 'x-api-key': undefined, cookie: undefined };

const get = (target: string, headers: Record<string, string | undefined>) => ({
  method: 'GET',
  target: `/v2${target}`,
  headers: { ...NO_KEY, ...headers },
});

/** `machine+one:s3cret%2F%2B`: form-encoded first (RFC 6749 §2.3.1). */
const CLIENT = `Basic ${Buffer.from('machine+one:s3cret%2F%2B').toString('base64')}`;

export const tokenRequest = (scope: string) => ({
  method: 'POST',
  target: '/token',
  headers: { authorization: CLIENT, 'content-type': 'application/x-www-form-urlencoded' },
  body: `grant_type=client_credentials&scope=${scope}`,
});

export const credentialCases: WireCase[] = [
  {
    title: 'no credential where the document wants none',
    tool: 'pathPlain',
    args: { id: '1' },
    want: get('/path/plain/1', {}),
  },
  {
    title: 'API key in a header',
    tool: 'authKeyHeader',
    want: get('/auth/key-header', { 'x-api-key': 'header-secret' }),
  },
  {
    title: 'API key in the query, beside a parameter',
    tool: 'authKeyQuery',
    args: { page: 2 },
    want: get('/auth/key-query?page=2&api_key=query%20secret%261', {}),
  },
  {
    title: 'API key in a cookie, beside a parameter',
    tool: 'authKeyCookie',
    args: { theme: 'dark' },
    want: get('/auth/key-cookie', { cookie: 'theme=dark; sid=cookie-secret' }),
  },
  {
    title: 'basic, in UTF-8',
    tool: 'authBasic',
    want: get('/auth/basic', { authorization: 'Basic YWRhOnA6c3Mgd8O2cmQ=' }),
  },
  {
    title: 'bearer',
    tool: 'authBearer',
    want: get('/auth/bearer', { authorization: 'Bearer bearer-secret' }),
  },
  {
    title: 'another HTTP scheme',
    tool: 'authOther',
    want: get('/auth/digest', { authorization: 'hoba result="a.b.c.d"' }),
  },
  {
    title: 'OpenID Connect: a token from the environment',
    tool: 'authOpenId',
    want: get('/auth/open-id', { authorization: 'Bearer open-id-secret' }),
  },
  {
    title: 'OAuth2 client credentials: a refused token is replaced once, and the write sent again',
    tool: 'authClientWrite',
    answers: [{ status: 401 }],
    want: [
      tokenRequest('write%3Aall'),
      {
        method: 'POST',
        target: '/v2/auth/client',
        headers: { ...NO_KEY, authorization: 'Bearer token-1' },
      },
      tokenRequest('write%3Aall'),
      {
        method: 'POST',
        target: '/v2/auth/client',
        headers: { ...NO_KEY, authorization: 'Bearer token-2' },
      },
    ],
  },
  {
    title: 'two schemes at once',
    tool: 'authBoth',
    want: get('/auth/both', {
      'x-api-key': 'header-secret',
      authorization: 'Bearer bearer-secret',
    }),
  },
  {
    title: 'the alternative whose secret is there',
    tool: 'authEither',
    want: get('/auth/either?api_key=query%20secret%261', { 'x-unset': undefined }),
  },
  {
    title: 'optional: without, when the secret is not there',
    tool: 'authOptional',
    want: get('/auth/optional', { 'x-unset': undefined }),
  },
  {
    title: 'missing: nothing leaves, and the variable is named',
    tool: 'authMissing',
    want: [],
    result: {
      isError: true,
      content: [
        {
          type: 'text',
          text: 'authMissing is not configured on this server:\n- Set WIRE_UNSET_KEY.',
        },
      ],
    },
  },
];
