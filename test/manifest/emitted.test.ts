import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import { connectHttp, connectStdio, startHttp } from '../support/emitted-server.js';
import { parseManifest } from '../../src/sources/manifest/manifest.js';
import { startRecorder, type Recorder } from '../wire/recorder.js';

const run = promisify(execFile);

const ERAS = ['v2 on 2026-07-28', 'v2 on 2025-11-25'] as const;

const MANIFEST = `
name: offers
sources:
  weather:
    http: \${WEATHER_URL}
    auth: { type: apiKey, name: X-Key, key: "\${file:/run/secrets/weather_key}" }
tools:
  forecast:
    description: The weather of a city.
    input: { type: object, properties: { city: { type: string } }, required: [city] }
    output: { type: object, properties: { sky: { type: string } } }
    http: { source: weather, path: "/forecast/{city}", query: { format: json } }
  census:
    description: Names of pets, each read by itself.
    input:
      type: object
      properties: { species: { $ref: "#/$defs/Species" }, city: { type: string } }
      $defs: { Species: { type: string, enum: [dog, cat] } }
    output:
      type: object
      properties:
        count: { type: number }
        names: { type: array, items: { type: string } }
        sky: { type: [string, "null"] }
    steps:
      - { id: find, call: listPets, with: { species: "\${args.species}", limit: 5 } }
      - { id: each, call: getPet, forEach: steps.find.items, as: pet, with: { petId: "\${pet.id}" }, onError: skip }
      - { id: sky, call: forecast, when: args.city != null, with: { city: "\${args.city}" } }
    result:
      count: \${length(steps.each)}
      names: ["\${steps.each[0].name}", "and \${length(steps.each)} in all"]
      sky: \${steps.sky.sky}
  getPet: { hidden: true }
  getInventory: { as: resource }
  listOrders: { deprecated: { successor: listPets } }
resources:
  guide: { file: docs/guide.md, title: Guide }
  leak: { file: docs/leak.md }
  hello: { uri: "hello://{who}", text: "Hello \${args.who}!", complete: { who: [Ada, Alan, Bob] } }
  pet:
    uri: shop://pets/{petId}
    tool: getPet
    complete: { petId: { tool: listPets, path: "items[].id" } }
prompts:
  greet:
    description: Greets somebody.
    arguments: { who: { required: true, complete: [Ada, Bob] } }
    messages:
      - { text: "Greet \${args.who}, as here:" }
      - { resource: "hello://\${args.who}" }
`;

let project: EmittedProject;
let recorder: Recorder;

