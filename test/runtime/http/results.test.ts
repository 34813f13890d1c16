import { beforeEach, describe, expect, test } from 'vitest';
import { structuredContent } from '../../../templates/src/runtime/http/structured-content.js';
import type { JsonSchema } from '../../../templates/src/runtime/tool.js';
import { caller, quietLog, send, sendJson, startUpstream, textOf, type Setup } from './support.js';

beforeEach(() => void quietLog());

const bytes = Buffer.from([137, 80, 78, 71, 0, 255]);
const base64 = bytes.toString('base64');

async function answer(
  body: string | Buffer,
  type: string | undefined,
  setup: Setup = {},
  status = 200,
  headers: Record<string, string> = {},
) {
  const upstream = await startUpstream((_, response) =>
    send(response, body, type, status, headers),
  );
  return caller(upstream.url, setup).call();
}

describe('content', () => {
  test('JSON stays as it was received', async () => {
    const body = '{ "b":1,\n "a" : [1.0] }';
    expect(await answer(body, 'application/problem+json; charset=utf-8')).toEqual({
      content: [{ type: 'text', text: body }],
    });
  });

  test('images, sounds and other bytes', async () => {
    expect((await answer(bytes, 'image/png')).content).toEqual([
      { type: 'image', data: base64, mimeType: 'image/png' },
    ]);
    expect((await answer(bytes, 'audio/mpeg')).content).toEqual([
      { type: 'audio', data: base64, mimeType: 'audio/mpeg' },
    ]);
    const [resource, note] = (await answer(bytes, 'application/pdf')).content;
    expect(resource).toEqual({
      type: 'resource',
      resource: {
        uri: expect.stringMatching(/^response:probe\/[0-9a-f]{8}$/) as unknown,
        mimeType: 'application/pdf',
        blob: base64,
      },
    });
    expect(note).toEqual({ type: 'text', text: 'application/pdf, 6 bytes' });
  });

  test.each([
    ['text/csv', 'a,b'],
    ['application/xml', '<a/>'],
    ['image/svg+xml', '<svg/>'],
    ['application/yaml', 'a: 1'],
    ['application/x-ndjson', '{}\n{}'],
    [undefined, 'plain'],
  ])('%s is text', async (type, body) => {
    expect((await answer(body, type)).content).toEqual([{ type: 'text', text: body }]);
  });

  test('bytes without a type are bytes', async () => {
    expect((await answer(bytes, undefined)).content[0]?.type).toBe('resource');
  });

  test('a declared charset is used', async () => {
    expect(textOf(await answer(Buffer.from([0xe9]), 'text/plain; charset="iso-8859-1"'))).toBe('é');
  });

  test('HTML that was asked for is text', async () => {
    const result = await answer('<html>x</html>', 'text/html', {
      operation: { accept: 'text/html' },
    });
    expect(result).toEqual({ content: [{ type: 'text', text: '<html>x</html>' }] });
  });

  test('too large a file is an error that says so', async () => {
    const result = await answer(bytes, 'application/zip', { limits: { maxBlobBytes: 5 } });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toBe(
      'The response is application/zip of 6 bytes; at most 5 are handed on. Ask for something smaller to see all of it.',
    );
  });

  test('HEAD answers with headers', async () => {
    const result = await answer('', 'text/plain', { operation: { method: 'HEAD' } }, 200, {
      etag: '"1"',
      'content-encoding': 'gzip',
    });
    expect(textOf(result)).toBe('200 OK\ncontent-type: text/plain\netag: "1"');
  });

  test('the next page and the place of something new', async () => {
    const link =
      '<https://h/x?page=1>; rel="prev", <https://h/x?page=3>; rel="next", <https://h/x?page=9>; rel="last"';
    const paged = await answer('[]', 'application/json', {}, 200, { link });
    expect(paged.content[1]).toEqual({ type: 'text', text: 'Next page: https://h/x?page=3' });
    const created = await answer('', undefined, { operation: { method: 'POST' } }, 201, {
      location: '/x/7',
    });
    expect(textOf(created)).toBe('201 Created\nLocation: /x/7');
  });
});

describe('long results', () => {
  const items = Array.from({ length: 200 }, (_, id) => ({ id, name: `item ${id}` }));
  const body = JSON.stringify({ total: 200, next: 'abc', items });
  const setup: Setup = {
    limits: { maxResultChars: 500 },
    inputSchema: { type: 'object', properties: { page: {}, per_page: {}, id: {} } },
    outputSchema: { type: 'object', properties: { total: { type: 'integer' } } },
  };

  test('are cut with a mark that says how to get the rest', async () => {
    const text = textOf(await answer(body, 'application/json', setup));
    expect(text.slice(0, 500)).toBe(body.slice(0, 500));
    expect(text.slice(500)).toBe(
      `\n[Cut: the limit was reached. These are the first 500 of ${body.length} characters. To get the rest, call again with other values for page, per_page.]`,
    );
  });

  test('keep the small members of structured content', async () => {
    const result = await answer(body, 'application/json', setup);
    expect(result.structuredContent).toEqual({ total: 200, next: 'abc', _truncated: true });
  });

  test('no half character at the cut', async () => {
    const text = textOf(
      await answer(`${'a'.repeat(499)}😀b`, 'text/plain', { limits: { maxResultChars: 500 } }),
    );
    expect(text.startsWith(`${'a'.repeat(499)}\n[Cut`)).toBe(true);
  });

  test('a secret across the cut is hidden', async () => {
    const result = await answer(`${'a'.repeat(495)}hidden-secret`, 'text/plain', {
      limits: { maxResultChars: 500 },
      operation: { security: [{ b: [] }] },
      schemes: { b: { type: 'bearer', env: 'T' } },
      env: { T: 'hidden-secret' },
    });
    expect(textOf(result)).not.toContain('hid');
  });

  test('a megabyte is bounded', async () => {
    const result = await answer(JSON.stringify('x'.repeat(3_000_000)), 'application/json', {
      outputSchema: { type: 'object' },
    });
    expect(JSON.stringify(result).length).toBeLessThan(101_000);
    expect(result.structuredContent).toEqual({ _truncated: true });
  });
});

