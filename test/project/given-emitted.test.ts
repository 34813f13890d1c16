import { afterAll, beforeAll, expect, it } from 'vitest';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import { startHttp } from '../support/emitted-server.js';

let project: EmittedProject;

beforeAll(async () => {
  project = await emitProject({
    name: 'petstore',
    documents: { petstore: 'fixtures/petstore/openapi.yaml' },
    custom: {
      sources: {
        petstore: {
          openapi: 'specs/petstore.yaml',
          parameters: { petId: '${file:/nowhere/pet}', limit: 7, status: '${STATUS}' },
        },
      },
    },
  });
}, 120_000);
afterAll(() => project?.remove());

it('the tests of a project whose calls carry given values hold', async () => {
  const { failures, output } = await project.ownTests();
  expect(failures).toEqual([]);
  expect(output).toMatch(/getPet\b/);
}, 240_000);

it('a server does not start without a variable that mcp.yaml names', async () => {
  await expect(startHttp(project, {})).rejects.toThrow('STATUS is not set: Sent as query status');
}, 60_000);
