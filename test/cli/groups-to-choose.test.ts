import { expect, test } from 'vitest';
import { groupsToChoose, selectorsOf } from '../../src/cli/ui/groups-to-choose.js';
import { readDocument } from '../support/read-document.js';

const operation = (operationId: string, ...tags: string[]) => ({
  get: { operationId, summary: operationId, responses: {}, ...(tags.length > 0 && { tags }) },
});

const document = {
  openapi: '3.1.0',
  servers: [{ url: 'https://api.example.com' }],
  paths: {
    '/api/v1/pets': operation('pets'),
    '/api/v1/pets/{id}': operation('pet'),
    '/pets/search': operation('search'),
    '/users': operation('users'),
    '/{id}': operation('any'),
    '/orders': operation('orders', 'store'),
    '/stock': operation('stock', 'store'),
  },
};

test('each group is selected by what finds its operations, tag or path', async () => {
  const groups = groupsToChoose(await readDocument(document));
  expect([...groups].map(([name, { count, selectors }]) => [name, count, [...selectors]])).toEqual([
    ['default', 1, ['/{id}']],
    ['pets', 3, ['/api/v1/pets/**', '/pets/**']],
    ['store', 2, ['tag:store']],
    ['users', 1, ['/users/**']],
  ]);
  const include = selectorsOf(groups, ['default', 'pets', 'store']);
  const chosen = await readDocument(document, { include });
  expect(chosen.tools.map(({ name }) => name)).toEqual([
    'pets',
    'pet',
    'search',
    'any',
    'orders',
    'stock',
  ]);
  expect(chosen.findings.filter(({ code }) => code === 'MCP210')).toEqual([]);
});
