import { afterEach, describe, expect, test } from 'vitest';
import type { Client } from '@modelcontextprotocol/client';
import type { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { createCatalogue } from '../../../templates/src/runtime/catalogue.js';
import { createServerFactory } from '../../../templates/src/runtime/serve/create-server.js';
import type { PromptProvider } from '../../../templates/src/runtime/prompts.js';
import { connectHttp, connectStdio, ERAS, listen, SERVER, TOOLS, type Era } from './support.js';

const greet: PromptProvider = {
  prompts: [{ name: 'greet', arguments: [{ name: 'who', required: true }] }],
  get: (name, { who }) =>
    name === 'greet'
      ? { messages: [{ role: 'user', content: { type: 'text', text: `Hello ${who}` } }] }
      : undefined,
  complete: (name, { name: argument, value }) =>
    name === 'greet'
      ? ['Ada', 'Bob'].filter((one) => argument === 'who' && one.startsWith(value))
      : undefined,
};
const other: PromptProvider = { prompts: [{ name: 'plain' }], get: () => undefined };

const factory = createServerFactory(
  SERVER,
  createCatalogue(TOOLS, [], [other, greet]),
  async (tool, _args, _signal, { progress } = {}) => {
    progress?.({ progress: 1, total: 3, message: 'one' });
    progress?.({ progress: 1, total: 3, message: 'again' });
    progress?.({ progress: 2, total: 3 });
    return { content: [{ type: 'text', text: `${tool.name} ${progress !== undefined}` }] };
  },
);

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close();
});

async function connect(transport: 'stdio' | 'http', era: Era): Promise<Client> {
  if (transport === 'stdio') {
    const { client, listener } = await connectStdio(era, factory);
    cleanUp.push(
      () => listener.close(100),
      () => client.close(),
    );
    return client as Client;
  }
  const listener = await listen(factory);
  const client = await connectHttp(era, listener.url);
  cleanUp.push(
    () => listener.close(100),
    () => client.close(),
  );
  return client as Client;
}

const PAIRS = (['stdio', 'http'] as const).flatMap((transport) =>
  ERAS.map((era) => [transport, era] as const),
);

describe.each(PAIRS)('over %s with a client of %s', (transport, era) => {
  test('prompts of all providers are listed, given and completed', async () => {
    const client = await connect(transport, era);
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual([
      'plain',
      'greet',
    ]);
    expect(await client.getPrompt({ name: 'greet', arguments: { who: 'Ada' } })).toMatchObject({
      messages: [{ role: 'user', content: { type: 'text', text: 'Hello Ada' } }],
    });
    const ref = { type: 'ref/prompt', name: 'greet' } as const;
    const found = await client.complete({ ref, argument: { name: 'who', value: 'B' } });
    expect(found.completion).toEqual({ values: ['Bob'], total: 1, hasMore: false });
    await expect(client.getPrompt({ name: 'gret' })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('Prompt gret not found; did you mean greet?'),
    });
    const plain = {
      ref: { type: 'ref/prompt', name: 'plain' },
      argument: { name: 'a', value: '' },
    };
    await expect(client.complete(plain as never)).rejects.toMatchObject({ code: -32602 });
  });

  test('progress reaches who asks for it, and grows', async () => {
    const client = await connect(transport, era);
    const seen: unknown[] = [];
    const call = { name: 'add_pet', arguments: {} };
    const onprogress = (report: unknown) => void seen.push(report);
    // The first generation of clients has the schema of the result in between.
    const asked = { onprogress } as never;
    const result = await (era === 'v1'
      ? (client as unknown as V1Client).callTool(call, undefined, asked)
      : client.callTool(call, { onprogress }));
    expect(result.content).toEqual([{ type: 'text', text: 'add_pet true' }]);
    expect(seen).toEqual([
      { progress: 1, total: 3, message: 'one' },
      { progress: 2, total: 3 },
    ]);
    const silent = await client.callTool(call);
    expect(silent.content).toEqual([{ type: 'text', text: 'add_pet false' }]);
  });
});
