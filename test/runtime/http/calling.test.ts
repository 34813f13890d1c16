import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { readLimits } from '../../../templates/src/runtime/http/limits.js';
import { backoffMs, retryAfterMs } from '../../../templates/src/runtime/http/retry-policy.js';
import { caller, quietLog, send, sendJson, startUpstream, textOf } from './support.js';

beforeEach(() => void quietLog());

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server that takes a connection, reads, and hangs up without an answer. */
async function rudePort(): Promise<{ url: string; connections: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.once('data', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
  };
}

describe('retries', () => {
  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    '%s is tried three times',
    async (method) => {
      const upstream = await startUpstream((_, response, count) =>
        send(response, '{}', 'application/json', count < 3 ? 503 : 200),
      );
      const result = await caller(upstream.url, { operation: { method } }).call();
      expect(result.isError).toBeUndefined();
      expect(upstream.requests).toHaveLength(3);
    },
  );

  test.each(['POST', 'PATCH'])('%s is tried once', async (method) => {
    const upstream = await startUpstream((_, response) => send(response, '', undefined, 503));
    const result = await caller(upstream.url, { operation: { method } }).call();
    expect(upstream.requests).toHaveLength(1);
    expect(textOf(result)).toContain('HTTP 503 Service Unavailable from');
    expect(textOf(result)).toContain(
      'the request may have been applied: check before repeating it',
    );
  });

  test('GET of a tool that changes something is tried once', async () => {
    const upstream = await startUpstream((_, response) => send(response, '', undefined, 503));
    const annotations = { readOnlyHint: false };
    const result = await caller(upstream.url, { annotations }).call();
    expect(upstream.requests).toHaveLength(1);
    expect(textOf(result)).toContain('the request may have been applied');
  });

  test('POST with an idempotency key is tried three times with the same key', async () => {
    const upstream = await startUpstream((_, response, count) => {
      if (count === 1) response.socket?.destroy();
      else send(response, '', undefined, count === 2 ? 502 : 201);
    });
    const operation = { method: 'POST', idempotencyHeader: 'Idempotency-Key' };
    const result = await caller(upstream.url, { operation }).call();
    expect(textOf(result)).toBe('201 Created');
    const keys = upstream.requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(keys).size).toBe(1);
  });

  test.each([400, 401, 404, 409, 422, 500, 501])('%i is not retried', async (status) => {
    const upstream = await startUpstream((_, response) => send(response, '', undefined, status));
    await caller(upstream.url).call();
    expect(upstream.requests).toHaveLength(1);
  });

  test('Retry-After beyond the deadline: no retry, and the error carries it', async () => {
    const upstream = await startUpstream((_, response) =>
      send(response, 'slow down', 'text/plain', 429, { 'retry-after': '120' }),
    );
    const result = await caller(upstream.url).call();
    expect(upstream.requests).toHaveLength(1);
    expect(textOf(result)).toMatch(
      /^HTTP 429 Too Many Requests from GET \/x\nslow down\nWait 120 s before calling again\.\nReference: /,
    );
  });

  test('Retry-After within the deadline is waited for', async () => {
    const upstream = await startUpstream((_, response, count) =>
      send(response, '{}', 'application/json', count === 1 ? 503 : 200, { 'retry-after': '0' }),
    );
    expect(textOf(await caller(upstream.url).call())).toBe('{}');
    expect(upstream.requests).toHaveLength(2);
  });

  const now = () => Date.UTC(2026, 0, 2, 3, 4, 5);
  test.each([
    ['7', 7_000],
    ['0', 0],
    ['Fri, 02 Jan 2026 03:04:15 GMT', 10_000],
    ['Friday, 02-Jan-26 03:04:15 GMT', 10_000],
    ['Fri Jan  2 03:04:15 2026 GMT', 10_000],
    ['Fri, 02 Jan 2026 03:04:00 GMT', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2026', 2_026_000],
    [undefined, undefined],
  ])('Retry-After %j is %j ms', (value, want) => {
    expect(retryAfterMs(value, now)).toBe(want);
  });

  test('full jitter: from nothing to a doubling, bounded limit', () => {
    expect([1, 2, 3, 10].map((attempt) => backoffMs(attempt, () => 0))).toEqual([0, 0, 0, 0]);
    expect([1, 2, 3, 10].map((attempt) => backoffMs(attempt, () => 1))).toEqual([
      250, 500, 1000, 5000,
    ]);
  });
});

