import { describe, expect, it } from 'vitest';
import type { Hooks } from '../../templates/src/runtime/hooks.js';
import { runHttpTool } from '../../templates/src/runtime/http/call-http-tool.js';
import { caller, quietLog, sendJson, startUpstream, textOf } from '../runtime/http/support.js';

async function setUp(hooks: Hooks, env: Parameters<typeof caller>[1] = {}) {
  quietLog();
  const upstream = await startUpstream((_, response) => sendJson(response, { a: '9'.repeat(20) }));
  const { tool, upstreams } = caller(`${upstream.url}/base`, env);
  const signal = new AbortController();
  const call = async (args = {}) =>
    (await runHttpTool(tool, args, { upstreams, hooks, signal: signal.signal })).result;
  return { upstream, tool, upstreams, call, cancel: () => signal.abort() };
}

describe('onRequest', () => {
  it('may change method, address, headers and body', async () => {
    const { upstream, call } = await setUp(
      {
        onRequest(request) {
          request.method = 'put';
          request.url = request.url.replace('/base/x', '/base/y%2fz');
          request.headers = { ...request.headers, 'X-Extra': '1' };
          request.body = new TextEncoder().encode('{"b":2}');
        },
      },
      {
        operation: {
          method: 'POST',
          body: { contentType: 'application/json', fields: { a: 'a' } },
        },
      },
    );
    await call({ a: 1 });
    expect(upstream.requests[0]).toMatchObject({ method: 'PUT', url: '/base/y%2fz' });
    expect(upstream.requests[0]?.headers).toMatchObject({
      'x-extra': '1',
      'content-length': '7',
    });
    expect(String(upstream.requests[0]?.body)).toBe('{"b":2}');
  });

  it.each(['ftp://host/x', 'no address', 'file:///etc/passwd'])(
    'cannot make it %s',
    async (url) => {
      const { upstream, call } = await setUp({ onRequest: (request) => void (request.url = url) });
      const result = await call();
      expect(result.isError).toBe(true);
      expect(textOf(result)).toContain('failed because of an error in this server');
      expect(upstream.requests).toEqual([]);
    },
  );

  it('sends an address in its normal form, byte for byte behind the origin', async () => {
    const { upstream, call } = await setUp({
      onRequest(request) {
        request.url = `${request.url.replace('http://', 'HTTP://user@')}?q=%7e'#part`;
      },
    });
    await call();
    expect(upstream.requests[0]?.url).toBe("/base/x?q=%7e'");
  });

  it('that never ends is ended with the call, and nothing was sent', async () => {
    let cancel = () => {};
    const test = await setUp({
      onRequest: () => {
        queueMicrotask(() => cancel());
        return new Promise<void>(() => {});
      },
    });
    cancel = test.cancel;
    const result = await test.call();
    expect(textOf(result)).toContain('The request was not sent: nothing was changed.');
    expect(test.upstream.requests).toEqual([]);
  });
});

describe('onResponse', () => {
  it('may change status, headers and body', async () => {
    const { call } = await setUp({
      onResponse(response) {
        expect(new TextDecoder().decode(response.body)).toBe(`{"a":"${'9'.repeat(20)}"}`);
        response.status = 202;
        response.headers['Content-Type'] = 'text/plain';
        delete response.headers['content-type'];
        response.body = new TextEncoder().encode('later');
      },
    });
    expect(await call()).toEqual({ content: [{ type: 'text', text: 'later' }] });
  });

  it('a status that it gives decides about another attempt', async () => {
    const attempts: number[] = [];
    const { upstream, call } = await setUp({
      onResponse(response, { attempt }) {
        attempts.push(attempt);
        if (attempt < 3) response.status = 503;
      },
    });
    expect((await call()).isError).toBeUndefined();
    expect(attempts).toEqual([1, 2, 3]);
    expect(upstream.requests).toHaveLength(3);
  });
});

describe('the data of a response', () => {
  it.each([
    ['application/json', '{"a":12345678901234567890}', { a: '12345678901234567890' }],
    ['application/problem+json', '[1]', [1]],
    ['text/plain; charset=utf-8', 'hé', 'hé'],
    ['image/png', '\u0001\u0002', new Uint8Array([1, 2])],
    ['application/json', '', undefined],
  ])('%s %j', async (type, body, want) => {
    quietLog();
    const upstream = await startUpstream((_, response) => {
      response.writeHead(200, { 'content-type': type }).end(body);
    });
    const { tool, upstreams } = caller(upstream.url);
    const { data } = await runHttpTool(tool, {}, { upstreams });
    expect(data()).toEqual(want);
  });

  it.each([
    ['broken JSON', '{"a":', 'the response calls itself application/json'],
    ['more than was read', `"${'x'.repeat(2_000)}"`, 'too long'],
  ])('%s: says so only when it is read', async (_, body, why) => {
    quietLog();
    const upstream = await startUpstream((_request, response) => sendJson(response, body));
    const { tool, upstreams } = caller(upstream.url, { limits: { maxResponseBytes: 1_000 } });
    const { result, data } = await runHttpTool(tool, {}, { upstreams });
    expect(result.isError).toBeUndefined();
    expect(data).toThrow(why);
  });
});