describe('structured content fits the output schema', () => {
  const pet: JsonSchema = {
    type: 'object',
    properties: {
      id: { type: 'integer' },
      name: { type: ['string', 'null'] },
      kind: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      born: { type: 'string' },
      tags: { type: 'array', items: { type: 'string' } },
      owner: { $ref: '#/$defs/Owner' },
    },
    $defs: {
      Owner: {
        type: 'object',
        properties: { age: { type: 'integer' } },
      },
    },
  };
  const list: JsonSchema = { type: 'object', properties: { result: { type: 'array' } } };
  const map: JsonSchema = { type: 'object', additionalProperties: { type: 'integer' } };
  test.each<[JsonSchema, unknown, Record<string, unknown>]>([
    [pet, { id: 1, name: null, kind: 'cat', more: 1 }, { id: 1, name: null, kind: 'cat', more: 1 }],
    [pet, { id: '1', name: 'x' }, { name: 'x', _undocumented: { id: '1' } }],
    [pet, { kind: 5, tags: ['a', 1] }, { _undocumented: { kind: 5, tags: ['a', 1] } }],
    [pet, { born: '2020-01-02T03:04:05Z' }, { born: '2020-01-02T03:04:05Z' }],
    [pet, { born: null }, { _undocumented: { born: null } }],
    [pet, { owner: { age: 3 } }, { owner: { age: 3 } }],
    [pet, { owner: { age: 'old' } }, { _undocumented: { owner: { age: 'old' } } }],
    [pet, { owner: {} }, { owner: {} }],
    [pet, [1], { result: [1] }],
    [pet, 'text', { result: 'text' }],
    [list, [1, 2], { result: [1, 2] }],
    [list, { message: 'no list' }, { message: 'no list' }],
    [list, 5, { _undocumented: { result: 5 } }],
    [{ type: 'object', properties: { result: {} } }, { a: 1 }, { result: { a: 1 } }],
    [{ type: 'object', properties: { result: {} } }, { result: 1 }, { result: 1 }],
    [map, { a: 1 }, { a: 1 }],
    [map, { a: 1, b: 'x' }, { a: 1 }],
  ])('%j: %j', (schema, value, want) => {
    expect(structuredContent(value, schema)).toEqual(want);
  });

  test('__proto__ in a response is a plain member', async () => {
    const result = await answer(
      '{"__proto__":{"polluted":1},"n":12345678901234567890}',
      'application/json',
      { outputSchema: { type: 'object' } },
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(JSON.stringify(result.structuredContent)).toBe(
      '{"__proto__":{"polluted":1},"n":"12345678901234567890"}',
    );
  });

  test('no output schema, no structured content', async () => {
    expect(await answer('{}', 'application/json')).toEqual({
      content: [{ type: 'text', text: '{}' }],
    });
  });

  test('errors have none', async () => {
    const result = await answer(
      '{"a":1}',
      'application/json',
      { outputSchema: { type: 'object' } },
      400,
    );
    expect(Object.keys(result).sort()).toEqual(['content', 'isError']);
  });
});

describe('errors', () => {
  test('status, path without base path and query, body, hint', async () => {
    const upstream = await startUpstream((_, response) =>
      sendJson(response, '{\n  "message": "no such  pet",\n  "code": 5\n}', 404),
    );
    const result = await caller(`${upstream.url}/v1/`, {
      operation: {
        path: '/pets/{id}',
        parameters: [
          { argument: 'id', in: 'path' },
          { argument: 'q', in: 'query' },
        ],
      },
    }).call({ id: 7, q: 'x' });
    expect(upstream.requests[0]?.url).toBe('/v1/pets/7?q=x');
    expect(textOf(result)).toMatch(
      /^HTTP 404 Not Found from GET \/pets\/7\n\{"message":"no such  pet","code":5\}\nThere is nothing of that name: check the identifiers in the arguments\. If everything is missing, API_URL is wrong\.\nReference: [0-9a-f]{8}$/,
    );
  });

  test('a long error is cut to 2,000 characters', async () => {
    const text = textOf(await answer('e'.repeat(50_000), 'text/plain', {}, 400));
    expect(text.split('\n')[1]).toBe('e'.repeat(2_000));
  });

  test('binary errors are not repeated', async () => {
    expect(textOf(await answer(bytes, 'application/pdf', {}, 400)).split('\n')).toHaveLength(3);
  });

  test('a bug in our own code is told without its text', async () => {
    const upstream = await startUpstream((_, response) => sendJson(response, {}));
    const { call, tool } = caller(upstream.url);
    Object.defineProperty(tool.request, 'accept', {
      get: () => {
        throw new TypeError('internal detail');
      },
    });
    const text = textOf(await call());
    expect(text).toMatch(
      /^probe failed because of an error in this server\.\nReference: [0-9a-f]{8}$/,
    );
  });
});