describe('a failed call says how far it got', () => {
  test('not sent', async () => {
    const { call } = caller(`http://127.0.0.1:${await closedPort()}`, {
      operation: { method: 'POST' },
    });
    expect(textOf(await call())).toMatch(
      /^POST \/x failed: the upstream cannot be reached: the connection was refused\.\nThe request was not sent: nothing was changed\.\nReference: [0-9a-f]{8}$/,
    );
  });

  test('unknown', async () => {
    const { url, connections } = await rudePort();
    const { call } = caller(url, { operation: { method: 'POST' } });
    expect(textOf(await call())).toContain(
      'the connection to the upstream broke before an answer came.\nIt may have been applied: check the present state before repeating it.',
    );
    expect(connections()).toBe(1);
  });

  test('a read can be repeated', async () => {
    const { url } = await rudePort();
    expect(textOf(await caller(url).call())).toContain(
      'It changes nothing, so it can be tried again later.',
    );
  });

  test('rejected', async () => {
    const upstream = await startUpstream((_, response) =>
      sendJson(response, { error: 'no name' }, 422),
    );
    const result = await caller(upstream.url, { operation: { method: 'POST' } }).call();
    expect(textOf(result)).toContain(
      'HTTP 422 Unprocessable Entity from POST /x\n{"error":"no name"}\nChange the arguments as the response says, then call again. Nothing was changed.',
    );
  });

  test('accepted, but the answer was lost', async () => {
    const upstream = await startUpstream((_, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"a":', () => response.socket?.destroy());
    });
    const result = await caller(upstream.url, { operation: { method: 'POST' } }).call();
    expect(textOf(result)).toContain('answered HTTP 201, but its response broke off');
    expect(textOf(result)).toContain('It was accepted: do not repeat it');
  });
});

describe('clocks', () => {
  test('no headers in time: three attempts for a read, then an error', async () => {
    const upstream = await startUpstream(() => undefined);
    const limits = { headersTimeoutMs: 30 };
    const result = await caller(upstream.url, { limits }).call();
    expect(textOf(result)).toContain('the upstream did not begin to answer within 30 ms');
    expect(upstream.requests).toHaveLength(3);
  });

  test('one deadline over all attempts', async () => {
    const upstream = await startUpstream(() => undefined);
    const limits = { timeoutMs: 60 };
    const result = await caller(upstream.url, { limits, operation: { method: 'POST' } }).call();
    expect(textOf(result)).toContain('the time for this call was up before the upstream answered');
    expect(textOf(result)).toContain('It may have been applied');
    expect(upstream.requests).toHaveLength(1);
  });

  test('cancelling closes the socket', async () => {
    const cancel = new AbortController();
    const upstream = await startUpstream(() => cancel.abort());
    const result = await caller(upstream.url).call({}, cancel.signal);
    expect(textOf(result)).toContain('the call was cancelled');
    await upstream.aborted;
    expect(upstream.requests).toHaveLength(1);
  });

  test('cancelling while the body comes closes the socket', async () => {
    const cancel = new AbortController();
    const upstream = await startUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n', () => setImmediate(() => cancel.abort()));
    });
    const result = await caller(upstream.url).call({}, cancel.signal);
    expect(textOf(result)).toContain('the call was cancelled');
    await upstream.aborted;
  });

  test('a call that is cancelled before it begins sends nothing', async () => {
    const upstream = await startUpstream((_, response) => sendJson(response, {}));
    const result = await caller(upstream.url).call({}, AbortSignal.abort());
    expect(textOf(result)).toContain('the call was cancelled.\nThe request was not sent');
    expect(upstream.requests).toEqual([]);
  });
});

