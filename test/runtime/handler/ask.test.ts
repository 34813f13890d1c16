import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientCapabilities } from '@modelcontextprotocol/client';
import type { OwnHandler } from '../../../templates/src/runtime/handler.js';
import { configureLog } from '../../../templates/src/runtime/log.js';
import type { HandlerTool } from '../../../templates/src/runtime/tool.js';
import { clientOf, connect, serverOf, toolOf, type Transport, type Version } from './support.js';

const NAME = {
  type: 'object',
  properties: { name: { type: 'string' } },
  required: ['name'],
} as const;
const ALL: ClientCapabilities = { elicitation: {}, sampling: {}, roots: {} };

const lines: string[] = [];
const cleanUp: (() => Promise<void>)[] = [];
beforeEach(() => configureLog({}, (line) => void lines.push(line)));
afterEach(async () => {
  lines.length = 0;
  for (const close of cleanUp.splice(0)) await close();
});

type Answers = { user?: (message: string) => object; model?: string; can?: ClientCapabilities };

/** A client that answers, connected to a server of these tools, and the messages that its user was shown. */
async function start(
  [version, transport]: readonly [Version, Transport],
  tools: HandlerTool[],
  { user, model, can = ALL }: Answers = {},
) {
  const shown: string[] = [];
  const client = clientOf(version, can);
  if (can.elicitation)
    client.setRequestHandler('elicitation/create', ({ params }) => {
      shown.push(params.message);
      return user?.(params.message) as never;
    });
  if (can.sampling)
    client.setRequestHandler('sampling/createMessage', () => ({
      ...{ role: 'assistant' as const, model: 'm' },
      content: { type: 'text' as const, text: model ?? '' },
    }));
  if (can.roots)
    client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///work' }] }));
  cleanUp.push(await connect(client, serverOf(tools), transport));
  const call = async (name: string) => {
    const result = await client.callTool({ name, arguments: {} });
    const [block] = result.content as { text: string }[];
    return [result.isError === true, block?.text];
  };
  return { call, shown };
}

const accept = (content: object) => ({ action: 'accept', content });

/** Where a client can be asked: 2025 clients are answered without sessions over HTTP, so not there. */
const ASKED = [
  ['2026-07-28', 'stdio'],
  ['2026-07-28', 'http'],
  ['2025-11-25', 'stdio'],
] as const;

describe.each(ASKED)('a client of %s over %s', (...where) => {
  it('is asked, and the handler goes on with the answer', async () => {
    let runs = 0;
    const greet = toolOf('greet', async (_args, { ask }) => {
      runs += 1;
      const answer = await ask.user('name', { message: 'Who are you?', schema: NAME });
      return answer.action === 'accept' ? `Hello ${answer.content.name}` : answer.action;
    });
    const yes = await start(where, [greet], { user: () => accept({ name: 'Ada' }) });
    expect([await yes.call('greet'), yes.shown, runs]).toEqual([
      [false, 'Hello Ada'],
      ['Who are you?'],
      2,
    ]);
    const no = await start(where, [greet], { user: () => ({ action: 'decline' }) });
    expect(await no.call('greet')).toEqual([false, 'decline']);
  });

  it('answers what is asked together and one after the other, each once', async () => {
    const tool = toolOf('all', async (_args, { ask }) => {
      const [user, model, roots] = await Promise.all([
        ask.user('name', { message: 'Who?', schema: NAME }),
        ask.model('word', { messages: [], maxTokens: 5 }),
        ask.roots('roots'),
      ]);
      const more = await ask.user('more', { message: 'Who else?', schema: NAME });
      return JSON.stringify([user, model.content, roots, more]);
    });
    const user = (message: string) => accept({ name: message });
    const { call, shown } = await start(where, [tool], { user, model: 'tree' });
    expect(await call('all')).toEqual([
      false,
      '[{"action":"accept","content":{"name":"Who?"}},{"type":"text","text":"tree"},' +
        '[{"uri":"file:///work"}],{"action":"accept","content":{"name":"Who else?"}}]',
    ]);
    expect(shown).toEqual(['Who?', 'Who else?']);
  });

  it('is told when it cannot be asked, and handlers can look', async () => {
    const tools = [
      toolOf('ask', (_args, { ask }) => ask.model('word', { messages: [], maxTokens: 5 })),
      toolOf('look', (_args, { ask }) => JSON.stringify(ask.can)),
    ];
    const { call } = await start(where, tools, { can: { elicitation: {} } });
    expect(await call('look')).toEqual([false, '{"user":true,"model":false,"roots":false}']);
    if (where[0] === '2026-07-28')
      await expect(call('ask')).rejects.toMatchObject({
        code: -32_021,
        data: { requiredCapabilities: { sampling: {} } },
      });
    else
      expect(await call('ask')).toEqual([
        true,
        expect.stringContaining('did not declare the required capability'),
      ]);
    expect(lines.filter((line) => / ERROR /.test(line))).toEqual([]);
  });
});

