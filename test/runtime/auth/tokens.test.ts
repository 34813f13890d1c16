import { createHmac } from 'node:crypto';
import { exportSPKI } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readAllowLists } from '../../../templates/src/runtime/serve/allow-lists.js';
import { bearerAuth } from '../../../templates/src/runtime/auth/bearer-auth.js';
import { createHttpApp } from '../../../templates/src/runtime/serve/http-app.js';
import { configureLog } from '../../../templates/src/runtime/log.js';
import { makeFactory, mcpRequest, TOOLS } from '../serve/support.js';
import { AUDIENCE, json, makeKey, startIssuer, token, type Key } from './support.js';

const METADATA = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';

let keys: Record<'RS256' | 'ES256' | 'EdDSA', Key>;
let stranger: Key;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let iss: string;
let logged = '';

beforeAll(async () => {
  keys = {
    RS256: await makeKey('RS256', 'r1'),
    ES256: await makeKey('ES256', 'e1'),
    EdDSA: await makeKey('EdDSA', 'd1'),
  };
  stranger = await makeKey('RS256', 'r1');
  issuer = await startIssuer(Object.values(keys));
  iss = issuer.issuer;
  configureLog({ LOG_LEVEL: 'debug' }, (line) => {
    logged += line;
  });
});

afterEach(() => {
  issuer.answerWith();
  issuer.publish(Object.values(keys));
});

afterAll(() => issuer.close());

type Env = Record<string, string>;

function makeApp(env: Env = {}, facts: Partial<Parameters<typeof bearerAuth>[0]> = {}) {
  const access = bearerAuth({
    issuer: { value: iss },
    audience: { value: AUDIENCE },
    ...facts,
  })({ env, title: 'Shop', tools: TOOLS });
  const allow = readAllowLists({}, '127.0.0.1');
  return createHttpApp({ factory: makeFactory(), allow, maxBodyBytes: 10_000, access });
}

function ask(authorization?: string, path = '/mcp'): Request {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
  return mcpRequest(body, { ...(authorization !== undefined && { authorization }) }, path);
}

const seen = async (response: Response) => ({
  status: response.status,
  challenge: response.headers.get('www-authenticate'),
});

