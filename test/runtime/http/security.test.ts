import { beforeEach, describe, expect, test } from 'vitest';
import { caller, quietLog, send, sendJson, startUpstream, textOf } from './support.js';

let logged: string[] = [];
beforeEach(() => {
  logged = quietLog();
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
