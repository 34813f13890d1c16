import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mcpPrompts } from '../../templates/src/runtime/mcp/mcp-prompts.js';
import { mcpResources } from '../../templates/src/runtime/mcp/mcp-resources.js';
import { configureLog } from '../../templates/src/runtime/log.js';
import type { ProgressReport } from '../../templates/src/runtime/calls/progress.js';
import { fakeServer, inFrontOf, type Calling, type Fake } from './fake-upstream.js';

const { signal } = new AbortController();
const text = (value: string) => [{ type: 'text', text: value }];

let fake: Fake;
let front: Calling;
let lines: string[];
beforeEach(async () => {
  lines = [];
  configureLog({ LOG_LEVEL: 'info' }, (line) => lines.push(line));
  fake = await fakeServer();
});
afterEach(async () => {
  await front.link.close();
  await fake.remove();
});

async function start(rest: object = {}, env: Record<string, string> = {}, now?: () => number) {
  front = await inFrontOf(
    { connect: [{ command: fake.command }], ...rest },
    env,
    now ? { now } : {},
  );
  return front;
}

describe('calls', () => {
  it('connect once, when the first comes, and hand results on', async () => {
    const { call, link } = await start();
    expect(link.health()).toBe('idle');
    expect(await fake.log()).toEqual([]);
    expect((await call('echo', { text: 'a' })).result).toEqual({
      content: text('echo: {"text":"a"}'),
    });
    await call('echo', { text: 'b' });
    expect(link.health()).toBe('up');
    const log = await fake.log();
    expect(log.filter((line) => line.startsWith('start'))).toHaveLength(1);
    expect(log.filter((line) => line === 'tools/list')).toHaveLength(1);
    await vi.waitFor(() => expect(lines.join('')).toContain('line="the fake server is up"'));
  });

  it('wait for one process, however many come while it starts', async () => {
    await fake.tell('slow', 'yes');
    const { call } = await start();
    const results = await Promise.all([call('echo'), call('echo'), call('steps')]);
    expect(results.map(({ result }) => result.isError)).toEqual([undefined, undefined, undefined]);
    expect((await fake.log()).filter((line) => line.startsWith('start'))).toHaveLength(1);
  });

  it('find nothing where the server offers no tools any more, without a word on stdout', async () => {
    const written = vi.spyOn(console, 'debug');
    await fake.tell('bare', 'yes');
    const { call } = await start();
    expect((await call('echo')).result.content[0]).toMatchObject({
      text: expect.stringContaining('no longer lists it') as string,
    });
    expect(written).not.toHaveBeenCalled();
  });

  it('show the process only what is named of the environment', async () => {
    const connect = [{ command: fake.command, env: { GIVEN: '${VALUE}' } }];
    const { call } = await start({ connect }, { VALUE: '1', OTHER: '2' });
    await call('echo');
    const [, , names] = (await fake.log())[0]!.split(' ');
    expect(names!.split(',').filter((name) => !name.startsWith('__'))).toEqual([
      'GIVEN',
      'HOME',
      'PATH',
    ]);
  });

  it('say what is missing', async () => {
    const { link } = await start({ connect: [{ command: ['${PROGRAM}', '${FOLDER:-.}'] }] });
    expect(link.problems).toEqual(['Set PROGRAM.']);
  });

  it('end after the timeout, and the server is told', async () => {
    const { call } = await start({ timeoutMs: 1_500 });
    const { result } = await call('hang');
    expect(result).toEqual({
      content: text(
        'fake did not answer within 1500 ms. It is unknown whether the change was made: look before trying again.',
      ),
      isError: true,
    });
    await vi.waitFor(async () => expect((await fake.log()).at(-1)).toMatch(/^cancelled/));
  });

  it('are cancelled there when they are cancelled here', async () => {
    const { call } = await start();
    const controller = new AbortController();
    const running = call('hang', {}, { signal: controller.signal });
    await vi.waitFor(async () => expect((await fake.log()).at(-1)).toMatch(/call hang/));
    controller.abort();
    expect((await running).result.isError).toBe(true);
    await vi.waitFor(async () => expect((await fake.log()).at(-1)).toMatch(/^cancelled/));
  });

  it('pass progress on, cleaned', async () => {
    const { call } = await start();
    const reports: ProgressReport[] = [];
    const { result } = await call('steps', {}, { progress: (report) => reports.push(report) });
    expect(result.content).toEqual(text('done'));
    expect(reports).toEqual([
      { progress: 1, total: 2, message: 'half' },
      { progress: 2, total: 2 },
    ]);
  });

  it('refuse what the server asks of callers', async () => {
    const { call } = await start();
    expect((await call('sample')).result.content).toEqual(text('refused: -32601'));
  });
});

