import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { emitProject, type EmittedProject } from '../support/emitted-project.js';
import { connectStdio, type AnyClient } from '../support/emitted-server.js';
import { lintToolList } from '../../bench/support/lint-tool-list.mjs';
import { startRecorder, type Recorder } from '../wire/recorder.js';
import { custom, edited } from './files.js';

let project: EmittedProject;
let recorder: Recorder;
let client: AnyClient;
let stderr: () => string;

const env = () => ({
  PETSTORE_BASE_URL: recorder.origin,
  PETSTORE_API_KEY: 'key',
  PETSTORE_STAFF_TOKEN: 'token',
});

const json = (value: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** The log comes on a way of its own, and may come later than the answer. */
const logged = (text: string) => vi.waitFor(() => expect(stderr()).toContain(text));

async function call(name: string, args: Record<string, unknown> = {}) {
  const result = await client.callTool({ name, arguments: args });
  const text = (result.content as { text: string }[]).map((part) => part.text).join('\n');
  return { ...result, text };
}

beforeAll(async () => {
  recorder = await startRecorder();
  project = await emitProject({
    name: 'custom',
    documents: { petstore: 'fixtures/petstore/openapi.yaml' },
    custom,
  });
}, 120_000);
afterAll(async () => {
  await recorder?.close();
  await project?.remove();
});
beforeEach(() => {
  recorder.take();
  recorder.answerWith([]);
});

describe('as it is first written', () => {
  beforeAll(async () => {
    ({ client, stderr } = await connectStdio(project, 'v2 on 2026-07-28', env()));
  });
  afterAll(() => client.close());

  it('type-checks, and its own tests pass', { timeout: 120_000 }, async () => {
    expect(await project.typecheck()).toBe('');
    const { output, failures } = await project.ownTests();
    expect(failures).toEqual([]);
    for (const name of ['listPets', 'addPet', 'quote', 'later']) {
      expect(output).toMatch(new RegExp(`^▶ ${name}$`, 'm'));
    }
  });

  it('lists other names and texts, the new tools, and not what is hidden', async () => {
    const { tools } = await client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toContain('quote');
    expect(names).not.toContain('removePet');
    expect(names).not.toContain('getPet');
    expect(tools.find(({ name }) => name === 'fetchPet')).toMatchObject({
      title: 'Fetch a pet',
      description: 'Reads one pet.',
      annotations: { readOnlyHint: true },
    });
    expect(lintToolList(tools)).toEqual([]);
  });

  it('an override that nobody has written to behaves as the request does', async () => {
    recorder.answerWith([json({ id: 5, name: 'Ada' }, 201), json({ detail: 'no' }, 400)]);
    const args = { name: 'Ada', species: 'dog' };
    const first = await call('addPet', args);
    expect(first.isError).toBeUndefined();
    expect(first.structuredContent).toEqual({ id: 5, name: 'Ada' });
    expect(first.text).toBe('{"id":5,"name":"Ada"}');
    const second = await call('addPet', args);
    expect(second.isError).toBe(true);
    expect(second.text).toContain('HTTP 400');
    const [request] = recorder.take();
    expect(request).toMatchObject({ method: 'POST', target: '/pets' });
    expect(JSON.parse(String(request?.body))).toEqual(args);
  });

  it('arguments are checked before a handler sees them', async () => {
    const result = await call('addPet', { name: 'Ada', species: 'dragon' });
    expect(result.text).toContain('/species');
    expect((await call('quote', { pieces: 1 })).text).toContain('petId');
    expect((await call('later', { more: 1 })).text).toContain('more');
    expect(recorder.take()).toEqual([]);
  });

  it('a tool that is not written says so', async () => {
    const result = await call('later');
    expect(result.isError).toBe(true);
    expect(result.text).toBe('later is not written yet: see src/handlers/later.ts.');
  });

  it('start-up says which tools have handlers', async () => {
    await logged('tools with handlers tools="addPet, later, listPets, quote"');
    await logged('hooks around requests hooks="onRequest, onResponse"');
  });
});

describe('after the user has worked on it', () => {
  beforeAll(async () => {
    for (const [path, text] of Object.entries(edited)) {
      expect(existsSync(join(project.root, path))).toBe(true);
      await writeFile(join(project.root, path), text);
    }
    expect(await project.typecheck('tsconfig.build.json')).toBe('');
    ({ client, stderr } = await connectStdio(project, 'v2 on 2025-11-25', env()));
  }, 60_000);
  afterAll(() => client.close());

  it('an override changes arguments and result', async () => {
    const page = {
      items: [{ id: 1, name: 'Rex', species: 'dog', status: 'sold' }],
      nextCursor: null,
    };
    recorder.answerWith([json(page)]);
    const result = await call('listPets', { species: 'dog' });
    expect(result.text).toBe('REX');
    expect(result.isError).toBeUndefined();
    expect(recorder.take()[0]?.target).toBe('/pets?species=dog&limit=3&traced=1');
  });

  it('a failed request of an override is told as ever', async () => {
    recorder.answerWith([json({ detail: 'unknown species' }, 422)]);
    const result = await call('listPets', { species: 'dog' });
    expect(result.isError).toBe(true);
    expect(result.text).toContain('HTTP 422');
    expect(result.text).toContain('unknown species');
  });

  it('a tool written by hand calls another one', async () => {
    recorder.answerWith([json({ id: 7, name: 'Miep', species: 'cat', status: 'sold' })]);
    const result = await call('quote', { petId: 7, pieces: 2 });
    expect(result.structuredContent).toEqual({ price: 20, of: 'Miep' });
    expect(result.text).toBe('{"price":20,"of":"Miep"}');
    expect(recorder.take()[0]?.target).toBe('/pets/7?traced=1');
  });

  it('errors: what the caller can mend word for word, of others an id', async () => {
    const mend = await call('quote', { petId: 7, pieces: 10 });
    expect([mend.isError, mend.text]).toEqual([true, 'At most 9 pieces: split the order.']);
    const bug = await call('quote', { petId: 13 });
    const [, id] = /under ([0-9a-f-]{36})\.$/.exec(bug.text) ?? [];
    expect(bug.text).toBe(`Internal error in quote. The server's log has the details under ${id}.`);
    await logged('secret detail');
    await logged(`id="${id}"`);
  });

  it('a result that breaks the output schema is the fault of the server', async () => {
    expect((await call('quote', { petId: 14 })).text).toMatch(/^Internal error in quote\./);
    await logged('the result breaks the output schema');
  });

  it('hooks see and change every attempt', async () => {
    recorder.answerWith([{ status: 503 }, json({ detail: 'gone' }, 404)]);
    const result = await call('getOrder', { orderId: '12' });
    expect(result.structuredContent).toEqual({ id: 0, note: 'none' });
    const signed = recorder.take().map(({ target, headers }) => [target, headers['x-signed']]);
    expect(signed).toEqual([
      ['/orders/12?traced=1', 'GET getOrder 1 0'],
      ['/orders/12?traced=1', 'GET getOrder 2 0'],
    ]);
  });

  it('hooks see bodies as bytes', async () => {
    recorder.answerWith([json({ id: 5, name: 'Ä' }, 201)]);
    await call('addPet', { name: 'Ä', species: 'dog' });
    const [request] = recorder.take();
    const { length } = Buffer.from('{"name":"Ä","species":"dog"}');
    expect(request?.headers['x-signed']).toBe(`POST addPet 1 ${length}`);
    expect(request?.body).toHaveLength(length);
  });

  it('a hook refuses a call, and its bugs are not told', async () => {
    const closed = await call('getInventory');
    expect([closed.isError, closed.text]).toEqual([true, 'The shop is closed.']);
    const bug = await call('getOrder', { orderId: '77' });
    expect(bug.isError).toBe(true);
    expect(bug.text).toContain('failed because of an error in this server');
    expect(bug.text).not.toContain('hook detail');
    await logged('hook detail');
    expect(recorder.take()).toEqual([]);
  });

  it('has the files that the manifest names, and says so in TOOLS.md', async () => {
    const overview = await readFile(join(project.root, 'TOOLS.md'), 'utf8');
    expect(overview).toContain('`src/handlers/list-pets.ts instead of GET /pets`');
    expect(overview).toContain('`src/handlers/shop/quote.ts`');
  });
});
