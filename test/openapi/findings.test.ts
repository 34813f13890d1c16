import { expect, it } from 'vitest';
import { documentWith, readDocument } from '../support/read-document.js';

const codes = async (...args: Parameters<typeof readDocument>): Promise<string[]> =>
  (await readDocument(...args)).findings.map(
    ({ code, message, fix }) => `${code} ${message}; ${fix}`,
  );

it('names a parameter whose place is not known', async () => {
  const document = documentWith({ parameters: [{ name: 'q', in: 'qurey', schema: {} }] });
  expect(await codes(document)).toEqual([
    'MCP212 parameter "q" is left out: its place "qurey" is not known; did you mean "query"?',
  ]);
});

it('names an operationId that is used twice, and titles the tool by its own name', async () => {
  const get = { operationId: 'getPet', responses: {} };
  const paths = { '/pets/{id}': { get: { ...get, summary: 'A pet' }, delete: get } };
  const document = { openapi: '3.1.0', servers: [{ url: 'https://a.example' }], paths };
  const { tools, findings } = await readDocument(document);
  expect(tools.map(({ name, title }) => `${name}: ${title}`)).toEqual([
    'getPet: A pet',
    'delete_pets_by_id: Delete pets by id',
  ]);
  expect(findings.map(({ code }) => code)).toContain('MCP203');
});

it('warns of a server that is this machine, and of a relative one', async () => {
  expect(await codes(documentWith({}, { servers: [{ url: 'http://localhost:8080' }] }))).toEqual([
    "MCP213 the document's server is this machine (http://localhost:8080); set API_BASE_URL to the real address; add --base-url, or baseUrl in mcp.yaml",
  ]);
  expect(await codes(documentWith({}, { servers: [{ url: '/v1' }] }))).toEqual([
    'MCP207 the document names a relative server only; set API_BASE_URL when the server starts; add --base-url, or baseUrl in mcp.yaml',
  ]);
});

it('offers what a selection most likely means', async () => {
  const document = documentWith({ tags: ['Tickets'] });
  expect(await codes(document, { exclude: ['tag:Tikets'] })).toEqual([
    'MCP210 exclude "tag:Tikets" matches no operation; did you mean "tag:Tickets"?',
  ]);
});

it.each([
  ['post', 'createPet', false],
  ['post', 'users/ban', true],
  ['post', 'messages/list', false],
  ['post', 'classifyCuisine', false],
  ['patch', 'updatePet', true],
  ['put', 'replacePet', true],
  ['delete', 'removePet', true],
])('%s %s: destructive is %s', async (method, operationId, want) => {
  const { tools } = await readDocument(documentWith({ operationId, summary: '' }, {}, { method }));
  expect(tools[0]?.annotations.destructiveHint).toBe(want);
});

it.each([
  ['deletePad', '/deletePad', 'deletes a pad', { readOnlyHint: false, destructiveHint: true }],
  ['appendTextUsingGET', '/appendText', '', { readOnlyHint: false, destructiveHint: false }],
  ['rides', '/rides/{id}/cancel', 'Cancel a ride', { readOnlyHint: false, destructiveHint: true }],
  ['operations.cancel', '/v1/{name}:cancel', '', { readOnlyHint: false, destructiveHint: true }],
  ['StopPoint_GetByPoint', '/StopPoint', 'Gets a list of stop points', { readOnlyHint: true }],
  ['UpdateRuns_List', '/updateRuns', '', { readOnlyHint: true }],
  ['sendAnalytics', '/sends/series', 'Analytics of sends', { readOnlyHint: true }],
  ['getUpdates', '/getUpdates', 'Updates', { readOnlyHint: true }],
])('GET %s %s: %s', async (operationId, path, summary, want) => {
  const { tools } = await readDocument(documentWith({ operationId, summary }, {}, { path }));
  expect(tools[0]?.annotations).toEqual({ ...want, openWorldHint: true });
});

it('shows a title without its Markdown', async () => {
  const summary = 'Get **my** review of `user_id` *now*, 2 * 3';
  const { tools } = await readDocument(documentWith({ summary }));
  expect(tools[0]?.title).toBe('Get my review of user_id now, 2 * 3');
});

it('keeps a heading of the description apart from the summary', async () => {
  const { tools } = await readDocument(documentWith({ description: '#### Paid\n\nAll of it.' }));
  expect(tools[0]?.description).toBe('All things.\n\n#### Paid\n\nAll of it.');
});

it('describes by its name in words what has neither a name nor a text', async () => {
  const paths = { '/pets/{id}': { delete: { responses: {} } } };
  const { tools } = await readDocument({ openapi: '3.1.0', paths });
  expect(tools[0]?.title).toBe('DELETE /pets/{id}');
  expect(tools[0]?.description).toBe('Delete pets by id (DELETE /pets/{id})');
});
