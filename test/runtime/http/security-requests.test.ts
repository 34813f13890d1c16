import { beforeEach, describe, expect, test } from 'vitest';
import {
  build,
  caller,
  quietLog,
  send,
  sendJson,
  startUpstream,
  textOf,
  urlOf,
} from './support.js';

const NUL = '\u0000';
beforeEach(() => {
  quietLog();
});

describe('S1 path traversal', () => {
  test.each([
    '',
    '.',
    '..',
    '%2e',
    '%2e%2e',
    '%2E.',
    '..%2f',
    '%252e%252e',
    '%25252e%25252e',
    '../admin',
    'a/../b',
    'a\\..\\b',
    '..\\',
    '..;',
    '..;x=1',
    'a%2f..%2fb',
    'a%5c..',
    '\ud800',
    'a\udc00b',
    // A URL parser drops these, a C program stops at a NUL, Windows drops blanks at the end.
    `..${NUL}`,
    `..${NUL}.png`,
    '.. ',
    ' ..',
    '. .',
    '.\t.',
    '.\n.',
    '..\r\n',
    '..\u200b',
    '.\u00ad.',
    // A second parser begins a query or a fragment.
    '..?x',
    '..#x',
    '..%3fx',
    '..%23',
    '..%00',
    '..%20',
    '.%09.',
    '%2e%2e%3bx',
    'a/..;v=1/b',
    'a%2f..%3b%2fb',
    // Overlong UTF-8, and what compatibility forms make of it.
    '%c0%ae%c0%ae',
    'a%c0%af..',
    '\uff0e\uff0e',
    '\u2025',
    'a\uff0f..\uff0fb',
    'a\uff3c..',
    '%ef%bc%8e%ef%bc%8e',
  ])('refuses %j in a path', async (value) => {
    const upstream = await startUpstream((_, response) => sendJson(response, {}));
    const { call } = caller(upstream.url, {
      operation: { path: '/pets/{id}/photos', parameters: [{ argument: 'id', in: 'path' }] },
    });
    const result = await call({ id: value });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('id');
    expect(upstream.requests).toEqual([]);
  });

  test.each([
    ['...', '/x/...'],
    ['.hidden', '/x/.hidden'],
    ['a..b', '/x/a..b'],
    ['v1.2', '/x/v1.2'],
    ['100%', '/x/100%25'],
    ['?a=b#c', '/x/%3Fa%3Db%23c'],
    ['//evil.example', '/x/%2F%2Fevil.example'],
    ['@evil.example', '/x/%40evil.example'],
    ['.. and more', '/x/..%20and%20more'],
    ['..a', '/x/..a'],
    ['\u2026', '/x/%E2%80%A6'],
    ['%c0%', '/x/%25c0%25'],
    ['%ff..', '/x/%25ff..'],
    ['; a', '/x/%3B%20a'],
  ])('takes %j', (value, want) => {
    expect(urlOf({ in: 'path' }, value, '/x/{p}')).toBe(want);
  });

  test('refuses dots that only two values make together, and lists and labels that make them', () => {
    const parameters = ['a', 'b'].map((argument) => ({ argument, in: 'path' as const }));
    expect(() => build({ path: '/x/{a}{b}', parameters }, { a: '.', b: '.' })).toThrow('a, b:');
    expect(() => urlOf({ in: 'path', style: 'label' }, '.', '/x/{p}')).toThrow('p:');
    expect(() => urlOf({ in: 'path', style: 'label', explode: true }, ['', ''], '/x/{p}')).toThrow(
      'p:',
    );
    expect(() => urlOf({ in: 'path' }, [], '/x/{p}')).toThrow('p:');
  });
});

describe('S2 base URL and variables', () => {
  test.each([
    ['ftp://h/'],
    ['//h/x'],
    ['/v1'],
    ['https://user:secret@h/'],
    ['https://{region}.h/'],
    ['nonsense'],
  ])('%s is no base URL, and is not repeated', async (url) => {
    const { call, upstreams, tool } = caller(url);
    expect(upstreams.problems(tool)).toEqual([
      'API_URL must be an absolute http(s) URL without credentials.',
    ]);
    expect(textOf(await call())).toContain('API_URL');
  });
});

