import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { McpSource } from '../../../src/blueprint/upstream.js';
import { snapshotUpstream } from '../../../src/sources/upstream/snapshot-upstream.js';
import type { Backend } from '../../../templates/src/runtime/backend.js';
import type { Announce } from '../../../templates/src/runtime/changes/live.js';
import { createLink } from '../../../templates/src/runtime/mcp/link.js';
import { mcpBackend } from '../../../templates/src/runtime/mcp/mcp-backend.js';
import { watchUpstream } from '../../../templates/src/runtime/mcp/watch-upstream.js';
import type { McpUpstream } from '../../../templates/src/runtime/mcp/upstream.js';
import type { ServerTool } from '../../../templates/src/runtime/tool.js';
import { readFederation } from '../../federation/support.js';
import { backend, connect, ERAS, put, tool, until } from './support.js';

const SCRIPT = fileURLToPath(new URL('fake-upstream.mjs', import.meta.url));

let folder: string;
let command: string[];
let open: Backend[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'upstream-'));
  command = [process.execPath, SCRIPT, folder];
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map(({ close }) => close()));
  await rm(folder, { recursive: true, force: true });
});

const say = (name: string, text: string) => writeFile(join(folder, name), text);
const unsay = (name: string) => rm(join(folder, name));
const log = () =>
  existsSync(join(folder, 'log'))
    ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n')
    : [];

let first: ReturnType<typeof snapshotUpstream> | undefined;

/** As the generator makes it of what the server lists. */
async function generated(more: Partial<McpUpstream> = {}) {
  const listed = await (first ??= snapshotUpstream({ command }));
  const { blueprint } = await readFederation({
    fake: { connect: [{ command }], listed, whenUnavailable: 'hide' },
  });
  const { upstream } = blueprint.sources[0] as McpSource;
  const tools = blueprint.tools.map((one): ServerTool => ({ ...one, mcp: one.binding }) as never);
  return { listed, upstream: { ...upstream, ...more } as McpUpstream, tools };
}

function serve(upstream: McpUpstream, tools: ServerTool[], env: Record<string, string> = {}) {
  let announce: Announce = () => {};
  const create = mcpBackend({ fake: upstream });
  const one = create({ env, userAgent: 'test/1', announce: (change) => announce(change) });
  open.push(one);
  const made = put([backend({}), one], [tool('own'), ...tools], 'stdio');
  announce = made.live.announce;
  return { made, one };
}

describe.each([
  ['2026-07-28', undefined],
  ['2025-11-25', true],
] as const)('resources of an upstream of %s', (version, handshake) => {
  test.each(ERAS)('that change are passed on to a client of %s', async (era) => {
    const { listed, upstream, tools } = await generated();
    expect(listed.server.subscribe).toBe(true);
    const { handshake: _, whenUnavailable: __, ...rest } = upstream;
    const from = { ...rest, uriPrefix: 'up+', ...(handshake && { handshake }) } as McpUpstream;
    const { made } = serve(from, tools);
    const { heard, listen, close, client } = await connect(era, made, 'stdio');
    expect(client.getServerCapabilities()?.resources).toEqual({ subscribe: true });
    const end = await listen(['up+fake://one']);
    await say('updated', 'fake://two');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await say('updated', 'fake://one');
    await until(() => heard.length > 0);
    expect(heard).toEqual(['up+fake://one']);
    await end();
    if (version === '2025-11-25') {
      await until(() => log().length > 1);
      expect(log()).toEqual(['resources/subscribe fake://one', 'resources/unsubscribe fake://one']);
    }
    await close();
  });

  test('are listened to again when the connection was lost, and may have changed meanwhile', async () => {
    const { upstream } = await generated(handshake ? { handshake } : {});
    const link = createLink(upstream, {}, 'test/1');
    const updated: number[] = [];
    const { ready, stop } = watchUpstream(link, 50)('fake://one', () => void updated.push(1));
    await ready;
    expect(updated).toEqual([]);
    await say('down', '');
    await until(() => link.health() === 'down');
    await unsay('down');
    await until(() => updated.length > 0);
    await say('updated', 'fake://one');
    await until(() => updated.length > 1);
    stop();
    await link.close();
  });
});

