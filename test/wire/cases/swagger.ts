import { multipart, type WireCase } from '../wire-case.js';

/** What Swagger 2.0 says in its own way (fixtures/wire/swagger.yaml). */
export const swaggerCases: WireCase[] = [
  {
    title: '2.0 collectionFormat csv, ssv, tsv, pipes, multi',
    tool: 'collections',
    args: {
      csv: ['a', 'b'],
      plain: ['c', 'd'],
      ssv: ['e', 'f'],
      tsv: ['g', 'h'],
      pipes: ['i', 'j'],
      multi: [1, 2],
      'X-Csv': ['k', 'l'],
    },
    want: {
      method: 'GET',
      target: '/old/collections/a,b?plain=c,d&ssv=e%20f&tsv=g%09h&pipes=i%7Cj&multi=1&multi=2',
      headers: { 'x-csv': 'k,l', authorization: undefined },
    },
  },
  {
    title: '2.0 formData, urlencoded',
    tool: 'oldForm',
    args: { name: 'Ada Byron', tags: ['a', 'b'], joined: ['c', 'd'] },
    want: {
      method: 'POST',
      target: '/old/form',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'name=Ada+Byron&tags=a&tags=b&joined=c,d',
    },
  },
  {
    title: '2.0 formData with a file',
    tool: 'oldUpload',
    args: { id: 7, note: 'n', file: { data: 'aGk=', filename: 'hi.txt', mediaType: 'text/plain' } },
    want: {
      method: 'POST',
      target: '/old/upload/7',
      headers: { 'content-type': 'multipart/form-data; boundary=BOUNDARY' },
      body: multipart(
        [['Content-Disposition: form-data; name="note"'], 'n'],
        [
          [
            'Content-Disposition: form-data; name="file"; filename="hi.txt"',
            'Content-Type: text/plain',
          ],
          'hi',
        ],
      ),
    },
  },
  {
    title: '2.0 body parameter',
    tool: 'oldBody',
    args: { name: 'x' },
    want: {
      method: 'PUT',
      target: '/old/body',
      headers: { 'content-type': 'application/json' },
      body: '{"name":"x"}',
    },
  },
];
