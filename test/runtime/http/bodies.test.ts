import { describe, expect, test } from 'vitest';
import type { HttpBody } from '../../../templates/src/runtime/http/operation.js';
import { build, buildWithFiles } from './support.js';

const json = (rest: Partial<HttpBody> = {}): HttpBody => ({
  contentType: 'application/json',
  ...rest,
});
const form = (rest: Partial<HttpBody> = {}): HttpBody => ({
  contentType: 'application/x-www-form-urlencoded',
  argument: 'body',
  ...rest,
});
const sent = (body: HttpBody, args: Record<string, unknown>) => {
  const request = build({ method: 'POST', body }, args);
  return [request.headers['content-type'], request.body];
};

describe('JSON bodies', () => {
  test.each<[HttpBody, Record<string, unknown>, string | undefined]>([
    [json({ fields: { a: 'a', b_body: 'b' } }), { a: 1, b_body: null }, '{"a":1,"b":null}'],
    [json({ fields: { a: 'a' } }), {}, undefined],
    [json({ fields: { a: 'a' }, required: true }), {}, '{}'],
    [json({ argument: 'body' }), { body: [1, { x: 'ü' }] }, '[1,{"x":"ü"}]'],
    [json({ argument: 'body' }), { body: 'text' }, '"text"'],
    [json({ argument: 'body' }), { body: null }, 'null'],
    [json({ argument: 'body', required: true }), {}, '{}'],
    [
      json({ fields: { filter_name: 'filter[name]' }, rename: { x_y: 'x.y/z' } }),
      { filter_name: [{ x_y: { x_y: 1 } }] },
      '{"filter[name]":[{"x.y/z":{"x.y/z":1}}]}',
    ],
    [
      json({ argument: 'body', rename: { at_type: '@type' } }),
      { body: { at_type: 'T' } },
      '{"@type":"T"}',
    ],
  ])('%j %j → %s', (body, args, want) => {
    expect(build({ method: 'POST', body }, args).body).toBe(want);
  });

  test.each([
    'application/json-patch+json',
    'application/merge-patch+json',
    'application/vnd.api+json',
  ])('%s keeps its name', (contentType) => {
    expect(sent({ contentType, argument: 'body' }, { body: [] })).toEqual([contentType, '[]']);
  });

  test.each(['GET', 'DELETE', 'QUERY'])('%s sends it too', (method) => {
    expect(build({ method, body: json({ argument: 'body' }) }, { body: { a: 1 } }).body).toBe(
      '{"a":1}',
    );
  });
});

describe('form bodies', () => {
  const body = { body: { metadata: { k: 'v', deep: { n: 1 } }, expand: ['a', 'b c'] } };
  test.each<[Partial<HttpBody>, Record<string, unknown>, string]>([
    [{}, body, 'metadata%5Bk%5D=v&metadata%5Bdeep%5D%5Bn%5D=1&expand=a&expand=b+c'],
    [{}, { body: { a: [{ b: 1 }, { b: 'x&y' }] } }, 'a%5B0%5D%5Bb%5D=1&a%5B1%5D%5Bb%5D=x%26y'],
    [{}, { body: { a: null, b: [], c: '', d: false } }, 'c=&d=false'],
    [{ encoding: { a: { explode: false } } }, { body: { a: [1, 2] } }, 'a=1,2'],
    [{ encoding: { a: { style: 'pipeDelimited' } } }, { body: { a: [1, 2] } }, 'a=1%7C2'],
    [{ encoding: { a: { style: 'spaceDelimited' } } }, { body: { a: [1, 2] } }, 'a=1+2'],
    [
      { encoding: { a: { style: 'form', explode: true } } },
      { body: { a: { x: 1, y: 2 } } },
      'x=1&y=2',
    ],
    [
      { encoding: { a: { style: 'deepObject', explode: true } } },
      { body: { a: ['x'] } },
      'a%5B0%5D=x',
    ],
    [
      { encoding: { a: { contentType: 'application/json' } } },
      { body: { a: { x: [1] } } },
      'a=%7B%22x%22%3A%5B1%5D%7D',
    ],
    [{ encoding: { a: { allowReserved: true } } }, { body: { a: 'x/y:z&' } }, 'a=x/y:z%26'],
  ])('%j %j → %s', (rest, args, want) => {
    expect(sent(form(rest), args)).toEqual(['application/x-www-form-urlencoded', want]);
  });

  test('from single arguments', () => {
    const fields = { grant_type: 'grant_type', at: '@type' };
    expect(
      sent(
        { contentType: 'application/x-www-form-urlencoded', fields },
        { grant_type: 'x', at: 'y' },
      )[1],
    ).toBe('grant_type=x&%40type=y');
  });
});