const json = (value: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const pet = (id: number, name: string) => ({ id, name, species: 'dog', status: 'sold' });

const env = () => ({
  PETSTORE_BASE_URL: recorder.origin,
  PETSTORE_API_KEY: 'petkey',
  WEATHER_URL: `${recorder.origin}/w`,
  WEATHER_KEY_FILE: join(project.root, 'key'),
});

beforeAll(async () => {
  recorder = await startRecorder();
  const { manifestVersion: _, ...custom } = parseManifest(MANIFEST, 'mcp.yaml');
  project = await emitProject({
    name: 'offers',
    documents: { petstore: 'fixtures/petstore/openapi.yaml' },
    custom,
  });
  await mkdir(join(project.root, 'docs'));
  await writeFile(join(project.root, 'docs/guide.md'), '# Be kind\n');
  await writeFile(join(project.root, 'key'), 'k3y\n');
  await writeFile(join(project.root, 'docs/leak.md'), 'not yet\n');
}, 120_000);

afterAll(async () => {
  await recorder?.close();
  await project?.remove();
});

it('type-checks, and its own tests pass', { timeout: 120_000 }, async () => {
  expect(await project.typecheck()).toBe('');
  const { output, failures } = await project.ownTests();
  expect(failures).toEqual([]);
  for (const what of [
    'resource://guide is listed, and can be read',
    'shop://pets/{petId} completes petId',
    'greet gives each of its messages',
    'greet completes who',
  ])
    expect(output).toContain(`✔ ${what} `);
  await rm(join(project.root, 'docs/leak.md'));
  await symlink('/etc/hostname', join(project.root, 'docs/leak.md'));
  await rm(join(project.root, 'docs/guide.md'));
  const { output: without } = await project.ownTests();
  expect(without).toContain('docs/guide.md must be a file of this project');
  expect(without).toContain('docs/leak.md must be a file of this project');
  await writeFile(join(project.root, 'docs/guide.md'), '# Be kind\n');
});

it('says in its documents what there is, and which settings it takes', async () => {
  const overview = await readFile(join(project.root, 'TOOLS.md'), 'utf8');
  expect(overview).toContain('steps: listPets, then getPet for each, then forecast');
  expect(overview).not.toContain('### getPet\n');
  expect(overview).toContain('hello://{who}');
  expect(overview).toContain('greet');
  const example = await readFile(join(project.root, '.env.example'), 'utf8');
  expect(example).toContain('WEATHER_KEY');
  expect(example).toContain('/run/secrets/weather_key');
});

it('names at its start what is missing, and the variable of a file that is not there', async () => {
  const { PETSTORE_BASE_URL, PETSTORE_API_KEY, WEATHER_URL } = env();
  const some = { PETSTORE_BASE_URL, PETSTORE_API_KEY, WEATHER_URL };
  const start = (env: Record<string, string>) =>
    run(process.execPath, [project.main, '--stdio'], { env }).catch(
      (error: { code: number; stderr: string }) => error,
    );
  expect(await start({ PETSTORE_API_KEY: 'petkey' })).toMatchObject({
    code: 2,
    stderr:
      'WEATHER_URL is not set: Address of weather\n' +
      'WEATHER_KEY is not set, and there is no /run/secrets/weather_key: Key, sent as X-Key, for weather\n',
  });
  const lenient = { ...some, MISSING_SETTINGS: 'warn' };
  const { client, stderr } = await connectStdio(project, ERAS[0], lenient);
  const { content } = await client.callTool({ name: 'forecast', arguments: { city: 'Rome' } });
  expect(content).toEqual([
    {
      type: 'text',
      text: 'forecast is not configured on this server:\n- Set WEATHER_KEY.',
    },
  ]);
  await vi.waitFor(() => expect(stderr()).toContain('Set WEATHER_KEY. (disables forecast)'));
  await client.close();
  const wrong = { ...some, WEATHER_KEY_FILE: '/nowhere/key' };
  expect(await start(wrong)).toMatchObject({
    code: 2,
    stderr: 'WEATHER_KEY_FILE names a file that is not there\n',
  });
});

const TRANSPORTS = ['stdio', 'http'] as const;
const PAIRS = TRANSPORTS.flatMap((transport, index) => [[transport, ERAS[index]!] as const]);

describe.each(PAIRS)('over %s with a client of %s', (transport, era) => {
  let client: Client;
  let stop: () => Promise<unknown>;
  let stderr: () => string;

  beforeAll(async () => {
    if (transport === 'stdio') {
      const connected = await connectStdio(project, era, env());
      client = connected.client as Client;
      stderr = connected.stderr;
      stop = () => client.close();
      return;
    }
    const server = await startHttp(project, env());
    client = (await connectHttp(era, server.url)) as Client;
    stderr = server.stderr;
    stop = async () => {
      await client.close();
      await server.stop();
    };
  }, 60_000);
  afterAll(() => stop?.());

  it('runs steps, with progress', async () => {
    recorder.take();
    recorder.answerWith([
      json({ items: [pet(1, 'Rex'), pet(2, 'Ada')] }),
      json(pet(1, 'Rex')),
      json({ detail: 'gone' }, 404),
      json({ sky: 'blue' }),
    ]);
    const messages: unknown[] = [];
    const result = await client.callTool(
      { name: 'census', arguments: { species: 'dog', city: 'Rome' } },
      { onprogress: ({ message }) => void messages.push(message) },
    );
    expect(result.structuredContent).toEqual({
      count: 1,
      names: ['Rex', 'and 1 in all'],
      sky: 'blue',
    });
    expect(messages.slice(0, 2)).toEqual(['find done', 'each: 1 of 2']);
    const requests = recorder.take();
    expect(requests.map(({ target }) => target).sort()).toEqual([
      '/pets/1',
      '/pets/2',
      '/pets?species=dog&limit=5',
      '/w/forecast/Rome?format=json',
    ]);
    expect(requests.at(-1)?.headers['x-key']).toBe('k3y');
  });

  it('tells which step failed', async () => {
    recorder.answerWith([json({ detail: 'no' }, 400)]);
    const result = await client.callTool({ name: 'census', arguments: {} });
    expect(result.isError).toBe(true);
    const [{ text }] = result.content as unknown as [{ text: string }];
    expect(text).toMatch(/^Step 1 of 3, find \(listPets\), failed: HTTP 400/);
    expect(text).toMatch(/Nothing had been done before\.\nNot run: each, sky\.$/);
  });

  it('has no hidden tool, and says what is deprecated', async () => {
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toContain('forecast');
    expect(names).not.toContain('getPet');
    expect(names).not.toContain('getInventory');
    expect(tools.find(({ name }) => name === 'listOrders')?.description).toMatch(
      /^Deprecated: use listPets instead\. /,
    );
    await expect(client.callTool({ name: 'getPet', arguments: { petId: 1 } })).rejects.toThrow(
      'Tool getPet not found',
    );
  });

  it('gives texts, files and results of tools to be read', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri, mimeType }) => [uri, mimeType])).toEqual([
      ['petstore://getInventory', undefined],
      ['resource://guide', 'text/markdown'],
      ['resource://leak', 'text/markdown'],
    ]);
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'hello://{who}',
      'shop://pets/{petId}',
    ]);
    const read = async (uri: string) => (await client.readResource({ uri })).contents;
    expect(await read('resource://guide')).toEqual([
      { uri: 'resource://guide', mimeType: 'text/markdown', text: '# Be kind\n' },
    ]);
    expect(await read('hello://A%20da')).toEqual([
      { uri: 'hello://A%20da', mimeType: 'text/plain', text: 'Hello A da!' },
    ]);
    recorder.answerWith([json(pet(7, 'Miep'))]);
    expect(await read('shop://pets/7')).toEqual([
      { uri: 'shop://pets/7', mimeType: 'application/json', text: JSON.stringify(pet(7, 'Miep')) },
    ]);
    await expect(read('resource://leak')).rejects.toThrow('resource://leak');
    await expect(read('shop://pets/x')).rejects.toThrow('petId');
  });

  it('gives prompts, and completes', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts).toEqual([
      {
        name: 'greet',
        description: 'Greets somebody.',
        arguments: [{ name: 'who', required: true }],
      },
    ]);
    const prompt = await client.getPrompt({ name: 'greet', arguments: { who: 'Ada' } });
    expect(prompt.messages).toEqual([
      { role: 'user', content: { type: 'text', text: 'Greet Ada, as here:' } },
      {
        role: 'user',
        content: {
          type: 'resource',
          resource: { uri: 'hello://Ada', mimeType: 'text/plain', text: 'Hello Ada!' },
        },
      },
    ]);
    await expect(client.getPrompt({ name: 'greet' })).rejects.toThrow('needs the argument who');
    const complete = async (ref: object, name: string, value: string) =>
      (await client.complete({ ref, argument: { name, value } } as never)).completion.values;
    expect(await complete({ type: 'ref/prompt', name: 'greet' }, 'who', 'b')).toEqual(['Bob']);
    const template = { type: 'ref/resource', uri: 'hello://{who}' };
    expect(await complete(template, 'who', 'A')).toEqual(['Ada', 'Alan']);
    recorder.answerWith([json({ items: [pet(12, 'Rex'), pet(2, 'Ada')] })]);
    const pets = { type: 'ref/resource', uri: 'shop://pets/{petId}' };
    expect(await complete(pets, 'petId', '1')).toEqual(['12']);
  });

  it('never prints a secret', () => {
    expect(stderr()).not.toContain('k3y');
  });
});
