import type { WireCase } from '../wire-case.js';

const LIST = ['blue', 'black', 'brown'];
const RGB = { R: 100, G: 200, B: 150 };

const get = (target: string) => ({ method: 'GET', target: `/v2${target}` });

/** Path parameters (OpenAPI 3.1 §4.8.12.6, RFC 6570 §3.2). */
const PATHS: WireCase[] = [
  {
    title: 'a raw path value is one segment',
    tool: 'pathPlain',
    args: { id: 'a/b c' },
    want: get('/path/plain/a%2Fb%20c'),
  },
  {
    title: 'unicode in a path',
    tool: 'pathPlain',
    args: { id: 'grün/日本 🐶' },
    want: get('/path/plain/gr%C3%BCn%2F%E6%97%A5%E6%9C%AC%20%F0%9F%90%B6'),
  },
  {
    title: 'a value that looks encoded is encoded again',
    tool: 'pathPlain',
    args: { id: '50%2Foff' },
    want: get('/path/plain/50%252Foff'),
  },
  {
    title: 'reserved characters in a path',
    tool: 'pathPlain',
    args: { id: "?a=b#c&d;e:f@g!$'()*+,[]" },
    want: get('/path/plain/%3Fa%3Db%23c%26d%3Be%3Af%40g%21%24%27%28%29%2A%2B%2C%5B%5D'),
  },
  {
    title: 'a path that would climb is refused',
    tool: 'pathPlain',
    args: { id: '..' },
    want: [],
    result: { isError: true },
  },
  {
    title: 'a path that would climb behind percent-encoding is refused',
    tool: 'pathPlain',
    args: { id: '%2e%2e%2fadmin' },
    want: [],
    result: { isError: true },
  },
  {
    title: 'int64 in a path keeps every digit',
    tool: 'pathNumber',
    args: { id: '9007199254740993' },
    want: get('/path/number/9007199254740993'),
  },
  {
    title: 'two parameters in one segment',
    tool: 'pathMixed',
    args: { year: 2026, ext: 'csv' },
    want: get('/path/report-2026.csv'),
  },
  {
    title: 'path simple',
    tool: 'pathSimple',
    args: { list: LIST, object: RGB },
    want: get('/path/simple/blue,black,brown/R,100,G,200,B,150'),
  },
  {
    title: 'path simple, exploded',
    tool: 'pathSimpleExploded',
    args: { list: LIST, object: RGB },
    want: get('/path/simple-exploded/blue,black,brown/R=100,G=200,B=150'),
  },
  {
    title: 'path label',
    tool: 'pathLabel',
    args: { color: 'blue', list: LIST, object: RGB },
    want: get('/path/label/.blue/.blue,black,brown/.R,100,G,200,B,150'),
  },
  {
    title: 'path label, exploded',
    tool: 'pathLabelExploded',
    args: { list: LIST, object: RGB },
    want: get('/path/label-exploded/.blue.black.brown/.R=100.G=200.B=150'),
  },
  {
    title: 'path matrix',
    tool: 'pathMatrix',
    args: { color: 'blue', list: LIST, object: RGB },
    want: get('/path/matrix/;color=blue/;list=blue,black,brown/;object=R,100,G,200,B,150'),
  },
  {
    title: 'path matrix, exploded',
    tool: 'pathMatrixExploded',
    args: { list: LIST, object: RGB },
    want: get('/path/matrix-exploded/;list=blue;list=black;list=brown/;R=100;G=200;B=150'),
  },
  {
    title: 'path content',
    tool: 'pathContent',
    args: { filter: { color: 'a/b' } },
    want: get('/path/content/%7B%22color%22%3A%22a%2Fb%22%7D'),
  },
];

