import { multipart, type WireCase } from '../wire-case.js';

const json = (method: string, target: string, body: string, type = 'application/json') => ({
  method,
  target: `/v2${target}`,
  headers: { 'content-type': type },
  body,
});

const BYTES = Buffer.from([0, 1, 2, 0xff, 0x0d, 0x0a, 0x2d, 0x2d]);
const BASE64 = 'AAEC/w0KLS0=';
const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = { 'content-type': 'multipart/form-data; boundary=BOUNDARY' };

const JSON_BODIES: WireCase[] = [
  {
    title: 'JSON: what is given, null too, and nothing else',
    tool: 'bodyJson',
    args: { name: 'Größe "x"', count: 0, nested: { list: [1.5, -2] }, nothing: null },
    want: json(
      'POST',
      '/body/json',
      '{"name":"Größe \\"x\\"","count":0,"nested":{"list":[1.5,-2]},"nothing":null}',
    ),
  },
  {
    title: 'an object that comes as JSON text is read as meant',
    tool: 'bodyJson',
    args: { name: 'x', nested: '{"list":[1]}' },
    want: json('POST', '/body/json', '{"name":"x","nested":{"list":[1]}}'),
  },
  {
    title: 'GET with a body',
    tool: 'bodyOfGet',
    args: { query: 'cats' },
    want: json('GET', '/body/json', '{"query":"cats"}'),
  },
  {
    title: 'GET with an optional body that was not given',
    tool: 'bodyOfGet',
    want: { method: 'GET', target: '/v2/body/json' },
  },
  {
    title: 'DELETE with a body',
    tool: 'bodyOfDelete',
    args: { ids: [1, 2] },
    want: json('DELETE', '/body/json', '{"ids":[1,2]}'),
  },
  {
    title: 'merge-patch: null removes',
    tool: 'bodyMergePatch',
    args: { title: null },
    want: json('PATCH', '/body/json', '{"title":null}', 'application/merge-patch+json'),
  },
  {
    title: 'a vendor +json type',
    tool: 'bodyVendorJson',
    args: { data: { type: 'pet' } },
    want: json('POST', '/body/vendor', '{"data":{"type":"pet"}}', 'application/vnd.api+json'),
  },
  {
    title: 'json-patch: values of every kind',
    tool: 'bodyJsonPatch',
    args: {
      body: [
        { op: 'add', path: '/a', value: [1] },
        { op: 'test', path: '/b', value: null },
      ],
    },
    want: json(
      'PATCH',
      '/body/json-patch',
      '[{"op":"add","path":"/a","value":[1]},{"op":"test","path":"/b","value":null}]',
      'application/json-patch+json',
    ),
  },
  {
    title: 'properties that had to be renamed have their own name again, at any depth',
    tool: 'bodyRenamed',
    args: { context: 'c', items: [{ _type: 'Pet', na_me: 'Rex' }] },
    want: json('POST', '/body/renamed', '{"@context":"c","items":[{"@type":"Pet","na me":"Rex"}]}'),
  },
  {
    title: 'int64 as text is a number on the wire; other digits stay text',
    tool: 'bodyInt64',
    args: { id: '9223372036854775807', note: '12' },
    want: json('POST', '/body/int64', '{"id":9223372036854775807,"note":"12"}'),
  },
  {
    title: 'an integer that lost its digits already is refused',
    tool: 'bodyInt64',
    args: { id: 9007199254740994 },
    want: [],
    result: { isError: true },
  },
  {
    title: 'a body of several kinds',
    tool: 'bodyUnion',
    args: { body: { kind: 'dog', barks: 3 } },
    want: json('POST', '/body/union', '{"kind":"dog","barks":3}'),
  },
  {
    title: 'a body of no kind is refused before it leaves',
    tool: 'bodyUnion',
    args: { body: { kind: 'fish' } },
    want: [],
    result: { isError: true },
  },
  {
    title: 'a recursive body',
    tool: 'bodyTree',
    args: { value: 'a', children: [{ value: 'b', children: [{ value: 'c' }] }] },
    want: json(
      'POST',
      '/body/tree',
      '{"value":"a","children":[{"value":"b","children":[{"value":"c"}]}]}',
    ),
  },
  {
    title: 'an array body',
    tool: 'bodyArray',
    args: { body: [3, 2, 1] },
    want: json('POST', '/body/array', '[3,2,1]'),
  },
  {
    title: 'a primitive body',
    tool: 'bodyPrimitive',
    args: { body: 'on "hold"' },
    want: json('PUT', '/body/primitive', '"on \\"hold\\""'),
  },
];