describe('S5 tokens of the issuer for this server are accepted', () => {
  test.each(['RS256', 'ES256', 'EdDSA'] as const)('%s', async (alg) => {
    const response = await makeApp().fetch(ask(`Bearer ${await token(keys[alg], { iss })}`));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('get_pet');
  });

  test('where this audience is one of several, and the clock is a little behind', async () => {
    const audiences = await token(keys.ES256, { iss, aud: ['https://a.example', AUDIENCE] });
    const late = await token(keys.ES256, { iss, exp: -20 });
    const early = await token(keys.ES256, { iss, nbf: 20 });
    const app = makeApp();
    for (const one of [audiences, late, early]) {
      expect((await app.fetch(ask(`Bearer ${one}`))).status).toBe(200);
    }
    expect((await app.fetch(ask(`bearer ${audiences}`))).status).toBe(200);
  });
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The token with a text in place of its header and its signature made anew by `sign`. */
function forged(given: string, header: object, sign: (input: string) => string): string {
  const input = `${part(header)}.${given.split('.')[1]}`;
  return `${input}.${sign(input)}`;
}

const BAD: { what: string; make: () => Promise<string>; says: string }[] = [
  {
    what: 'algorithm none',
    make: async () => forged(await token(keys.RS256, { iss }), { alg: 'none' }, () => ''),
    says: 'the algorithm of the token is not accepted',
  },
  {
    what: 'algorithm none with a signature',
    make: async () => forged(await token(keys.RS256, { iss }), { alg: 'none' }, () => 'AAAA'),
    says: 'the algorithm of the token is not accepted',
  },
  {
    what: 'HS256 with the public key as secret',
    make: async () => {
      const secret = await exportSPKI(keys.RS256.publicKey);
      const header = { alg: 'HS256', kid: 'r1' };
      return forged(await token(keys.RS256, { iss }), header, (input) =>
        createHmac('sha256', secret).update(input).digest('base64url'),
      );
    },
    says: 'the algorithm of the token is not accepted',
  },
  {
    what: 'another key of the same name',
    make: () => token(stranger, { iss }),
    says: 'the signature does not fit',
  },
  {
    what: 'a key in its own header',
    make: async () => {
      const good = await token(stranger, { iss });
      const header = { alg: 'RS256', kid: 'x9', jwk: stranger.jwk, jku: `${iss}/keys` };
      return forged(good, header, () => good.split('.')[2] ?? '');
    },
    says: 'no key of the issuer fits the token',
  },
  {
    what: 'an unknown key',
    make: () => token({ ...keys.RS256, kid: 'r9' }, { iss }),
    says: 'no key of the issuer fits the token',
  },
  {
    what: 'a changed payload',
    make: async () => {
      const [head, , signature] = (await token(keys.ES256, { iss })).split('.');
      const claims = { iss, aud: AUDIENCE, sub: 'eve', exp: 4_000_000_000 };
      return `${head}.${part(claims)}.${signature}`;
    },
    says: 'the signature does not fit',
  },
  {
    what: 'another issuer',
    make: () => token(keys.RS256, { iss: 'https://evil.example' }),
    says: 'iss of the token is not accepted',
  },
  {
    what: 'an issuer with a slash more',
    make: () => token(keys.RS256, { iss: `${iss}/` }),
    says: 'iss of the token is not accepted',
  },
  {
    what: 'another audience',
    make: () => token(keys.RS256, { iss, aud: 'https://other.example/mcp' }),
    says: 'aud of the token is not accepted',
  },
  {
    what: 'no audience',
    make: () => token(keys.RS256, { iss, aud: undefined }),
    says: 'the token has no aud',
  },
  {
    what: 'an end in the past',
    make: () => token(keys.RS256, { iss, exp: -40 }),
    says: 'the token has expired',
  },
  {
    what: 'no end',
    make: () => token(keys.RS256, { iss, exp: null }),
    says: 'the token has no exp',
  },
  {
    what: 'a beginning in the future',
    make: () => token(keys.RS256, { iss, nbf: 60 }),
    says: 'nbf of the token is not accepted',
  },
  {
    what: 'a long token',
    make: () => token(keys.RS256, { iss, note: 'x'.repeat(9_000) }),
    says: 'the token is too long',
  },
  {
    what: 'no JWT',
    make: async () => 'c2VzYW1l',
    says: 'it is no token that can be read',
  },
];

describe('S5 every other token is refused, with what its bearer can do', () => {
  test.each(BAD)('$what', async ({ make, says }) => {
    const canary = await make();
    logged = '';
    const response = await makeApp().fetch(ask(`Bearer ${canary}`));
    const body = await response.text();
    expect(await seen(response)).toEqual({
      status: 401,
      challenge: `Bearer error="invalid_token", error_description="${says}", resource_metadata="${METADATA}"`,
    });
    expect(body).toBe(JSON.stringify({ error: 'invalid_token', error_description: says }));
    // S10: neither the log nor the answer holds it.
    expect(logged).toContain(says);
    for (const text of [logged, body]) expect(text).not.toContain(canary.slice(0, 40));
  });

  test('no token at all: no error, only where to get one', async () => {
    const app = makeApp({}, { scopes: ['shop'] });
    expect(await seen(await app.fetch(ask()))).toEqual({
      status: 401,
      challenge: `Bearer scope="shop", resource_metadata="${METADATA}"`,
    });
  });

  test.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'Bearer a, Bearer b', 'Bearer "a"'])(
    'Authorization: %s',
    async (given) => {
      expect(await seen(await makeApp().fetch(ask(given)))).toEqual({
        status: 401,
        challenge: `Bearer error="invalid_token", error_description="it is no bearer token", resource_metadata="${METADATA}"`,
      });
    },
  );

  test('a token in the query is no token', async () => {
    const good = await token(keys.RS256, { iss });
    const response = await makeApp().fetch(ask(undefined, `/mcp?access_token=${good}`));
    expect(await seen(response)).toEqual({
      status: 401,
      challenge: `Bearer resource_metadata="${METADATA}"`,
    });
  });

  test('an algorithm that mcp.yaml does not list', async () => {
    const app = makeApp({}, { algorithms: ['ES256'] });
    const [rsa, ec] = [await token(keys.RS256, { iss }), await token(keys.ES256, { iss })];
    expect((await app.fetch(ask(`Bearer ${rsa}`))).status).toBe(401);
    expect((await app.fetch(ask(`Bearer ${ec}`))).status).toBe(200);
  });
});