test('an upstream that tells of no changes is not watched', async () => {
  const { upstream, tools } = await generated();
  const { subscribe: _, ...deaf } = upstream;
  const { made } = serve(deaf, tools);
  expect(made.live.watching).toBeUndefined();
});

test.each([
  ['2026-07-28', {}],
  ['2025-11-25', { handshake: true }],
] as const)(
  'a tool of an upstream of %s is refused as soon as it says that it changed',
  async (_, era) => {
    const { upstream, tools } = await generated();
    const { handshake: __, whenUnavailable: ___, ...rest } = upstream;
    const { one } = serve({ ...rest, ...era }, tools);
    const { signal } = new AbortController();
    const said = async () => JSON.stringify((await one.call(tools[0]!, {}, signal)).result.content);
    expect(await said()).toContain('echoed');
    // Listening has begun by then.
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await said()).toContain('echoed');
    await say('suffix', ' more');
    await until(async () => (await said()).includes('fake describes it otherwise than before'));
    await unsay('suffix');
    await until(async () => (await said()).includes('echoed'));
  },
);

describe('tools of an upstream that comes and goes', () => {
  const env = { AVAILABILITY_CHECK_MS: '100' };

  test.each(ERAS)(
    'are listed while it is there, and announced to a client of %s',
    async (era) => {
      const { upstream, tools } = await generated();
      await say('down', '');
      const { made, one } = serve(upstream, tools, env);
      await one.begin?.();
      const { client, heard, listen, close } = await connect(era, made, 'stdio');
      await listen();
      const seen = async () => [
        (await client.listTools()).tools.map(({ name }) => name),
        (await client.listResources()).resources.map(({ uri }) => uri),
      ];
      expect(await seen()).toEqual([['own'], []]);
      await unsay('down');
      await until(() => heard.length === 3);
      expect([...heard].sort()).toEqual(['prompts', 'resources', 'tools']);
      expect(await seen()).toEqual([
        ['own', 'echo'],
        ['fake://one', 'fake://two'],
      ]);
      const { content } = await client.callTool({ name: 'echo', arguments: {} });
      expect(content).toEqual([{ type: 'text', text: 'echoed' }]);
      await say('down', '');
      await until(() => heard.length === 6);
      expect(await seen()).toEqual([['own'], []]);
      await close();
    },
    20_000,
  );

  test('are listed at once where it is there at first', async () => {
    const { upstream, tools } = await generated();
    const { made, one } = serve(upstream, tools, env);
    expect(made.live.catalogue.toolList.map(({ name }) => name)).toEqual(['own']);
    await one.begin?.();
    expect(made.live.catalogue.toolList.map(({ name }) => name)).toEqual(['own', 'echo']);
  });

  test('are always listed unless mcp.yaml says otherwise, and nothing is asked', async () => {
    const { upstream, tools } = await generated();
    const { whenUnavailable: _, ...plain } = upstream;
    await say('down', '');
    const { made, one } = serve(plain, tools, env);
    expect(one.begin).toBeUndefined();
    expect(made.live.lists.size).toBe(0);
    expect(made.live.catalogue.toolList.map(({ name }) => name)).toEqual(['own', 'echo']);
  });

  test('that are described otherwise than pinned are refused, also when they come back', async () => {
    const { upstream, tools } = await generated();
    const pins = { ...upstream.pins, 'tool:echo': 'another' };
    const { made, one } = serve({ ...upstream, pins }, tools, env);
    await one.begin?.();
    const { client, close } = await connect('v2 on 2026-07-28', made, 'stdio');
    const { content, isError } = await client.callTool({ name: 'echo', arguments: {} });
    expect(isError).toBe(true);
    expect(JSON.stringify(content)).toContain('echo was not called: fake describes it otherwise');
    await close();
  });
});