describe('results', () => {
  it('lose what nobody sees', async () => {
    const { call } = await start();
    expect((await call('hostile')).result).toEqual({
      content: [
        { type: 'text', text: 'ab' },
        { type: 'resource', resource: { uri: 'fake://x', text: 'cd' } },
        { type: 'resource_link', uri: 'fake://y', name: 'y' },
      ],
      structuredContent: { k: 'v' },
    });
  });

  it('are cut, and say so; data is not', async () => {
    const { call } = await start();
    const { result } = await call('huge');
    expect(result.content).toEqual(
      text(`${'x'.repeat(10_000)}\n[cut: the rest of this result was left out]`),
    );
    expect((await call('huge_data')).result).toEqual({
      content: [
        ...text('The result has more than 10000 characters of data. Ask for less.'),
        ...text('short'),
      ],
      isError: true,
    });
  });
});

describe('a server that changes', () => {
  const changes = [
    ['its description', 'suffix', ' And sends it away.', 'describes it otherwise than before'],
    ['its schema', 'schema', '{"type":"object"}', 'describes it otherwise than before'],
    ['the list', 'gone', 'echo', 'no longer lists it'],
  ] as const;

  it.each(changes)('%s: the tool is not called', async (_, file, told, why) => {
    const { call } = await start();
    await fake.tell(file, told);
    const { result } = await call('echo');
    expect(result).toEqual({
      content: text(
        `echo was not called: fake ${why}. Whoever runs this server has to look at the change and generate it again.`,
      ),
      isError: true,
    });
    expect((await fake.log()).join()).not.toContain('tools/call');
  });

  it('is called where mcp.yaml says so, and reported', async () => {
    const { call } = await start({ onChange: 'report' });
    await fake.tell('suffix', ' More.');
    expect((await call('echo')).result.content).toEqual(text('echo: {}'));
    expect(lines.join('')).toContain('upstream tool changed');
  });

  it('is looked at again after it was lost', async () => {
    const { call } = await start();
    await call('echo');
    await fake.tell('suffix', ' Again.');
    await call('crash');
    expect((await call('echo')).result.isError).toBe(true);
  });
});

describe('connections', () => {
  it('are made again after a crash, and only reads are repeated', async () => {
    const { call, link } = await start();
    expect((await call('crash')).result.content).toEqual(
      text(
        'The connection to fake was lost during the call. It is unknown whether the change was made: look before trying again.',
      ),
    );
    expect(link.health()).toBe('down');
    expect((await call('echo')).result.content).toEqual(text('echo: {}'));
    expect((await fake.log()).filter((line) => line.includes('call crash'))).toHaveLength(1);
  });

  it('repeat a read', async () => {
    const { call } = await start();
    expect((await call('crash_read')).result.content).toEqual(text('survived'));
  });

  it('fall back to the next, and try the first again when that is lost', async () => {
    const second = await fakeServer();
    await second.tell('who', 'second');
    await fake.tell('broken', 'yes');
    const connect = [{ command: fake.command }, { command: second.command }];
    const { call } = await start({ connect });
    expect((await call('echo')).result.content).toEqual(text('second: {}'));
    await second.remove();
  });

  it('say what cannot be reached, without trying each time', async () => {
    await fake.tell('broken', 'yes');
    // The clock stands still.
    const { call, link } = await start({}, {}, () => 1_000);
    const said = async () => (await call('echo')).result.content[0] as { text: string };
    expect((await said()).text).toMatch(
      /^The MCP server fake cannot be reached \(.+\)\. Nothing was sent; it is tried/,
    );
    expect((await said()).text).toMatch(
      /^The MCP server fake cannot be reached\. Nothing was sent/,
    );
    expect(link.health()).toBe('down');
    expect((await fake.log()).length).toBe(1);
  });
});

describe('resources and prompts', () => {
  it('are those that were pinned', async () => {
    const { link } = await start();
    const resources = mcpResources([link], 1_000);
    expect(resources.resources).toEqual([{ uri: 'fake://one', name: 'one' }]);
    expect(await resources.read('fake://one', signal)).toEqual([
      { uri: 'fake://one', text: 'text of fake://one' },
    ]);
    expect(await resources.read('fake://item/3', signal)).toEqual([
      { uri: 'fake://item/3', text: 'text of fake://item/3' },
    ]);
    expect(await resources.read('fake://two', signal)).toBeUndefined();
    const completing = { name: 'id', value: '4', others: {} };
    expect(await resources.complete!('fake://item/{id}', completing, signal)).toEqual(['41', '42']);
  });

  it('prompts are asked for under their prefix, and refused when they changed', async () => {
    const { link } = await start({ prefix: 'f' });
    const prompts = mcpPrompts([link], 1_000);
    expect(prompts.prompts.map(({ name }) => name)).toEqual(['f_greet']);
    expect(await prompts.get('f_greet', { who: 'Ada' }, signal)).toEqual({
      messages: [{ role: 'user', content: { type: 'text', text: 'Hello Ada' } }],
    });
    const completing = { name: 'who', value: 'A', others: {} };
    expect(await prompts.complete!('f_greet', completing, signal)).toEqual(['A1', 'A2']);
    await link.close();
    await fake.tell('suffix', ' Obey.');
    const { link: again } = await start({ prefix: 'f' });
    await expect(
      (async () => mcpPrompts([again], 1_000).get('f_greet', {}, signal))(),
    ).rejects.toThrow('fake describes it otherwise than before');
  });
});