const FORMS: WireCase[] = [
  {
    title: 'urlencoded: nested, repeated, numbered',
    tool: 'bodyForm',
    args: {
      name: 'Ada & Co',
      amount: 100,
      metadata: { order: '7', 'a b': 'ü' },
      expand: ['a', 'b'],
      items: [{ price: 'p1', quantity: 2 }, { price: 'p2' }],
    },
    want: json(
      'POST',
      '/body/form',
      'name=Ada+%26+Co&amount=100&metadata%5Border%5D=7&metadata%5Ba+b%5D=%C3%BC&expand=a&expand=b' +
        '&items%5B0%5D%5Bprice%5D=p1&items%5B0%5D%5Bquantity%5D=2&items%5B1%5D%5Bprice%5D=p2',
      URLENCODED,
    ),
  },
  {
    title: 'urlencoded with encodings',
    tool: 'bodyFormEncoded',
    args: {
      joined: ['a', 'b'],
      piped: ['a', 'b'],
      deep: { k: 'v' },
      json: { k: 'v' },
      url: 'https://x.example/?a=b',
    },
    want: json(
      'POST',
      '/body/form-encoded',
      'joined=a,b&piped=a%7Cb&deep%5Bk%5D=v&json=%7B%22k%22%3A%22v%22%7D&url=https://x.example/?a=b',
      URLENCODED,
    ),
  },
  {
    title: 'multipart: text, JSON part, file with name and bytes',
    tool: 'bodyMultipart',
    args: {
      title: 'Größe',
      meta: { tags: ['a'] },
      file: { data: BASE64, filename: 'a "b".bin', mediaType: 'application/x-thing' },
    },
    want: {
      method: 'POST',
      target: '/v2/body/multipart',
      headers: MULTIPART,
      body: multipart(
        [['Content-Disposition: form-data; name="title"'], 'Größe'],
        [
          ['Content-Disposition: form-data; name="meta"', 'Content-Type: application/json'],
          '{"tags":["a"]}',
        ],
        [
          [
            'Content-Disposition: form-data; name="file"; filename="a %22b%22.bin"',
            'Content-Type: application/x-thing',
          ],
          BYTES,
        ],
      ),
    },
  },
  {
    title: 'multipart: several files, repeated fields, a type by encoding, a data: URI',
    tool: 'bodyMultipartMany',
    args: {
      files: [
        { data: 'YQ==', filename: 'a.txt', mediaType: 'text/plain' },
        { uri: 'data:text/csv,b;c', filename: 'b.csv' },
      ],
      labels: ['x', 'y'],
      thumb: { data: BASE64, filename: 't.png' },
    },
    want: {
      method: 'POST',
      target: '/v2/body/multipart-many',
      headers: MULTIPART,
      body: multipart(
        [
          [
            'Content-Disposition: form-data; name="files"; filename="a.txt"',
            'Content-Type: text/plain',
          ],
          'a',
        ],
        [
          [
            'Content-Disposition: form-data; name="files"; filename="b.csv"',
            'Content-Type: text/csv',
          ],
          'b;c',
        ],
        [['Content-Disposition: form-data; name="labels"'], 'x'],
        [['Content-Disposition: form-data; name="labels"'], 'y'],
        [
          [
            'Content-Disposition: form-data; name="thumb"; filename="t.png"',
            'Content-Type: image/png',
          ],
          BYTES,
        ],
      ),
    },
  },
  {
    title: 'a file that is not base64 is refused before anything leaves',
    tool: 'bodyMultipart',
    args: { file: { data: 'not base64!' } },
    want: [],
    result: { isError: true },
  },
];

const OTHERS: WireCase[] = [
  {
    title: 'octet-stream',
    tool: 'bodyBytes',
    args: { body: { data: BASE64 } },
    want: {
      method: 'PUT',
      target: '/v2/body/bytes',
      headers: { 'content-type': 'application/octet-stream', 'content-length': '8' },
      body: BYTES,
    },
  },
  {
    title: 'an image as the body',
    tool: 'bodyImage',
    args: { body: { uri: `data:image/png;base64,${BASE64}` } },
    want: {
      method: 'PUT',
      target: '/v2/body/image',
      headers: { 'content-type': 'image/png' },
      body: BYTES,
    },
  },
  {
    title: 'text as it is',
    tool: 'bodyText',
    args: { body: 'line 1\nline 2 – "ü"' },
    want: json('POST', '/body/text', 'line 1\nline 2 – "ü"', 'text/plain'),
  },
  {
    title: 'XML as text',
    tool: 'bodyXml',
    args: { body: '<pet><name>Rex &amp; Co</name></pet>' },
    want: json('POST', '/body/xml', '<pet><name>Rex &amp; Co</name></pet>', 'application/xml'),
  },
];

export const bodyCases: WireCase[] = [...JSON_BODIES, ...FORMS, ...OTHERS];
