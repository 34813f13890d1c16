import { describe, expect, test } from 'vitest';
import type { HttpParameter } from '../../../templates/src/runtime/http/operation.js';
import { build, urlOf } from './support.js';

const list = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };
type Row = [how: Omit<HttpParameter, 'argument'>, value: unknown, want: string];

describe('path parameters (OpenAPI 3.1 §4.8.12, RFC 6570)', () => {
  const at = (style?: 'simple' | 'label' | 'matrix', explode?: boolean) => ({
    in: 'path' as const,
    ...(style === undefined ? {} : { style }),
    ...(explode === undefined ? {} : { explode }),
  });
  const rows: Row[] = [
    [at(), 'a/b c', '/x/a%2Fb%20c'],
    [at(), 'blue', '/x/blue'],
    [at(), 5, '/x/5'],
    [at(), true, '/x/true'],
    [at(), "é!'()*~-._", '/x/%C3%A9%21%27%28%29%2A~-._'],
    [at(), list, '/x/blue,black,brown'],
    [at('simple', true), list, '/x/blue,black,brown'],
    [at(), object, '/x/R,100,G,200,B,150'],
    [at('simple', true), object, '/x/R=100,G=200,B=150'],
    [at(), ['a,b', 'c'], '/x/a%2Cb,c'],
    [at('label'), 'blue', '/x/.blue'],
    [at('label', true), 'blue', '/x/.blue'],
    [at('label'), list, '/x/.blue,black,brown'],
    [at('label', true), list, '/x/.blue.black.brown'],
    [at('label'), object, '/x/.R,100,G,200,B,150'],
    [at('label', true), object, '/x/.R=100.G=200.B=150'],
    [at('matrix'), 'blue', '/x/;p=blue'],
    [at('matrix', true), 'blue', '/x/;p=blue'],
    [at('matrix'), '', '/x/;p'],
    [at('matrix'), list, '/x/;p=blue,black,brown'],
    [at('matrix', true), list, '/x/;p=blue;p=black;p=brown'],
    [at('matrix'), object, '/x/;p=R,100,G,200,B,150'],
    [at('matrix', true), object, '/x/;R=100;G=200;B=150'],
    [{ in: 'path', contentType: 'application/json' }, { a: 1 }, '/x/%7B%22a%22%3A1%7D'],
    [{ in: 'path', allowReserved: true }, 'a:b/c?d#e', '/x/a:b%2Fc%3Fd%23e'],
  ];
  test.each(rows)('%j %j → %s', (how, value, want) => {
    expect(urlOf(how, value, '/x/{p}')).toBe(want);
  });
});

describe('query parameters', () => {
  const q = (rest: Partial<HttpParameter> = {}) => ({ in: 'query' as const, ...rest });
  const rows: Row[] = [
    [q(), 'blue', '/x?p=blue'],
    [q(), '', '/x?p='],
    [q(), 'a b&c=d', '/x?p=a%20b%26c%3Dd'],
    [q(), false, '/x?p=false'],
    [q(), 0.5, '/x?p=0.5'],
    [q(), null, '/x'],
    [q(), undefined, '/x'],
    [q(), [], '/x'],
    [q(), {}, '/x'],
    [q(), list, '/x?p=blue&p=black&p=brown'],
    [q({ explode: false }), list, '/x?p=blue,black,brown'],
    [q({ explode: false }), ['a,b', null, 'c d'], '/x?p=a%2Cb,c%20d'],
    [q(), object, '/x?R=100&G=200&B=150'],
    [q({ explode: false }), object, '/x?p=R,100,G,200,B,150'],
    [q(), { a: null, b: 1 }, '/x?b=1'],
    [q({ style: 'spaceDelimited' }), list, '/x?p=blue%20black%20brown'],
    [q({ style: 'spaceDelimited' }), object, '/x?p=R%20100%20G%20200%20B%20150'],
    [q({ style: 'spaceDelimited', explode: true }), list, '/x?p=blue&p=black&p=brown'],
    [q({ style: 'pipeDelimited' }), list, '/x?p=blue%7Cblack%7Cbrown'],
    [q({ style: 'pipeDelimited' }), object, '/x?p=R%7C100%7CG%7C200%7CB%7C150'],
    [q({ style: 'pipeDelimited', explode: true }), list, '/x?p=blue&p=black&p=brown'],
    [q({ style: 'tabDelimited' }), list, '/x?p=blue%09black%09brown'],
    [q({ style: 'deepObject' }), object, '/x?p%5BR%5D=100&p%5BG%5D=200&p%5BB%5D=150'],
    [
      q({ style: 'deepObject' }),
      { a: { b: [1, { c: 2 }] } },
      '/x?p%5Ba%5D%5Bb%5D%5B0%5D=1&p%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=2',
    ],
    [q({ style: 'deepObject' }), 'plain', '/x?p=plain'],
    [q({ contentType: 'application/json' }), { a: [1] }, '/x?p=%7B%22a%22%3A%5B1%5D%7D'],
    [q({ contentType: 'application/json' }), 'text', '/x?p=%22text%22'],
    [q({ allowReserved: true }), 'https://h/p?a=1', '/x?p=https://h/p?a=1'],
    [q({ allowReserved: true }), 'a&b#c+d[e]%2Ff%z', '/x?p=a%26b%23c%2Bd%5Be%5D%2Ff%25z'],
    [q({ name: 'filter[name]' }), 'x', '/x?filter%5Bname%5D=x'],
    [q({ name: '$select' }), 'id,name', '/x?$select=id%2Cname'],
    [q({ name: 'a b' }), 1, '/x?a%20b=1'],
    [
      { in: 'querystring', contentType: 'application/x-www-form-urlencoded' },
      { a: 'x y', b: [1, 2] },
      '/x?a=x+y&b=1&b=2',
    ],
    [{ in: 'querystring', contentType: 'application/json' }, { a: 1 }, '/x?%7B%22a%22%3A1%7D'],
    [{ in: 'querystring', contentType: 'text/plain' }, '$.a[0]', '/x?%24.a%5B0%5D'],
  ];
  test.each(rows)('%j %j → %s', (how, value, want) => {
    expect(urlOf(how, value)).toBe(want);
  });
});

