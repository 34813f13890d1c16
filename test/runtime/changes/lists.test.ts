import { describe, expect, test } from 'vitest';
import type { Backend } from '../../../templates/src/runtime/backend.js';
import { backend, connect, ERAS, put, tool, until } from './support.js';

/** Some tools can be hidden. */
function switching(): { parts: Backend; hidden: Set<string> } {
  const hidden = new Set<string>();
  const shows: Backend['shows'] = ({ name }) => !hidden.has(name);
  return { parts: backend({ changing: ['tools'], shows }), hidden };
}

const TOOLS = [tool('b'), tool('a'), tool('c')];
const names = async ({ listTools }: { listTools: () => Promise<{ tools: { name: string }[] }> }) =>
  (await listTools()).tools.map(({ name }) => name);

describe.each(ERAS)('a list of tools that changes, with a client of %s', (era) => {
  test('over stdio it is announced, and the new one listed in the same order', async () => {
    const { parts, hidden } = switching();
    const server = put([parts], TOOLS, 'stdio');
    const { client, heard, listen, close } = await connect(era, server, 'stdio');
    expect(client.getServerCapabilities()?.tools).toEqual({ listChanged: true });
    await listen();
    const list = () => client.listTools();
    expect(await names({ listTools: list })).toEqual(['b', 'a', 'c']);
    hidden.add('a');
    server.live.announce('tools');
    await until(() => heard.length > 0);
    expect(heard).toEqual(['tools']);
    expect(await names({ listTools: list })).toEqual(['b', 'c']);
    hidden.clear();
    server.live.announce('tools');
    await until(() => heard.length > 1);
    expect(await names({ listTools: list })).toEqual(['b', 'a', 'c']);
    await close();
  });

  test('over HTTP it is announced to those who can hold a stream, and promised to them alone', async () => {
    const { parts, hidden } = switching();
    const server = put([parts], TOOLS, 'http');
    const { client, heard, listen, close } = await connect(era, server, 'http');
    const isModern = era === 'v2 on 2026-07-28';
    expect(client.getServerCapabilities()?.tools).toEqual(isModern ? { listChanged: true } : {});
    if (isModern) await listen();
    hidden.add('a');
    server.live.announce('tools');
    if (isModern) await until(() => heard.length > 0);
    expect(heard).toEqual(isModern ? ['tools'] : []);
    const { tools } = await client.listTools({}, { cacheMode: 'refresh' });
    expect(tools.map(({ name }) => name)).toEqual(['b', 'c']);
    await close();
  });
});

describe('what is not there to change', () => {
  test.each(ERAS)('promises nothing and says nothing (%s)', async (era) => {
    const server = put([backend({})], TOOLS, 'stdio');
    const { client, heard, close } = await connect(era, server, 'stdio');
    expect(client.getServerCapabilities()).toMatchObject({ tools: {}, resources: {}, prompts: {} });
    expect(JSON.stringify(client.getServerCapabilities())).not.toMatch(/listChanged|subscribe/);
    server.live.announce('tools');
    await client.listTools();
    expect(heard).toEqual([]);
    await close();
  });

  test('is announced once: a list that stays as it was is not', async () => {
    const { parts, hidden } = switching();
    const { live } = put([parts], TOOLS, 'stdio');
    const events: string[] = [];
    live.bus.subscribe(({ kind }) => void events.push(kind));
    live.announce('tools');
    hidden.add('a');
    live.announce('tools');
    live.announce('tools');
    expect(events).toEqual(['tools_list_changed']);
  });
});

describe('the list', () => {
  test('is one frozen list until it changes', () => {
    const { parts, hidden } = switching();
    const { live } = put([parts], TOOLS, 'stdio');
    const first = live.catalogue.toolList;
    expect(Object.isFrozen(first)).toBe(true);
    expect(live.catalogue.toolList).toBe(first);
    hidden.add('a');
    expect(live.catalogue.toolList).toBe(first);
    live.announce('tools');
    expect(live.catalogue.toolList).not.toBe(first);
    expect(live.catalogue.toolList.map(({ name }) => name)).toEqual(['b', 'c']);
  });

  test('may be kept for a short time over HTTP, and for none over stdio', () => {
    const { parts } = switching();
    const hints = (transport: 'stdio' | 'http') =>
      put([parts], TOOLS, transport).live.catalogue.cacheHints;
    expect(hints('http')).toEqual({ 'tools/list': { ttlMs: 5_000, cacheScope: 'public' } });
    expect(hints('stdio')).toEqual({ 'tools/list': { ttlMs: 0, cacheScope: 'private' } });
  });
});