describe('keys of the issuer', () => {
  test('are fetched once, and again when one is missing, but not for each call', async () => {
    const app = makeApp({ AUTH_KEYS_COOLDOWN_MS: '100' });
    const next = await makeKey('ES256', 'e2');
    const status = async (bearer: string) => (await app.fetch(ask(`Bearer ${bearer}`))).status;
    const old = await token(keys.RS256, { iss });
    issuer.asked.length = 0;
    expect(await Promise.all([status(old), status(old), status(old)])).toEqual([200, 200, 200]);
    expect(issuer.asked).toEqual(['/.well-known/oauth-authorization-server', '/keys']);

    issuer.publish([next]);
    const rotated = await token(next, { iss });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await status(rotated)).toBe(200);
    expect(await status(old)).toBe(401);
    const unknown = await token({ ...next, kid: 'e9' }, { iss });
    issuer.asked.length = 0;
    const many = await Promise.all(Array.from({ length: 20 }, () => status(unknown)));
    expect(new Set(many)).toEqual(new Set([401]));
    expect(issuer.asked.length).toBeLessThanOrEqual(1);
  });

  const DOWN: { what: string; env?: Env; answer: Parameters<typeof issuer.answerWith>[0] }[] = [
    { what: 'an error', answer: (_, response) => void response.writeHead(500).end() },
    {
      what: 'a redirect to good ones',
      answer: (_, response) => void response.writeHead(302, { location: `${iss}/moved` }).end(),
    },
    { what: 'nothing', env: { AUTH_KEYS_TIMEOUT_MS: '200' }, answer: () => {} },
    {
      what: 'a body without an end',
      env: { AUTH_KEYS_TIMEOUT_MS: '200' },
      answer: (_, response) => void response.writeHead(200).write('{"keys":['),
    },
    { what: 'no JSON', answer: (_, response) => void response.end('<html>') },
    { what: 'no keys', answer: (_, response) => json(response, { keys: 'none' }) },
    { what: 'too much', answer: (_, response) => json(response, { keys: [], x: 'y'.repeat(3e5) }) },
    { what: 'a closed connection', answer: (request) => void request.socket.destroy() },
  ];
  test.each(DOWN)('$what in their place: 503 without a challenge', async ({ env, answer }) => {
    const app = makeApp(env);
    const bearer = `Bearer ${await token(keys.RS256, { iss })}`;
    issuer.answerWith(answer);
    issuer.asked.length = 0;
    const first = await app.fetch(ask(bearer));
    expect(await seen(first)).toEqual({ status: 503, challenge: null });
    expect(first.headers.get('retry-after')).toBe('5');
    // The issuer is left alone for a while.
    const again = await Promise.all(Array.from({ length: 10 }, () => app.fetch(ask(bearer))));
    expect(again.map(({ status }) => status)).toEqual(Array(10).fill(503));
    expect(issuer.asked.filter((path) => path === '/keys')).toHaveLength(1);
  });

  test('that are known go on serving while the issuer is away, whoever brings another one', async () => {
    const app = makeApp({ AUTH_KEYS_COOLDOWN_MS: '100' });
    const status = async (bearer: string) => (await app.fetch(ask(`Bearer ${bearer}`))).status;
    const good = await token(keys.RS256, { iss });
    expect(await status(good)).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 150));
    issuer.answerWith((_, response) => void response.writeHead(500).end());
    issuer.asked.length = 0;
    const strange = await token({ ...keys.ES256, kid: 'e9' }, { iss });
    expect(await status(strange)).toBe(503);
    expect([await status(good), await status(strange), await status(good)]).toEqual([
      ...[200, 503, 200],
    ]);
    expect(issuer.asked).toEqual(['/keys']);
  });

  test('one that is damaged is the matter of those alone whose token names it', async () => {
    const damaged = { ...keys.ES256, kid: 'x', jwk: { ...keys.ES256.jwk, kid: 'x', x: 'AAAA' } };
    issuer.publish([keys.RS256, damaged]);
    const app = makeApp();
    const status = async (bearer: string) => (await app.fetch(ask(`Bearer ${bearer}`))).status;
    expect(await status(await token(damaged, { iss }))).toBe(503);
    expect(await status(await token(keys.RS256, { iss }))).toBe(200);
  });

  test('at a given address need no metadata; metadata of another issuer is not believed', async () => {
    const bearer = `Bearer ${await token(keys.RS256, { iss })}`;
    const direct = makeApp({}, { jwksUri: { value: `${iss}/keys` } });
    issuer.asked.length = 0;
    expect((await direct.fetch(ask(bearer))).status).toBe(200);
    expect(issuer.asked).toEqual(['/keys']);

    const other = iss.replace('127.0.0.1', 'localhost');
    const app = makeApp({}, { issuer: { value: other } });
    const theirs = await token(keys.RS256, { iss: other });
    expect((await app.fetch(ask(`Bearer ${theirs}`))).status).toBe(503);
  });
});

describe('settings', () => {
  const facts = { issuer: { env: 'ISSUER' }, audience: { env: 'AUDIENCE', value: AUDIENCE } };
  const read = (env: Env) => () =>
    bearerAuth(facts)({ env: { ISSUER: 'https://id.example.com', ...env }, title: '', tools: [] });

  test.each([
    [
      { ISSUER: '' },
      'ISSUER must be set: over HTTP this server answers only those who have a token',
    ],
    [{ ISSUER: 'http://id.example.com' }, /^ISSUER must be an https address/],
    [{ ISSUER: 'https://u:p@id.example.com' }, /^ISSUER must be an https address/],
    [{ ISSUER: 'https://id.example.com/?x=1' }, /^ISSUER must be an https address/],
    [{ AUDIENCE: 'api://shop' }, /^AUDIENCE must be the public address of this server/],
    [
      { AUTH_CLOCK_TOLERANCE_SECONDS: '3600' },
      /^AUTH_CLOCK_TOLERANCE_SECONDS must be a whole number from 0 to 300/,
    ],
  ])('%j is refused at start', (env, message) => {
    expect(read(env as Env)).toThrow(message);
  });

  test('http is enough on this machine', () => {
    expect(read({ ISSUER: 'http://localhost:8080/realms/a' })).not.toThrow();
  });
});
