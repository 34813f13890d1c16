import { expect, it } from 'vitest';
import { readDocument } from '../support/read-document.js';

const responses = { 200: { description: 'Fine' } };

async function told(paths: object): Promise<string[]> {
  const document = { openapi: '3.1.0', servers: [{ url: 'https://a.example' }], paths };
  const { findings } = await readDocument(document);
  return findings.map(({ code, message }) => `${code} ${message}`);
}

it('an operation without an id is called by its path', async () => {
  expect(await told({ '/pets': { get: { summary: 'All pets', responses } } })).toEqual([
    'MCP202 GET /pets has no operationId; its tool is called get_pets',
  ]);
});

it('an operation without words is told', async () => {
  expect(await told({ '/pets': { get: { operationId: 'listPets', responses } } })).toEqual([
    'MCP204 GET /pets has no description',
  ]);
});

it('an id that is longer than clients take names is cut', async () => {
  const get = { operationId: 'listPets'.repeat(9), summary: 'All pets', responses };
  const [finding, ...more] = await told({ '/pets': { get } });
  expect(finding).toMatch(
    /^MCP205 "(?:listPets){9}" becomes \w{1,64}: names have at most 64 characters$/,
  );
  expect(more).toEqual([]);
});
