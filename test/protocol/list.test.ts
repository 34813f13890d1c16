import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemoUpstream } from '../../bench/demo-upstream.mjs';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import {
  connectHttp,
  connectStdio,
  ERAS,
  startHttp,
  type AnyClient,
  type Era,
  type ServerProcess,
} from '../support/emitted-server.js';
import { lintToolList } from '../../bench/support/lint-tool-list.mjs';

const NAMES = [
  'addPet',
  'cancelOrder',
  'getInventory',
  'getOrder',
  'getPet',
  'getPetPhoto',
  'listOrders',
  'listPets',
  'placeOrder',
  'removePet',
  'updatePet',
  'uploadPetPhoto',
];

let project: EmittedProject;
let upstream: Awaited<ReturnType<typeof startDemoUpstream>>;
let http: ServerProcess;
let env: Record<string, string>;
const clients: AnyClient[] = [];

beforeAll(async () => {
  project = await emitProject({
    name: 'petstore',
    documents: { petstore: 'fixtures/petstore/openapi.yaml' },
  });
  upstream = await startDemoUpstream();
  env = {
    PETSTORE_BASE_URL: upstream.url,
    PETSTORE_API_KEY: 'key-1',
    PETSTORE_STAFF_TOKEN: 'token-1',
  };
  http = await startHttp(project, env);
}, 120_000);

afterAll(async () => {
  for (const client of clients) await client.close();
  await http?.stop();
  await upstream?.close();
  await project?.remove();
});

async function connect(transport: 'stdio' | 'http', era: Era): Promise<AnyClient> {
  const client =
    transport === 'http'
      ? await connectHttp(era, http.url)
      : (await connectStdio(project, era, env)).client;
  clients.push(client);
  return client;
}

const PAIRS = (['stdio', 'http'] as const).flatMap((transport) =>
  ERAS.map((era) => [transport, era] as const),
);

describe.each(PAIRS)('over %s, %s', (transport, era) => {
  let client: AnyClient;
  beforeAll(async () => {
    client = await connect(transport, era);
  }, 30_000);

  test('tools/list is mcp.tools.json', async () => {
    const { tools } = await client.listTools();
    const file = JSON.parse(await readFile(join(project.root, 'mcp.tools.json'), 'utf8'));
    expect(tools.map(({ name }) => name)).toEqual(NAMES);
    expect(tools).toEqual(file.tools);
  });

  test('a read, with structured content', async () => {
    const result = await client.callTool({
      name: 'listPets',
      arguments: { status: ['reserved'], limit: 1 },
    });
    expect(result.structuredContent).toEqual({
      items: [
        {
          id: 1,
          name: 'Rex',
          species: 'dog',
          status: 'reserved',
          tags: ['loud', 'good with children'],
          born: '2024-05-11',
        },
      ],
      nextCursor: null,
    });
  });

  test('a write, and the mistakes one can make with it', async () => {
    const order = { lines: [{ petId: 1 }] };
    const conflict = await client.callTool({ name: 'placeOrder', arguments: order });
    expect(conflict).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^HTTP 409 Conflict[^]*Rex is reserved\./) }],
    });
    const wrong = await client.callTool({ name: 'addPet', arguments: { name: 'Tom' } });
    expect(wrong).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('/species: is missing') }],
    });
    const added = await client.callTool({
      name: 'addPet',
      arguments: { name: 'Tom', species: 'cat' },
    });
    const { id } = added.structuredContent as { id: number };
    expect(added.structuredContent).toMatchObject({ name: 'Tom', status: 'available' });
    const removed = await client.callTool({ name: 'removePet', arguments: { petId: id } });
    expect(removed).toMatchObject({ content: [{ text: '204 No Content' }] });
  });

  test('a file up, a picture down', async () => {
    const picture = await client.callTool({
      name: 'getPetPhoto',
      arguments: { petId: 1, photoId: 7 },
    });
    const [image] = picture.content as { type: string; data: string; mimeType: string }[];
    expect(image).toMatchObject({ type: 'image', mimeType: 'image/png' });
    const uploaded = await client.callTool({
      name: 'uploadPetPhoto',
      arguments: {
        petId: 2,
        caption: 'Miep',
        file: { data: image?.data, filename: 'miep.png', mediaType: 'image/png' },
      },
    });
    const bytes = Buffer.from(image?.data ?? '', 'base64').length;
    expect(uploaded.structuredContent).toMatchObject({ petId: 2, caption: 'Miep', bytes });
  });
});

test('no client has a reason to refuse the list', async () => {
  const { tools } = await clients[0]!.listTools();
  expect(lintToolList(tools)).toEqual([]);
});
