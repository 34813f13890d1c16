import {
  gzipSync,
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  constants,
  createGzip,
} from 'node:zlib';
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
let logged: string[] = [];
beforeEach(() => {
  logged = quietLog();
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

describe('S8 invisible characters', () => {
  const hidden = '\u200b\u202e\u2066\ufeff\u00ad\u{e0049}\u{e0067}\u{e0100}\u2063';
  const schema = { type: 'object', properties: {} };

  test('are stripped from text, structured content and errors', async () => {
    const upstream = await startUpstream(({ url }, response) => {
      if (url === '/text') return send(response, `a${hidden}b`, 'text/plain');
      if (url === '/error') return send(response, `no${hidden}pe`, 'text/plain', 400);
      sendJson(response, { [`k${hidden}`]: [`v${hidden}w`] });
    });
    const at = (path: string) =>
      caller(upstream.url, { operation: { path }, outputSchema: schema }).call();
    expect(textOf(await at('/text'))).toBe('ab');
    expect(textOf(await at('/error'))).toContain('\nnope\n');
    const json = await at('/json');
    expect(textOf(json)).toBe('{"k":["vw"]}');
    expect(json.structuredContent).toEqual({ k: ['vw'] });
  });

  test('also as JSON escapes, which a model reads as well', async () => {
    const upstream = await startUpstream((_, response) =>
      sendJson(response, '{"a":"x\\u200b\\udb40\\udc49y","b":"\\\\u200b","c":"\\u00e9\\n\\u0001"}'),
    );
    const result = await caller(upstream.url).call();
    expect(textOf(result)).toBe('{"a":"xy","b":"\\\\u200b","c":"\\u00e9\\n\\u0001"}');
  });
});

describe('S9 responses without bounds', () => {
  test('S9 counts decoded bytes', async () => {
    const bomb = await gzipOf(300_000_000);
    expect(bomb.length).toBeLessThan(300_000);
    const upstream = await startUpstream((_, response) =>
      send(response, bomb, 'text/plain', 200, { 'content-encoding': 'gzip' }),
    );
    const before = process.memoryUsage().rss;
    const result = await caller(upstream.url).call();
    expect(textOf(result)).toContain(
      '[Cut: the limit was reached. These are the first 100000 of more than 10000000 characters.',
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test.each([
    ['gzip', gzipSync('{"a":1}')],
    ['x-gzip', gzipSync('{"a":1}')],
    ['br', brotliCompressSync('{"a":1}')],
    ['deflate', deflateSync('{"a":1}')],
    ['deflate', deflateRawSync('{"a":1}')],
    ['gzip, br', brotliCompressSync(gzipSync('{"a":1}'))],
    ['identity', Buffer.from('{"a":1}')],
  ])('reads %s', async (encoding, bytes) => {
    const upstream = await startUpstream((_, response) =>
      send(response, bytes, 'application/json', 200, { 'content-encoding': encoding }),
    );
    expect(textOf(await caller(upstream.url).call())).toBe('{"a":1}');
  });

  test('a trickle ends at the deadline', async () => {
    const upstream = await startUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    });
    const result = await caller(upstream.url, { limits: { timeoutMs: 150 } }).call();
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('its response did not end in time');
    await upstream.aborted;
  });

  test('a stream is handed on as far as it came', async () => {
    const upstream = await startUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
    });
    const result = await caller(upstream.url, { limits: { timeoutMs: 200 } }).call();
    expect(result.isError).toBeUndefined();
    expect(textOf(result)).toBe(
      'data: one\n[Cut: the time for this call was up. These are the first 9 of more than 9 characters. Ask for something smaller to see all of it.]',
    );
    await upstream.aborted;
  });

  test('deep JSON stays text', async () => {
    const upstream = await startUpstream((_, response) =>
      sendJson(response, `${'['.repeat(5_000)}${']'.repeat(5_000)}`),
    );
    const result = await caller(upstream.url, { outputSchema: { type: 'object' } }).call();
    expect(textOf(result)).toContain('nested too deeply');
    expect(Object.keys(result.structuredContent ?? {})).toEqual(['_note']);
  });
});

describe('S10 secrets', () => {
  const secret = 'p/ä "s3cret"';
  const setup = {
    operation: { security: [{ key: [] }] },
    schemes: { key: { type: 'apiKey', in: 'query', name: 'api_key', env: 'KEY' } } as const,
    env: { KEY: secret },
  };
  const forms = [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    JSON.stringify(secret).slice(1, -1),
  ];

  test.each([200, 400, 500])(
    'an API that repeats them with status %i gets nothing through',
    async (status) => {
      const upstream = await startUpstream((request, response) => {
        expect(request.url).toBe('/x?api_key=p%2F%C3%A4%20%22s3cret%22');
        sendJson(response, { url: request.url, forms, nested: { key: secret } }, status);
      });
      const result = await caller(upstream.url, {
        ...setup,
        outputSchema: { type: 'object' },
        limits: { timeoutMs: 3_000 },
      }).call();
      const everything = JSON.stringify(result) + logged.join('');
      for (const form of forms) expect(everything).not.toContain(JSON.stringify(form).slice(1, -1));
      expect(everything).toContain('***');
    },
  );

  test('errors carry a reference that the log has too', async () => {
    const upstream = await startUpstream((_, response) => send(response, '', undefined, 404));
    const result = await caller(upstream.url).call();
    const reference = /Reference: ([0-9a-f]{8})$/.exec(textOf(result))?.[1];
    expect(reference).toBeDefined();
    expect(logged.join('')).toContain(reference);
  });

  test('basic credentials are hidden in the form in which they travel', async () => {
    const upstream = await startUpstream((request, response) =>
      send(response, `you sent ${request.headers.authorization}`, 'text/plain', 400),
    );
    const result = await caller(upstream.url, {
      operation: { security: [{ login: [] }] },
      schemes: { login: { type: 'basic', usernameEnv: 'USER_NAME', passwordEnv: 'PASS' } },
      env: { USER_NAME: 'aladdin', PASS: 'opensesame' },
    }).call();
    expect(textOf(result)).toContain('you sent Basic ***');
  });
});

describe('S13 64-bit integers', () => {
  const int64 = { type: ['integer', 'string'], format: 'int64' };
  const inputSchema = {
    type: 'object',
    properties: {
      id: int64,
      text: { type: 'string' },
      list: { type: 'array', items: { $ref: '#/$defs/Item' } },
    },
    $defs: {
      Item: {
        allOf: [
          { $ref: '#/$defs/Item' },
          { type: 'object', properties: { n: int64, item: { $ref: '#/$defs/Item' } } },
        ],
        additionalProperties: int64,
      },
    },
  };
  const operation = {
    method: 'POST',
    path: '/x/{id}',
    parameters: [{ argument: 'id', in: 'path' as const }],
    body: { contentType: 'application/json', fields: { id: 'id', text: 'text', list: 'list' } },
  };

  test('strings of digits leave as bare numbers, with every digit', async () => {
    const upstream = await startUpstream((_, response) => sendJson(response, {}));
    await caller(upstream.url, { operation, inputSchema }).call({
      id: '9223372036854775807',
      text: '9223372036854775807',
      list: [{ n: '-1', other: '12345678901234567890', item: { n: '007' } }, { n: 5 }],
    });
    expect(upstream.requests[0]?.url).toBe('/x/9223372036854775807');
    expect(upstream.requests[0]?.body.toString()).toBe(
      '{"id":9223372036854775807,"text":"9223372036854775807","list":[{"n":-1,"other":12345678901234567890,"item":{"n":"007"}},{"n":5}]}',
    );
  });

  test('numbers that JavaScript has rounded are refused', async () => {
    const upstream = await startUpstream((_, response) => sendJson(response, {}));
    const result = await caller(upstream.url, { operation, inputSchema }).call({
      list: [{ n: 2 ** 53 }],
    });
    expect(textOf(result)).toBe(
      'list.0.n: whole numbers above 9007199254740991 lose digits on the way; send it as a string of digits.\nThe request was not sent.',
    );
    expect(upstream.requests).toEqual([]);
  });

  test('large numbers of a response keep their digits', async () => {
    const body = '{"id": 9223372036854775807, "d": 0.1234567890123456789, "n": 5, "e": 1e400}';
    const upstream = await startUpstream((_, response) => sendJson(response, body));
    const result = await caller(upstream.url, { outputSchema: { type: 'object' } }).call();
    expect(textOf(result)).toBe(body);
    expect(result.structuredContent).toEqual({
      id: '9223372036854775807',
      d: 0.12345678901234568,
      n: 5,
      e: '1e400',
    });
  });
});

describe('S15 concurrency', () => {
  test('requests per origin are bounded, and so are those that wait', async () => {
    let open = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    const upstream = await startUpstream((_, response) => {
      open += 1;
      most = Math.max(most, open);
      waiting.push(() => {
        open -= 1;
        sendJson(response, {});
      });
    });
    const { call } = caller(upstream.url, { limits: { concurrency: 2, queue: 3 } });
    const calls = Array.from({ length: 6 }, () => call());
    const refused = await calls[5]!;
    expect(textOf(refused)).toContain(
      '2 requests to this upstream are under way and 3 are waiting',
    );
    expect(textOf(refused)).toContain('The request was not sent: nothing was changed.');
    await expect.poll(() => open).toBe(2);
    const rest = Promise.all(calls.slice(0, 5));
    let done = false;
    void rest.finally(() => (done = true));
    while (!done) {
      waiting.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await rest).map((result) => textOf(result))).toEqual(Array(5).fill('{}'));
    expect(most).toBe(2);
  });

  test('those that gave up waiting do not block those behind them', async () => {
    const finish: (() => void)[] = [];
    const upstream = await startUpstream((_, response) =>
      finish.push(() => sendJson(response, {})),
    );
    const { call } = caller(upstream.url, { limits: { concurrency: 1, queue: 5 } });
    const first = call();
    const leaver = new AbortController();
    const second = call({}, leaver.signal);
    const third = call();
    leaver.abort();
    expect(textOf(await second)).toContain('the call was cancelled');
    await expect.poll(() => finish.length).toBe(1);
    finish.shift()!();
    await first;
    await expect.poll(() => finish.length).toBe(1);
    finish.shift()!();
    expect(textOf(await third)).toBe('{}');
  });
});

