import { expect, test, vi } from 'vitest';
import { ownResources } from '../../../templates/src/runtime/offers/own-resources.js';
import { createCatalogue } from '../../../templates/src/runtime/catalogue.js';
import { createServerFactory } from '../../../templates/src/runtime/serve/create-server.js';
import { configureLog } from '../../../templates/src/runtime/log.js';
import { noServer } from '../../../templates/src/runtime/offers/no-server.js';
import { UserInputError } from '../../../templates/src/runtime/calls/user-input-error.js';
import { createHttpApp } from '../../../templates/src/runtime/serve/http-app.js';
import { readAllowLists } from '../../../templates/src/runtime/serve/allow-lists.js';
import { mcpRequest, SERVER } from './support.js';

test('S10 what goes wrong inside is told to the log, and callers under which id', async () => {
  let logged = '';
  configureLog({}, (line) => {
    logged += line;
  });
  const fail = vi.fn((): never => {
    throw new Error('cannot open /srv/private/keys');
  });
  const templates = [{ uriTemplate: 'x://{a}', name: 'x' }];
  const resources = { resources: [], templates, read: fail, complete: fail };
  const catalogue = createCatalogue(
    [],
    [ownResources([], noServer), resources],
    [{ prompts: [{ name: 'p' }], get: fail }],
  );
  const factory = createServerFactory(SERVER, catalogue, fail);
  const app = createHttpApp({ factory, allow: readAllowLists({}, ''), maxBodyBytes: 10_000 });
  const ask = async (method: string, params: object) => {
    const response = await app.fetch(
      mcpRequest(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })),
    );
    return response.text();
  };
  const complete = {
    ref: { type: 'ref/resource', uri: 'x://{a}' },
    argument: { name: 'a', value: '' },
  };
  const answers = [
    await ask('resources/read', { uri: 'x://1' }),
    await ask('prompts/get', { name: 'p' }),
    await ask('completion/complete', complete),
  ];
  for (const answer of answers) {
    expect(answer).not.toContain('/srv/private');
    const id = /has the details under ([0-9a-f-]{36})\./.exec(answer)?.[1];
    expect(logged).toContain(id);
  }
  expect(logged).toContain('/srv/private/keys');
  fail.mockImplementation(() => {
    throw new UserInputError('Give it a name.');
  });
  expect(await ask('prompts/get', { name: 'p' })).toContain('Give it a name.');
});