/** Query parameters (OpenAPI 3.1 §4.8.12.3). */
const QUERIES: WireCase[] = [
  {
    title: 'query form: primitives, list and object explode',
    tool: 'queryForm',
    args: { color: 'a b&c', flag: false, price: 1.5, list: LIST, object: RGB },
    want: get(
      '/query/form?color=a%20b%26c&flag=false&price=1.5&list=blue&list=black&list=brown&R=100&G=200&B=150',
    ),
  },
  {
    title: 'query form: nothing given, an empty text and an empty list',
    tool: 'queryForm',
    args: { color: '', list: [] },
    want: get('/query/form?color='),
  },
  {
    title: 'query form, joined: a comma inside a value is encoded',
    tool: 'queryFormJoined',
    args: { list: ['a,b', 'c'], object: RGB },
    want: get('/query/form-joined?list=a%2Cb,c&object=R,100,G,200,B,150'),
  },
  {
    title: 'query spaceDelimited',
    tool: 'querySpace',
    args: { list: LIST, object: RGB },
    want: get('/query/space?list=blue%20black%20brown&object=R%20100%20G%20200%20B%20150'),
  },
  {
    title: 'query pipeDelimited',
    tool: 'queryPipe',
    args: { list: LIST, object: RGB },
    want: get('/query/pipe?list=blue%7Cblack%7Cbrown&object=R%7C100%7CG%7C200%7CB%7C150'),
  },
  {
    title: 'delimited and exploded is repeated',
    tool: 'queryDelimitedExploded',
    args: { space: ['a b', 'c'], pipe: ['d', 'e'] },
    want: get('/query/delimited-exploded?space=a%20b&space=c&pipe=d&pipe=e'),
  },
  {
    title: 'query deepObject, nested too',
    tool: 'queryDeep',
    args: { color: RGB, created: { at: { gte: '2026-01-01' } } },
    want: get(
      '/query/deep?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150&created%5Bat%5D%5Bgte%5D=2026-01-01',
    ),
  },
  {
    title: 'query content: JSON in one value',
    tool: 'queryContent',
    args: { where: { tags: ['a b', 'c'] } },
    want: get('/query/content?where=%7B%22tags%22%3A%5B%22a%20b%22%2C%22c%22%5D%7D'),
  },
  {
    title: 'query allowReserved, but never a way to another parameter',
    tool: 'queryReserved',
    args: { url: 'https://x.example/a?b=1&c=#d', plain: 'a/b?c' },
    want: get('/query/reserved?url=https://x.example/a?b=1%26c=%23d&plain=a%2Fb%3Fc'),
  },
  {
    title: 'names that no client accepts travel under their own name',
    tool: 'queryNames',
    args: {
      filter_name: 'Rex',
      select: ['id', 'name'],
      StartTime_lt: '2026-01-02',
      StartTime_gt: '2026-01-01',
    },
    want: get(
      '/query/names?filter%5Bname%5D=Rex&$select=id,name&StartTime%3C=2026-01-02&StartTime%3E=2026-01-01',
    ),
  },
  {
    title: 'a query inside the path template stays',
    tool: 'queryFixed',
    args: { page: 2 },
    want: get('/query/fixed?action=list&page=2'),
  },
];

/** Headers, cookies, and one name in several places. */
const OTHERS: WireCase[] = [
  {
    title: 'header simple, exploded, and as content',
    tool: 'headers',
    args: {
      'X-Color': 'sky blue/é',
      'X-List': LIST,
      'X-Object': RGB,
      'X-Exploded': RGB,
      'X-Json': RGB,
    },
    want: {
      ...get('/headers'),
      headers: {
        'x-color': 'sky blue/é',
        'x-list': 'blue,black,brown',
        'x-object': 'R,100,G,200,B,150',
        'x-exploded': 'R=100,G=200,B=150',
        'x-json': '{"R":100,"G":200,"B":150}',
        authorization: undefined,
      },
    },
  },
  {
    title: 'a header that would start another one is refused',
    tool: 'headers',
    args: { 'X-Color': 'blue\r\nX-Admin: 1' },
    want: [],
    result: { isError: true },
  },
  {
    title: 'an Authorization parameter is no argument',
    tool: 'headers',
    args: { Authorization: 'Bearer stolen' },
    want: [],
    result: { isError: true },
  },
  {
    title: 'cookies',
    tool: 'cookies',
    args: { session: 'a;b c', debug: 1, list: LIST },
    want: {
      ...get('/cookies'),
      headers: { cookie: 'session=a%3Bb%20c; debug=1; list=blue,black,brown' },
    },
  },
  {
    title: 'cookies, exploded',
    tool: 'cookiesExploded',
    args: { list: ['a', 'b'], object: RGB },
    want: {
      ...get('/cookies/exploded'),
      headers: { cookie: 'list=a; list=b; R=100; G=200; B=150' },
    },
  },
  {
    title: 'one name in path, query, header and body',
    tool: 'sameName',
    args: { id: 'path', query_id: 'query', header_id: 'header', body_id: 'body', name: 'Rex' },
    want: {
      method: 'PUT',
      target: '/v2/same/path?id=query',
      headers: { id: 'header', 'content-type': 'application/json' },
      body: '{"id":"body","name":"Rex"}',
    },
  },
];

export const parameterCases: WireCase[] = [...PATHS, ...QUERIES, ...OTHERS];