const MODERN = ['2026-07-28', 'stdio'] as const;

it('a form that does not fit is shown again', async () => {
  const contents = [{}, { name: 7 }, { name: 'Ada' }];
  const tool = toolOf('greet', async (_args, { ask }) =>
    ask.user('n', { message: 'Who?', schema: NAME }),
  );
  const { call, shown } = await start(MODERN, [tool], { user: () => accept(contents.shift()!) });
  expect(await call('greet')).toEqual([false, '{"action":"accept","content":{"name":"Ada"}}']);
  expect(shown).toEqual(['Who?', 'Who?', 'Who?']);
});

it('2025 clients over HTTP are told that they cannot be asked', async () => {
  const tool = toolOf('greet', (_args, { ask }) =>
    ask.user('n', { message: 'Who?', schema: NAME }),
  );
  const { call, shown } = await start(['2025-11-25', 'http'], [tool]);
  expect(await call('greet')).toEqual([
    true,
    expect.stringMatching(/^Cannot request input 'n' .*cannot receive server-to-client requests/),
  ]);
  expect(shown).toEqual([]);
});

const question: OwnHandler<Record<string, unknown>> = (_args, { ask }) =>
  ask.user('n', { message: 'Who?', schema: NAME });

it('nothing is asked after a change, which would be made twice', async () => {
  let changes = 0;
  const tools = [
    toolOf('after', async (args, context) => {
      await context.callTool('change');
      return question(args, context);
    }),
    toolOf('change', () => (changes += 1)),
    toolOf('late', async (args, context) => {
      await context.callTool('look');
      return question(args, context);
    }),
    toolOf('look', () => 1, { annotations: { readOnlyHint: true } }),
  ];
  const { call, shown } = await start(MODERN, tools, { user: () => accept({ name: 'Ada' }) });
  const [failed, text] = await call('after');
  expect([failed, text]).toEqual([true, expect.stringMatching(/^Internal error in after\./)]);
  expect([changes, shown]).toEqual([1, []]);
  expect(lines.join('')).toContain('after asks n after a change');
  expect(await call('late')).toEqual([false, '{"action":"accept","content":{"name":"Ada"}}']);
});

it('a tool that another one calls cannot ask', async () => {
  const tools = [
    toolOf('outer', (_args, { callTool }) => callTool('inner')),
    toolOf('inner', question),
  ];
  const { call, shown } = await start(MODERN, tools);
  expect([await call('outer'), shown]).toEqual([
    [true, 'inner asks back: it can only be called by a client itself, not by another tool.'],
    [],
  ]);
});

it('one key is for one question', async () => {
  const twice = toolOf('twice', async (_args, { ask }) => {
    await Promise.all([
      ask.user('n', { message: 'Who?', schema: NAME }),
      ask.user('n', { message: 'Who else?', schema: NAME }),
    ]);
  });
  const { call } = await start(MODERN, [twice], { user: () => accept({ name: 'Ada' }) });
  expect((await call('twice'))[0]).toBe(true);
  expect(lines.join('')).toContain('two questions are asked under the key n');
});