describe('circuit breaker', () => {
  const limits = { breakerFailures: 3, breakerResetMs: 60_000 };

  test('opens after failed calls in a row and then sends nothing', async () => {
    const upstream = await startUpstream((_, response) => send(response, '', undefined, 500));
    const { call } = caller(upstream.url, { limits });
    for (let count = 0; count < 3; count += 1) await call();
    expect(upstream.requests).toHaveLength(3);
    const result = await call();
    expect(textOf(result)).toContain(
      'the upstream failed several times in a row and is left alone for some seconds.\nThe request was not sent: nothing was changed.\nWait 60 s',
    );
    expect(upstream.requests).toHaveLength(3);
  });

  test('closes again when the upstream is well', async () => {
    const upstream = await startUpstream((_, response, count) =>
      send(response, '{}', 'application/json', count <= 3 ? 500 : 200),
    );
    const { call } = caller(upstream.url, { limits: { breakerFailures: 3, breakerResetMs: 1 } });
    for (let count = 0; count < 3; count += 1) await call();
    await expect.poll(async () => textOf(await call())).toBe('{}');
  });

  test.each([400, 401, 403, 404, 409, 422])('%i never opens it', async (status) => {
    const upstream = await startUpstream((_, response) => send(response, '', undefined, status));
    const { call } = caller(upstream.url, { limits });
    for (let count = 0; count < 6; count += 1) await call();
    expect(upstream.requests).toHaveLength(6);
  });

  test('429 opens it', async () => {
    const upstream = await startUpstream((_, response) =>
      send(response, '', undefined, 429, { 'retry-after': '99' }),
    );
    const { call } = caller(upstream.url, { limits });
    for (let count = 0; count < 6; count += 1) await call();
    expect(upstream.requests).toHaveLength(3);
  });

  test('cancelled calls and full queues do not count', async () => {
    const upstream = await startUpstream((_, response, count) => {
      if (count > 5) sendJson(response, {});
    });
    const { call } = caller(upstream.url, { limits: { ...limits, concurrency: 1, queue: 0 } });
    for (let count = 1; count <= 5; count += 1) {
      const cancel = new AbortController();
      const pending = call({}, cancel.signal);
      await expect.poll(() => upstream.requests.length).toBe(count);
      expect(textOf(await call())).toContain('are under way');
      cancel.abort();
      await pending;
    }
    expect(textOf(await call())).toBe('{}');
  });
});

describe('limits', () => {
  test('defaults and values', () => {
    expect(readLimits({ UPSTREAM_TIMEOUT_MS: '500', UPSTREAM_QUEUE: '0' })).toEqual({
      timeoutMs: 500,
      headersTimeoutMs: 15_000,
      maxResponseBytes: 10_000_000,
      maxResultChars: 100_000,
      maxBlobBytes: 5_000_000,
      concurrency: 16,
      queue: 0,
      breakerFailures: 10,
      breakerResetMs: 10_000,
    });
  });

  test.each(['abc', '-1', '0', '1e3', '9999999999'])(
    'UPSTREAM_TIMEOUT_MS=%s is refused',
    (value) => {
      expect(() => readLimits({ UPSTREAM_TIMEOUT_MS: value })).toThrow(
        /^UPSTREAM_TIMEOUT_MS must be/,
      );
    },
  );
});

test.each(['GET', 'DELETE', 'HEAD', 'OPTIONS'])(
  '%s with a body arrives with it, and twice',
  async (method) => {
    const upstream = await startUpstream((_, response) => sendJson(response, {}));
    const { call } = caller(upstream.url, {
      operation: { method, body: { contentType: 'application/json', argument: 'body' } },
    });
    await call({ body: { a: 1 } });
    await call({ body: { a: 2 } });
    expect(upstream.requests.map(({ body }) => body.toString())).toEqual(['{"a":1}', '{"a":2}']);
    expect(upstream.requests[0]?.headers['content-length']).toBe('7');
  },
);