describe('text, XML and bytes', () => {
  test.each<[string, string]>([
    ['text/plain', 'Grüße\r\n'],
    ['application/xml', '<a b="c">é</a>'],
    ['text/csv', 'a,b\n1,2'],
  ])('%s goes out as it is', (contentType, text) => {
    expect(sent({ contentType, argument: 'body' }, { body: text })).toEqual([contentType, text]);
  });

  const bytes = Buffer.from([0, 255, 16, 10]);
  test.each<[string, unknown, string]>([
    ['application/octet-stream', { data: bytes.toString('base64') }, 'application/octet-stream'],
    ['application/octet-stream', bytes.toString('base64'), 'application/octet-stream'],
    ['image/png', { uri: `data:image/png;base64,${bytes.toString('base64')}` }, 'image/png'],
    ['image/*', { data: bytes.toString('base64url'), mediaType: 'image/gif' }, 'image/gif'],
  ])('%s from %j', async (contentType, body, wantType) => {
    const request = await buildWithFiles(
      { method: 'POST', body: { contentType, argument: 'body', files: ['*'] } },
      { body },
    );
    expect(request.headers['content-type']).toBe(wantType);
    expect(Buffer.from(request.body as Uint8Array)).toEqual(bytes);
  });

  test('an undeclared file argument as base64 text', () => {
    expect(
      sent({ contentType: 'application/pdf', argument: 'body' }, { body: 'AAECAw==' }),
    ).toEqual(['application/pdf', Buffer.from([0, 1, 2, 3])]);
  });

  test.each<[unknown, string]>([
    [{ data: 'no base64!' }, 'body: is not valid base64.'],
    [{ data: 'AAAAA' }, 'body: is not valid base64.'],
    [{}, 'body: give the bytes as base64 in "data", or a data: URI in "uri".'],
    ...['http://169.254.169.254/', 'file:///etc/passwd', 'DATA'].map((uri): [unknown, string] => [
      { uri },
      'body.uri: is no data: URI; give the bytes as base64 in "data".',
    ]),
    [{ data: 'AA==', mediaType: 'a/b\r\nX: y' }, 'body.mediaType: must look like "image/png".'],
  ])('%j is refused', async (body, message) => {
    const operation = {
      method: 'POST',
      body: { contentType: 'application/octet-stream', argument: 'body', files: ['*'] },
    };
    await expect(buildWithFiles(operation, { body })).rejects.toThrow(message);
  });
});

describe('multipart bodies', () => {
  const body = (rest: Partial<HttpBody> = {}): HttpBody => ({
    contentType: 'multipart/form-data',
    argument: 'body',
    files: ['file', 'files'],
    ...rest,
  });
  const parts = async (rest: Partial<HttpBody>, value: unknown) => {
    const request = await buildWithFiles({ method: 'POST', body: body(rest) }, { body: value });
    expect(request.headers['content-type']).toBe(
      `${rest.contentType ?? 'multipart/form-data'}; boundary=BOUNDARY`,
    );
    return Buffer.from(request.body as Uint8Array).toString('latin1');
  };
  const data = Buffer.from('hi\xff', 'latin1').toString('base64');

  test('text, numbers, objects, lists and a file', async () => {
    const value = {
      name: 'Bo',
      size: 3,
      meta: { a: [1] },
      tags: ['x', 'y'],
      file: { data, filename: 'a "b"\r\n.png', mediaType: 'image/png' },
    };
    expect(await parts({}, value)).toBe(
      [
        '--BOUNDARY\r\nContent-Disposition: form-data; name="name"\r\n\r\nBo',
        '--BOUNDARY\r\nContent-Disposition: form-data; name="size"\r\n\r\n3',
        '--BOUNDARY\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"a":[1]}',
        '--BOUNDARY\r\nContent-Disposition: form-data; name="tags"\r\n\r\nx',
        '--BOUNDARY\r\nContent-Disposition: form-data; name="tags"\r\n\r\ny',
        '--BOUNDARY\r\nContent-Disposition: form-data; name="file"; filename="a %22b%22%0D%0A.png"\r\nContent-Type: image/png\r\n\r\nhi\xff',
        '--BOUNDARY--\r\n',
      ].join('\r\n'),
    );
  });

  test('several files, a type from `encoding`, a file without a name', async () => {
    const text = await parts(
      { encoding: { files: { contentType: 'text/csv' } } },
      { files: [{ data, filename: 'one.csv' }, data] },
    );
    expect(text).toBe(
      [
        '--BOUNDARY\r\nContent-Disposition: form-data; name="files"; filename="one.csv"\r\nContent-Type: text/csv\r\n\r\nhi\xff',
        '--BOUNDARY\r\nContent-Disposition: form-data; name="files"; filename="files"\r\nContent-Type: text/csv\r\n\r\nhi\xff',
        '--BOUNDARY--\r\n',
      ].join('\r\n'),
    );
  });

  test('`encoding` of plain parts', async () => {
    const text = await parts(
      {
        encoding: {
          a: { contentType: 'text/xml' },
          b: { style: 'deepObject' },
          c: { explode: false },
        },
      },
      { a: '<x/>', b: { k: 'v w' }, c: [1, 2] },
    );
    expect(text).toBe(
      [
        '--BOUNDARY\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/xml\r\n\r\n<x/>',
        '--BOUNDARY\r\nContent-Disposition: form-data; name="b[k]"\r\n\r\nv w',
        '--BOUNDARY\r\nContent-Disposition: form-data; name="c"\r\n\r\n1,2',
        '--BOUNDARY--\r\n',
      ].join('\r\n'),
    );
  });

  test('multipart/related', async () => {
    const text = await parts(
      { contentType: 'multipart/related' },
      { metadata: { n: 1 }, note: 'x', file: { data } },
    );
    expect(text).toBe(
      [
        '--BOUNDARY\r\nContent-Type: application/json\r\n\r\n{"n":1}',
        '--BOUNDARY\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nx',
        '--BOUNDARY\r\nContent-Disposition: attachment; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\nhi\xff',
        '--BOUNDARY--\r\n',
      ].join('\r\n'),
    );
  });

  test('from single arguments, with a UTF-8 file name', async () => {
    const request = await buildWithFiles(
      {
        method: 'POST',
        body: { contentType: 'multipart/form-data', fields: { upload: 'file' }, files: ['file'] },
      },
      { upload: { data, filename: 'Übung.txt' } },
    );
    expect(Buffer.from(request.body as Uint8Array).toString('utf8')).toContain(
      'name="file"; filename="Übung.txt"\r\n',
    );
  });
});
