import { expect, it } from 'vitest';
import { createSelection } from '../../src/sources/openapi/select.js';
import type { Operation } from '../../src/sources/openapi/operation.js';

const operation = (method: string, path: string, tags: string[], id?: string): Operation =>
  ({ method, path, tags, ...(id !== undefined && { id }) }) as unknown as Operation;

const operations = [
  operation('GET', '/pets', ['pets'], 'listPets'),
  operation('POST', '/pets', ['pets', 'write'], 'addPet'),
  operation('GET', '/pets/{id}', ['pets'], 'getPet'),
  operation('DELETE', '/store/orders/{id}', ['store'], 'deleteOrder'),
  operation('GET', '/store/orders', ['store']),
];

it.each<[string[], string[], string]>([
  [[], [], 'GET /pets, POST /pets, GET /pets/{id}, DELETE /store/orders/{id}, GET /store/orders'],
  [['tag:pets'], [], 'GET /pets, POST /pets, GET /pets/{id}'],
  [['tag:pets'], ['tag:write'], 'GET /pets, GET /pets/{id}'],
  [['/pets'], [], 'GET /pets, POST /pets'],
  [['/pets/*'], [], 'GET /pets/{id}'],
  [['/store/**'], [], 'DELETE /store/orders/{id}, GET /store/orders'],
  [['/pets/**'], [], 'GET /pets, POST /pets, GET /pets/{id}'],
  [['GET /**'], [], 'GET /pets, GET /pets/{id}, GET /store/orders'],
  [['listPets', 'get*'], [], 'GET /pets, GET /pets/{id}'],
  [[], ['DELETE /**', 'addPet'], 'GET /pets, GET /pets/{id}, GET /store/orders'],
])('include %j, exclude %j', (include, exclude, want) => {
  const selection = createSelection(include, exclude);
  const got = operations
    .filter((o) => selection.wants(o))
    .map(({ method, path }) => `${method} ${path}`);
  expect(got.join(', ')).toBe(want);
});

it('tells which entries matched nothing', () => {
  const selection = createSelection([{ tag: 'pets' }, 'listPest'], ['/nowhere']);
  for (const each of operations) selection.wants(each);
  expect(selection.unused()).toEqual([
    { list: 'include', pattern: 'listPest', suggestion: 'listPets' },
    { list: 'exclude', pattern: '/nowhere' },
  ]);
});
