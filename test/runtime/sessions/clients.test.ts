import { afterEach, describe, expect, test } from 'vitest';
import { backend, tool as plain, until } from '../changes/support.js';
import { toolOf } from '../handler/support.js';
import { caller, quietLog, startUpstream } from '../http/support.js';
import { connectHttp, gate } from '../serve/support.js';
import { connectOld, OLD, serve, type Parts } from './support.js';

const URI = 'shop://stock';
let closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

async function start(parts: Parts) {
  const server = await serve(parts);
  closing.push(() => server.close(1_000));
  return server;
}

async function connected(kind: (typeof OLD)[number], url: string) {
  const made = await connectOld(kind, url);
  closing.push(() => made.client.close());
  return made;
}

describe.each(OLD)('with a session a client of %s', (kind) => {
  test('is asked during a call: its user, its model, its folders', async () => {
    const asks = toolOf('asks', async (_, { ask }) => {
      const schema = { type: 'object', properties: { name: { type: 'string' } } } as const;
      const user = await ask.user('who', { message: 'Who are you?', schema });
      const text = { type: 'text', text: 'The capital?' } as const;
      const { content } = await ask.model('city', {
        messages: [{ role: 'user', content: text }],
        maxTokens: 10,
      });
      const [root] = await ask.roots('where');
      return JSON.stringify([user, content, root?.uri]);
    });
    const { url } = await start({ tools: [asks] });
    const { client, transport } = await connected(kind, url);
    expect(transport.sessionId).toMatch(/^[\w-]{43}$/);
    const { content } = await client.callTool({ name: 'asks', arguments: {} });
    const answers = JSON.parse((content[0] as { text: string }).text);
    expect(answers).toEqual([
      { action: 'accept', content: { name: 'Ada' } },
      { type: 'text', text: 'Paris' },
      'file:///work',
    ]);
  });

  test('is told how far a call is, and what it says from the level on that was asked for', async () => {
    const tells = toolOf('tells', (_, { tell, progress }) => {
      tell('debug', 'small');
      tell('error', 'large');
      progress({ progress: 1, total: 2 });
      return 'done';
    });
    const { url } = await start({ tools: [tells] });
    const [one, other] = [await connected(kind, url), await connected(kind, url)];
    await one.client.setLoggingLevel('error');
    await other.client.setLoggingLevel('debug');
    const reports: unknown[] = [];
    const call = { name: 'tells', arguments: {} };
    const onprogress = (report: unknown) => void reports.push(report);
    if (kind === 'v1') await (one.client as never as V1).callTool(call, undefined, { onprogress });
    else await one.client.callTool(call, { onprogress });
    await other.client.callTool(call);
    expect(reports).toEqual([{ progress: 1, total: 2 }]);
    expect([one.told, other.told]).toEqual([['large'], ['small', 'large']]);
  });

  test('hears that lists change, and of the resources that it subscribed to', async () => {
    let isOn = true;
    let updated = () => {};
    let stopped = 0;
    const { url, live } = await start({
      tools: [plain('stays'), plain('goes')],
      backends: [
        backend({
          changing: ['tools'],
          shows: ({ name }) => name !== 'goes' || isOn,
          resources: {
            resources: [{ uri: URI, name: 'stock' }],
            templates: [],
            read: (uri) => (uri === URI ? [{ uri, text: '' }] : undefined),
            watch: (uri, changed) => {
              if (uri !== URI) return undefined;
              updated = changed;
              return { ready: Promise.resolve(), stop: () => (stopped += 1) };
            },
          },
        }),
      ],
    });
    const { client, told } = await connected(kind, url);
    const { told: others } = await connected(kind, url);
    expect(client.getServerCapabilities()).toMatchObject({
      tools: { listChanged: true },
      resources: { subscribe: true },
    });
    await client.subscribeResource({ uri: URI });
    await expect(client.subscribeResource({ uri: 'shop://none' })).rejects.toThrow();
    updated();
    await until(() => told.length === 1);
    isOn = false;
    live.announce('tools');
    await until(() => told.length === 2 && others.length === 1);
    expect([told, others]).toEqual([[URI, 'tools'], ['tools']]);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['stays']);
    await client.unsubscribeResource({ uri: URI });
    expect(stopped).toBe(1);
  });

  test('has the request to the API behind a call stopped when it cancels the call', async () => {
    quietLog();
    const begun = gate();
    const upstream = await startUpstream(() => begun.open());
    const probe = caller(upstream.url);
    const calls = backend({
      serves: () => true,
      call: async (_, args, signal) => ({
        ...{ result: await probe.call(args, signal), data: () => undefined },
      }),
    });
    const { url } = await start({ tools: [probe.tool], backends: [calls] });
    const { client } = await connected(kind, url);
    const abort = new AbortController();
    const call = { name: 'probe', arguments: {} };
    const { signal } = abort;
    const answer =
      kind === 'v1'
        ? (client as never as V1).callTool(call, undefined, { signal })
        : client.callTool(call, { signal });
    answer.catch(() => {});
    await begun.opened;
    abort.abort();
    await expect(answer).rejects.toThrow();
    await upstream.aborted;
    expect(await client.listTools()).toMatchObject({ tools: [{ name: 'probe' }] });
  });

  test('ends it, and is not known by it any more', async () => {
    const { url } = await start({ tools: [toolOf('one', () => 'done')] });
    const { client, transport } = await connected(kind, url);
    await client.listTools();
    await transport.terminateSession();
    expect(transport.sessionId).toBeUndefined();
    await expect(client.listTools()).rejects.toThrow();
  });
});

type V1 = {
  callTool: (call: object, schema: undefined, options: object) => Promise<unknown>;
};

test('clients of 2026-07-28 have no session on the same endpoint', async () => {
  const { url } = await start({ tools: [toolOf('one', () => 'done')], facts: { max: 1 } });
  await connected('v1', url);
  for (let times = 0; times < 3; times += 1) {
    const client = await connectHttp('v2 on 2026-07-28', url);
    const { content } = await client.callTool({ name: 'one', arguments: {} });
    expect(content).toEqual([{ type: 'text', text: 'done' }]);
    await client.close();
  }
});
