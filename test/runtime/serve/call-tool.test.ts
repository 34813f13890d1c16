import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCallSlots } from '../../../templates/src/runtime/calls/call-slots.js';
import {
  createCallTool,
  type CallToolOptions,
} from '../../../templates/src/runtime/calls/call-tool.js';
import { createRedactor } from '../../../templates/src/runtime/http/redact.js';
import { configureLog, setRedactor } from '../../../templates/src/runtime/log.js';
import { echo, gate, TOOLS } from './support.js';

const [getPet, addPet] = TOOLS as [(typeof TOOLS)[0], (typeof TOOLS)[0]];
const lines: string[] = [];

beforeEach(() => configureLog({}, (line) => lines.push(line)));
afterEach(() => {
  lines.length = 0;
  setRedactor((text) => text);
});

function makeCallTool(options: Partial<CallToolOptions>) {
  return createCallTool({
    problems: () => [],
    call: echo,
    slots: createCallSlots({ concurrency: 1, queue: 1 }),
    timeoutMs: 10_000,
    ...options,
  });
}

const never = new AbortController().signal;

function text(result: { content: unknown[] }): string {
  return (result.content[0] as { text: string }).text;
}

describe('S10 errors that are not for the caller', () => {
  test('give an id, and the log has the rest without secrets', async () => {
    setRedactor(createRedactor(['p@ss/word']).redact);
    const call = () => Promise.reject(new Error('connect http://u:p@ss/word@db p%40ss%2Fword'));
    const result = await makeCallTool({ call })(getPet, { id: 1 }, never);
    const [, id] = /under ([0-9a-f-]{36})\.$/.exec(text(result)) ?? [];
    expect(result.isError).toBe(true);
    expect(text(result)).toBe(
      `Internal error in get_pet. The server's log has the details under ${id}.`,
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`id="${id}"`);
    expect(lines[0]).toContain('connect http://u:***@db ***');
    expect(lines[0]).not.toContain('word');
  });

  test('also when a schema cannot be evaluated', async () => {
    const broken = {
      ...getPet,
      inputSchema: { type: 'object', properties: { a: { $ref: '#/$defs/Gone' } } },
    };
    const result = await makeCallTool({})(broken, { a: 1 }, never);
    expect(text(result)).toMatch(/^Internal error in get_pet\./);
    expect(text(result)).not.toContain('Gone');
  });

  test('secrets are taken out of problems with arguments', async () => {
    setRedactor(createRedactor(['hunter22']).redact);
    const result = await makeCallTool({})(getPet, { id: 1, hunter22: 2 }, never);
    expect(text(result)).toContain('- /***: is not a known name');
  });
});

describe('S15 calls in flight', () => {
  test('run up to the limit, wait up to the queue, and are refused beyond', async () => {
    const first = gate();
    const started: unknown[] = [];
    const call: CallToolOptions['call'] = async (tool, args) => {
      started.push(args['name']);
      await first.opened;
      return echo(tool, args, never);
    };
    const callTool = makeCallTool({ call });
    const running = callTool(addPet, { name: 'a' }, never);
    const waiting = callTool(addPet, { name: 'b' }, never);
    const refused = await callTool(addPet, { name: 'c' }, never);
    expect(text(refused)).toBe(
      'The server is busy: too many calls at once. Nothing was sent; try again in a moment.',
    );
    expect(refused.isError).toBe(true);
    expect(started).toEqual(['a']);
    first.open();
    expect(text(await running)).toBe('add_pet {"name":"a"}');
    expect(text(await waiting)).toBe('add_pet {"name":"b"}');
    expect(started).toEqual(['a', 'b']);
  });

  test('a cancelled call leaves the queue', async () => {
    const first = gate();
    const call: CallToolOptions['call'] = async (tool, args) => {
      await first.opened;
      return echo(tool, args, never);
    };
    const callTool = makeCallTool({ call });
    const cancel = new AbortController();
    const running = callTool(addPet, { name: 'a' }, never);
    const waiting = callTool(addPet, { name: 'b' }, cancel.signal);
    cancel.abort();
    expect(text(await waiting)).toBe('The call was cancelled.');
    const next = callTool(addPet, { name: 'c' }, never);
    first.open();
    expect(text(await running)).toBe('add_pet {"name":"a"}');
    expect(text(await next)).toBe('add_pet {"name":"c"}');
  });

  test('a deadline ends the call and says what may have happened', async () => {
    const call: CallToolOptions['call'] = (_tool, _args, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const callTool = makeCallTool({ call, timeoutMs: 5 });
    expect(text(await callTool(getPet, { id: 1 }, never))).toBe('No answer within 5 ms.');
    expect(text(await callTool(addPet, {}, never))).toBe(
      'No answer within 5 ms. It is unknown whether the change was made: look before trying again.',
    );
  });

  test('a deadline while waiting says that nothing was sent', async () => {
    const slots = createCallSlots({ concurrency: 1, queue: 1 });
    const release = await slots.take(never);
    const callTool = makeCallTool({ slots, timeoutMs: 5 });
    expect(text(await callTool(addPet, {}, never))).toBe(
      'No answer within 5 ms. The server is busy; nothing was sent.',
    );
    release();
  });

  test('idle is known', async () => {
    const slots = createCallSlots({ concurrency: 1, queue: 1 });
    const release = await slots.take(never);
    const order: string[] = [];
    const idle = slots.idle().then(() => order.push('idle'));
    order.push('released');
    release();
    release();
    await idle;
    expect(order).toEqual(['released', 'idle']);
    await slots.take(never);
    await expect(
      Promise.all([slots.take(AbortSignal.abort(new Error('gone'))), slots.idle()]),
    ).rejects.toThrow('gone');
  });
});
