import { describe, expect, test } from 'vitest';
import { toolsetsBackend } from '../../../templates/src/runtime/toolsets/toolsets-backend.js';
import type { TransportName } from '../../../templates/src/runtime/catalogue.js';
import type { Announce } from '../../../templates/src/runtime/changes/live.js';
import { backend, connect, ERAS, put, tool, until } from './support.js';

const TOOLSETS = [
  { name: 'admin', description: 'Deletes things', enabled: false, tools: ['drop', 'both'] },
  { name: 'reports', description: 'Counts things', enabled: true, tools: ['count'] },
  { name: 'night', description: 'For the night', enabled: false, tools: ['both'] },
];
const TOOLS = [tool('both'), tool('count'), tool('drop'), tool('free')];

/** Everything that is called answers with its name. */
const answering = backend({
  serves: ({ name }) => name !== 'toolsets',
  call: async ({ name }) => ({
    result: { content: [{ type: 'text', text: `called ${name}` }] },
    data: () => name,
  }),
});

function server(transport: TransportName, env: Record<string, string> = {}) {
  let announce: Announce = () => {};
  const create = toolsetsBackend(TOOLSETS);
  const sets = create({
    ...{ env, userAgent: 'test/1', transport },
    announce: (change) => announce(change),
  });
  const made = put([answering, sets], TOOLS, transport);
  announce = made.live.announce;
  return made;
}

describe.each(ERAS)('toolsets over stdio, with a client of %s', (era) => {
  test('are switched by a tool, and the list is announced', async () => {
    const { client, heard, listen, close } = await connect(era, server('stdio'), 'stdio');
    await listen();
    const names = async () => (await client.listTools()).tools.map(({ name }) => name);
    const call = async (name: string, args = {}) => {
      const { content, isError } = await client.callTool({ name, arguments: args });
      return { text: (content as { text: string }[])[0]?.text, isError: isError === true };
    };
    expect(await names()).toEqual(['count', 'free', 'toolsets']);
    expect(await call('drop')).toEqual({
      text: 'drop was not called: it belongs to the toolset admin, which is off. Call toolsets with {"enable":["admin"]} first.',
      isError: true,
    });
    expect((await call('both')).text).toBe(
      'both was not called: it belongs to the toolsets admin, night, which are off. Call toolsets with {"enable":["admin"]} first.',
    );
    const said = await call('toolsets', { enable: ['admin'] });
    expect(JSON.parse(said.text ?? '')).toEqual({
      toolsets: TOOLSETS.map((one) => ({ ...one, enabled: one.name !== 'night' })),
    });
    await until(() => heard.length > 0);
    expect(heard).toEqual(['tools']);
    expect(await names()).toEqual(['both', 'count', 'drop', 'free', 'toolsets']);
    expect(await call('drop')).toEqual({ text: 'called drop', isError: false });
    await call('toolsets', { disable: ['admin', 'reports'], enable: ['night'] });
    await until(() => heard.length > 1);
    expect(await names()).toEqual(['both', 'free', 'toolsets']);
    expect((await call('count')).isError).toBe(true);
    // What stays as it is is not announced.
    await call('toolsets', { enable: ['night'] });
    await call('toolsets');
    expect(heard).toEqual(['tools', 'tools']);
    await close();
  });

  test('wrong names and contradictions change nothing', async () => {
    const { client, heard, close } = await connect(era, server('stdio'), 'stdio');
    const call = (args: object) => client.callTool({ name: 'toolsets', arguments: { ...args } });
    for (const args of [{ enable: ['admn'] }, { enable: ['admin'], disable: ['admin'] }]) {
      expect((await call(args)).isError).toBe(true);
    }
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['count', 'free', 'toolsets']);
    expect(heard).toEqual([]);
    await close();
  });
});

describe.each(ERAS)('toolsets over HTTP, with a client of %s', (era) => {
  test.each([
    [{}, ['count', 'free']],
    [{ MCP_TOOLSETS: 'admin' }, ['both', 'drop', 'free']],
    [{ MCP_TOOLSETS: 'night, reports' }, ['both', 'count', 'free']],
    [{ MCP_TOOLSETS: 'all' }, ['both', 'count', 'drop', 'free']],
    [{ MCP_TOOLSETS: 'none' }, ['free']],
  ])('are those of the environment: %o', async (env, expected) => {
    const { client, close } = await connect(era, server('http', env), 'http');
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(expected);
    expect(client.getServerCapabilities()?.tools).toEqual({});
    await close();
  });

  test('nobody switches them, and calls say who can', async () => {
    const { client, close } = await connect(era, server('http'), 'http');
    const { content, isError } = await client.callTool({ name: 'drop', arguments: {} });
    expect({ content, isError }).toEqual({
      content: [
        {
          type: 'text',
          text: 'drop was not called: it belongs to the toolset admin, which is off. Whoever runs this server switches it on with MCP_TOOLSETS.',
        },
      ],
      isError: true,
    });
    await expect(client.callTool({ name: 'toolsets', arguments: {} })).rejects.toThrow('not found');
    await close();
  });
});

test('MCP_TOOLSETS with a name that is none is refused at start', () => {
  expect(() => server('http', { MCP_TOOLSETS: 'admn' })).toThrow(
    'MCP_TOOLSETS must be all, none, or some of admin, reports, night, not "admn"; did you mean admin?',
  );
});
