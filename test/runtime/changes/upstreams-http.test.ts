import { afterEach, beforeEach, expect, test } from 'vitest';
import type { McpSource } from '../../../src/blueprint/upstream.js';
import { snapshotUpstream } from '../../../src/sources/upstream/snapshot-upstream.js';
import type { Backend } from '../../../templates/src/runtime/backend.js';
import type { Announce } from '../../../templates/src/runtime/changes/live.js';
import { mcpBackend } from '../../../templates/src/runtime/mcp/mcp-backend.js';
import type { ServerTool } from '../../../templates/src/runtime/tool.js';
import { httpUpstream, type HttpUpstream } from '../../federation/http-upstream.js';
import { readFederation } from '../../federation/support.js';
import { connect, ERAS, put, tool, until } from './support.js';

let first: HttpUpstream;
let second: HttpUpstream;
let open: Backend[];

beforeEach(async () => {
  open = [];
  [first, second] = [await httpUpstream('first'), await httpUpstream('second')];
});
afterEach(async () => {
  await Promise.all(open.map(({ close }) => close()));
  await Promise.all([first.stop(), second.stop()]);
});

/** In front of servers of which each stands in for the one before, as the generator makes it of what the first lists. */
async function inFront(...upstreams: HttpUpstream[]) {
  const listed = await snapshotUpstream({ url: first.url });
  const connections = upstreams.map(({ url }) => ({ url }));
  const { blueprint } = await readFederation({
    fake: { connect: connections, listed, whenUnavailable: 'hide' },
  });
  const { upstream } = blueprint.sources[0] as McpSource;
  const tools = blueprint.tools.map((one): ServerTool => ({ ...one, mcp: one.binding }) as never);
  let announce: Announce = () => {};
  const one = mcpBackend({ fake: upstream })({
    ...{ env: { AVAILABILITY_CHECK_MS: '100' }, userAgent: 'test/1' },
    announce: (change) => announce(change),
  });
  open.push(one);
  const made = put([one], [tool('own'), ...tools], 'http');
  announce = made.live.announce;
  return { made, one, echo: tools.find(({ name }) => name === 'echo')! };
}

const namesOf = ({ made }: Awaited<ReturnType<typeof inFront>>) =>
  made.live.catalogue.toolList.map(({ name }) => name);
const ALL = ['own', 'echo', 'hang', 'steps'];

// Clients of before 2026-07-28 hear of nothing over HTTP; their lists are right all the same.
test.each(ERAS)(
  'tools of an upstream over HTTP come and go, over HTTP to a client of %s',
  async (era) => {
    const front = await inFront(first);
    await first.stop();
    await front.one.begin?.();
    const { client, heard, listen, close } = await connect(era, front.made, 'http');
    const hears = era === 'v2 on 2026-07-28';
    if (hears) await listen();
    const seen = async () => (await client.listTools()).tools.map(({ name }) => name);
    const sees = (names: string[]) => until(() => namesOf(front).join() === names.join());
    expect(await seen()).toEqual(['own']);
    await first.start();
    await sees(ALL);
    // A client may show what it knows for some seconds, until it is told.
    if (hears) await until(() => heard.length === 3);
    expect(await seen()).toEqual(ALL);
    expect((await client.listResources()).resources.map(({ uri }) => uri)).toEqual(['fake://one']);
    const { content } = await client.callTool({ name: 'echo', arguments: {} });
    expect(content).toEqual([{ type: 'text', text: 'first' }]);
    await first.stop();
    await sees(['own']);
    if (hears) await until(() => heard.length === 6);
    expect(await seen()).toEqual(['own']);
    expect((await client.listResources()).resources).toEqual([]);
    expect([...new Set(heard)].sort()).toEqual(hears ? ['prompts', 'resources', 'tools'] : []);
    await close();
    await first.start();
  },
  30_000,
);

test('tools stay while one server stands in for another, and go with the last', async () => {
  const front = await inFront(first, second);
  await front.one.begin?.();
  expect(namesOf(front)).toEqual(ALL);
  const { signal } = new AbortController();
  const said = async () => JSON.stringify((await front.one.call(front.echo, {}, signal)).result);
  expect(await said()).toContain('"first"');
  await first.stop();
  await until(async () => (await said()).includes('"second"'));
  // As many looks as it takes for one to be taken for gone.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(namesOf(front)).toEqual(ALL);
  await second.stop();
  await until(() => namesOf(front).length === 1);
  expect(await said()).toContain('The MCP server fake cannot be reached');
  await first.start();
  await until(() => namesOf(front).join() === ALL.join());
  expect(await said()).toContain('"first"');
  await second.start();
}, 30_000);
