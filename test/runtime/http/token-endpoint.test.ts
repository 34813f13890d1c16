import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
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

  test('a token is given up half a minute before its end, a short one in the middle of its life', async () => {
    const at = vi.spyOn(Date, 'now').mockReturnValue(1_000_000);
    onTestFinished(() => at.mockRestore());
    for (const [life, use] of [
      [3_600, 3_570],
      [60, 30],
      [30, 15],
      [0, 5],
      [-1, 5],
    ] as const) {
      at.mockReturnValue(1_000_000);
      const { auth, call } = await start((count) => token(`tok-${count}`, { expires_in: life }));
      await call();
      at.mockReturnValue(1_000_000 + use * 1000 - 1);
      await call();
      expect(auth.requests).toHaveLength(1);
      at.mockReturnValue(1_000_000 + use * 1000);
      await call();
      expect(auth.requests).toHaveLength(2);
    }
  });

  test.each<[string, string]>([
    ['tok\r\nx-evil: 1', 'holds characters that cannot be sent in a header'],
    ['tok\u2028en', 'holds characters that cannot be sent in a header'],
    ['t\u00f6ken', 'holds characters that cannot be sent in a header'],
    [' token', 'holds characters that cannot be sent in a header'],
    ['t'.repeat(16_001), 'is longer than 16000 characters'],
  ])('S7 the token %j is refused, and where it came from is said', async (value, why) => {
    const { auth, api, call } = await start(() => token(value));
    expect(await call()).toContain(
      `no access token from ${auth.url}: its access_token ${why}; check that TOKEN_URL is a token endpoint.\nThe request was not sent: nothing was changed.`,
    );
    expect(api.requests).toEqual([]);
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

  /** What the model reads, call by call, when the API answers with `text`, in which TOKEN is what it was sent. */
  async function told(tokens: string[], text: string): Promise<string[]> {
    const { call, api } = await start((count) => token(tokens[count - 1] ?? ''));
    api.server.removeAllListeners('request');
    // Each token is good for one call.
    const used = new Set<string | undefined>();
    api.server.on('request', (request, response) => {
      const given = request.headers.authorization;
      if (used.has(given)) return send(response, '', undefined, 401);
      used.add(given);
      send(response, text.replace('TOKEN', String(given)), 'text/plain');
    });
    const texts: string[] = [];
    for (const _ of tokens) texts.push(await call());
    return texts;
  }

  test('S10 fetched tokens are secrets too', async () => {
    expect(await told(['tok-fetched-1234567'], 'got TOKEN')).toEqual(['got Bearer ***']);
  });

  test('S10 a token that is an ordinary word blanks nothing but itself', async () => {
    expect(await told(['description'], 'A description, got TOKEN')).toEqual([
      'A description, got ***',
    ]);
  });

  test('S10 of many tokens, only the last two are remembered', async () => {
    const tokens = [1, 2, 3].map((number) => `long-enough-token-${number}`);
    expect(await told(tokens, tokens.join(' '))).toEqual([
      '*** long-enough-token-2 long-enough-token-3',
      '*** *** long-enough-token-3',
      'long-enough-token-1 *** ***',
    ]);
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