describe('S16 odd content', () => {
  const answer = async (body: string | Buffer, type: string | undefined, status = 200) => {
    const upstream = await startUpstream((_, response) => send(response, body, type, status));
    return caller(upstream.url, {
      outputSchema: { type: 'object' },
      limits: { timeoutMs: 2_000 },
    }).call();
  };
  const page =
    '<!DOCTYPE html><html><head><title>Sign in &amp; go</title><script>var a = "<p>";</script></head><body><h1>Welcome</h1></body></html>';

  test('a web page instead of data is an error', async () => {
    const result = await answer(page, 'text/html');
    expect(result.isError).toBe(true);
    expect(textOf(result)).toBe(
      '200 OK, but the response is a web page, not data: Sign in & go · Welcome\nThe base URL or the credentials of this server may be wrong.',
    );
  });

  test('also when it is called JSON', async () => {
    expect((await answer(page, 'application/json')).isError).toBe(true);
  });

  test('an HTML error page becomes one line', async () => {
    expect(textOf(await answer(page, 'text/html; charset=utf-8', 403)).split('\n')[1]).toBe(
      'Sign in & go · Welcome',
    );
  });

  test('empty bodies say so', async () => {
    expect(textOf(await answer('', 'application/json'))).toBe('200 OK');
    const empty = await answer('', undefined, 204);
    expect(textOf(empty)).toBe('204 No Content');
    expect(empty.structuredContent).toEqual({ _note: 'The response is empty; see the text.' });
  });

  test('byte order marks are dropped', async () => {
    expect((await answer('\ufeff{"a":1}', 'application/json')).structuredContent).toEqual({ a: 1 });
    const utf16 = Buffer.from('\ufeff{"a":"é"}', 'utf16le');
    expect((await answer(utf16, 'application/json')).structuredContent).toEqual({ a: 'é' });
  });

  test('invalid JSON is text with a remark', async () => {
    const result = await answer('{"a":', 'application/json');
    expect(textOf(result)).toBe('{"a":\nThe upstream calls this JSON, but it is not valid.');
    expect(result.isError).toBeUndefined();
  });

  test('only declared JSON is read as JSON', async () => {
    const result = await answer('{"a":1}', 'text/plain');
    expect(textOf(result)).toBe('{"a":1}');
    expect(result.structuredContent).toEqual({
      _note: 'The response is text/plain, 7 bytes; see the text.',
    });
  });

  test('a hostile page does not take long', async () => {
    const result = await answer('<html><body>' + '<script'.repeat(100_000), 'text/html', 500);
    expect(result.isError).toBe(true);
  });
});

/** Gzip of many zeros, made in pieces: the test must not hold what it forbids to hold. */
async function gzipOf(bytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: constants.Z_BEST_COMPRESSION });
  const piece = Buffer.alloc(1_000_000, 'a');
  const feed = async () => {
    for (let sent = 0; sent < bytes; sent += piece.length) {
      if (!gzip.write(piece)) await new Promise((resolve) => gzip.once('drain', resolve));
    }
    gzip.end();
  };
  void feed();
  const chunks: Buffer[] = [];
  for await (const chunk of gzip as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