describe('S3 redirects', () => {
  const chain = (length: number) =>
    startUpstream((request, response) => {
      const hop = Number(request.url.slice(2));
      if (hop < length) send(response, '', undefined, 302, { location: `/r${hop + 1}` });
      else sendJson(response, { hop });
    });

  test('follows three within the origin', async () => {
    const upstream = await chain(3);
    const result = await caller(upstream.url, { operation: { path: '/r0' } }).call();
    expect(textOf(result)).toBe('{"hop":3}');
    expect(upstream.requests.map(({ url }) => url)).toEqual(['/r0', '/r1', '/r2', '/r3']);
  });

  test('stops at the fourth', async () => {
    const upstream = await chain(4);
    const result = await caller(upstream.url, { operation: { path: '/r0' } }).call();
    expect(result.isError).toBe(true);
    expect(upstream.requests).toHaveLength(4);
  });

  test('never leaves the origin: neither the request nor its credentials', async () => {
    const other = await startUpstream((_, response) => sendJson(response, {}));
    const upstream = await startUpstream((_, response) =>
      send(response, '', undefined, 302, { location: `${other.url}/steal?token=t0psecret` }),
    );
    const { call } = caller(upstream.url, {
      operation: { security: [{ key: [] }] },
      schemes: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key', env: 'KEY' } },
      env: { KEY: 'k-123456' },
    });
    const result = await call();
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain(`redirect to ${other.url}, which is not followed`);
    expect(textOf(result)).not.toContain('t0psecret');
    expect(upstream.requests[0]?.headers['x-api-key']).toBe('k-123456');
    expect(other.requests).toEqual([]);
  });

  test.each([
    ['POST', 307],
    ['POST', 303],
    ['DELETE', 302],
    ['GET', 308],
  ])('%s with a body is not sent again on %i', async (method, status) => {
    const upstream = await startUpstream((_, response) =>
      send(response, '', undefined, status, { location: '/again' }),
    );
    const { call } = caller(upstream.url, {
      operation: { method, body: { contentType: 'application/json', argument: 'body' } },
    });
    const result = await call({ body: { a: 1 } });
    expect(result.isError).toBe(true);
    expect(upstream.requests.map(({ url }) => url)).toEqual(['/x']);
  });
});

describe('S7 header injection', () => {
  const parameters = [{ argument: 'p', name: 'X-P', in: 'header' as const }];
  test.each(['a\r\nX-Evil: 1', 'a\nb', `a${NUL}b`, 'a\rb', 'Ω', '\u001b[31m', '\u007f'])(
    'refuses %j',
    (value) => {
      expect(() => build({ parameters }, { p: value })).toThrow('p: is sent as a header');
    },
  );

  test.each([
    'Host',
    'content-length',
    'Transfer-Encoding',
    'CONNECTION',
    'Authorization',
    'Cookie',
    'Proxy-Authorization',
    'proxy-foo',
    'Upgrade',
    'TE',
    'Trailer',
    'Expect',
    'Keep-Alive',
    'Sec-Fetch-Site',
    'X Y',
    'a\r\nb',
  ])('refuses to set %j', (name) => {
    expect(() =>
      build({ parameters: [{ argument: 'p', name, in: 'header' }] }, { p: 'x' }),
    ).toThrow('cannot be set by a call');
  });

  test('latin-1 arrives, and a credential wins over an argument', async () => {
    const upstream = await startUpstream((_, response) => sendJson(response, {}));
    const { call } = caller(upstream.url, {
      operation: {
        parameters: [...parameters, { argument: 'k', name: 'x-api-key', in: 'header' }],
        security: [{ key: [] }],
      },
      schemes: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key', env: 'KEY' } },
      env: { KEY: 'from-env' },
    });
    await call({ p: 'é', k: 'from-caller' });
    expect(upstream.requests[0]?.headers).toMatchObject({ 'x-p': 'é', 'x-api-key': 'from-env' });
  });

  test('a cookie cannot be ended by its value', () => {
    const { headers } = build(
      { parameters: [{ argument: 'p', in: 'cookie' }] },
      { p: 'a; admin=1\r\n' },
    );
    expect(headers.cookie).toBe('p=a%3B%20admin%3D1%0D%0A');
  });
});