describe('headers and cookies', () => {
  const header = (how: Partial<HttpParameter>, value: unknown) =>
    build({ parameters: [{ argument: 'p', name: 'X-P', in: 'header', ...how }] }, { p: value })
      .headers['x-p'];
  test.each([
    [{}, 'a b', 'a b'],
    [{}, list, 'blue,black,brown'],
    [{}, object, 'R,100,G,200,B,150'],
    [{ explode: true }, object, 'R=100,G=200,B=150'],
    [{ contentType: 'application/json' }, { a: 'b' }, '{"a":"b"}'],
    [{}, 7, '7'],
    [{}, null, undefined],
  ])('header %j %j → %s', (how, value, want) => {
    expect(header(how, value)).toBe(want);
  });

  const cookie = (how: Partial<HttpParameter>, value: unknown) =>
    build({ parameters: [{ argument: 'p', in: 'cookie', ...how }] }, { p: value }).headers.cookie;
  test.each([
    [{}, 'a b;c', 'p=a%20b%3Bc'],
    [{}, list, 'p=blue; p=black; p=brown'],
    [{ explode: false }, list, 'p=blue,black,brown'],
    [{ explode: false }, object, 'p=R,100,G,200,B,150'],
    [{}, object, 'R=100; G=200; B=150'],
  ])('cookie %j %j → %s', (how, value, want) => {
    expect(cookie(how, value)).toBe(want);
  });
});

describe('the URL as a whole', () => {
  test('a query in the template stays in front', () => {
    const { url } = build(
      { path: '/x?action=Run%20it', parameters: [{ argument: 'p', in: 'query' }] },
      { p: 1 },
    );
    expect(url).toBe('https://api.example.com/v1/x?action=Run%20it&p=1');
  });

  test('a fragment in the template is dropped', () => {
    expect(build({ path: '/x#X-Amz-Target=Y' }).url).toBe('https://api.example.com/v1/x');
    expect(build({ path: '/x?a=b#c?d' }).url).toBe('https://api.example.com/v1/x?a=b');
  });

  test('the same name in path, query, header, cookie and body', () => {
    const request = build(
      {
        method: 'POST',
        path: '/x/{id}',
        parameters: [
          { argument: 'id', in: 'path' },
          { argument: 'id_query', name: 'id', in: 'query' },
          { argument: 'id_header', name: 'id', in: 'header' },
          { argument: 'id_cookie', name: 'id', in: 'cookie' },
        ],
        body: { contentType: 'application/json', fields: { id_body: 'id' } },
      },
      { id: 'p', id_query: 'q', id_header: 'h', id_cookie: 'c', id_body: 'b' },
    );
    expect(request.url).toBe('https://api.example.com/v1/x/p?id=q');
    expect(request.headers).toMatchObject({ id: 'h', cookie: 'id=c' });
    expect(request.body).toBe('{"id":"b"}');
  });

  test('several placeholders and literal text in one segment', () => {
    const { url } = build(
      {
        path: '/repos/{base}...{head}:compare ü',
        parameters: [
          { argument: 'base', in: 'path' },
          { argument: 'head', in: 'path' },
        ],
      },
      { base: 'main', head: 'f/x' },
    );
    expect(url).toBe('https://api.example.com/v1/repos/main...f%2Fx:compare%20%C3%BC');
  });

  test('default headers, and those that only a credential sets', () => {
    const request = build(
      { parameters: [{ argument: 'k', name: 'api_key', in: 'query' }] },
      { k: 'from the caller' },
      {
        headers: { authorization: 'Bearer t' },
        query: [['api_key', 's&s']],
        cookies: [['sid', 'c d']],
      },
    );
    expect(request).toEqual({
      method: 'GET',
      url: 'https://api.example.com/v1/x?api_key=s%26s',
      headers: {
        accept: 'application/json, */*;q=0.8',
        'accept-encoding': 'gzip, deflate, br',
        cookie: 'sid=c%20d',
        authorization: 'Bearer t',
      },
    });
  });
});
