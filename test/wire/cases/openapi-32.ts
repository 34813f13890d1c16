import type { WireCase } from '../wire-case.js';

/** What only OpenAPI 3.2 says (fixtures/wire/openapi-32.yaml). */
export const openApi32Cases: WireCase[] = [
  {
    title: '3.2 the whole query string as a form',
    tool: 'wholeQuery',
    args: { criteria: { q: 'a b&c', tags: ['x', 'y'] } },
    want: { method: 'GET', target: '/new/search?q=a+b%26c&tags=x&tags=y' },
  },
  {
    title: '3.2 the method QUERY',
    tool: 'queryMethod',
    args: { q: 'cats' },
    want: {
      method: 'QUERY',
      target: '/new/search',
      headers: { 'content-type': 'application/json' },
      body: '{"q":"cats"}',
    },
  },
  {
    title: '3.2 a method of its own',
    tool: 'copyThing',
    args: { id: 'a/b', Destination: '/things/c' },
    want: {
      method: 'COPY',
      target: '/new/things/a%2Fb',
      headers: { destination: '/things/c' },
    },
  },
];
