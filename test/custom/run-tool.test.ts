import { beforeEach, describe, expect, it } from 'vitest';
import { isToolResult, type Outcome } from '../../templates/src/runtime/calls/answer.js';
import { createCallSlots } from '../../templates/src/runtime/calls/call-slots.js';
import { createCallTool } from '../../templates/src/runtime/calls/call-tool.js';
import { UserInputError, type RequestContext } from '../../templates/src/runtime/handler.js';
import { handlerResult } from '../../templates/src/runtime/calls/handler-result.js';
import { configureLog, setRedactor } from '../../templates/src/runtime/log.js';
import { hasRequest, type HttpTool } from '../../templates/src/runtime/http/http-tool.js';
import { createToolRunner } from '../../templates/src/runtime/calls/run-tool.js';
import { ToolCallError } from '../../templates/src/runtime/calls/tool-call-error.js';
import type { HandlerTool, ServerTool } from '../../templates/src/runtime/tool.js';

type Context = RequestContext<Record<string, unknown>, unknown>;
type Run = (args: Record<string, unknown>, context: Context) => unknown;

const inputSchema = {
  type: 'object',
  properties: { n: { type: 'integer' } },
  additionalProperties: false,
};
const request = { source: 'shop', method: 'GET', path: '/n' };
const httpTool: HttpTool = { name: 'http', description: '', inputSchema, request };

function handlerTool(name: string, run: Run, parts: Partial<HandlerTool> = {}): HandlerTool {
  return { name, description: '', inputSchema, handler: run as HandlerTool['handler'], ...parts };
}

const asked: unknown[] = [];
const log: string[] = [];

beforeEach(() => {
  asked.length = log.length = 0;
  configureLog({}, (line) => void log.push(line));
  setRedactor((text) => text.replaceAll('s3cret', '***'));
});

/** Calls the first of the tools as the server does. */
function call(tools: ServerTool[], args: object = {}, answer?: Partial<Outcome>) {
  const run = createToolRunner({
    tools: new Map(tools.map((tool) => [tool.name, tool])),
    backends: [
      {
        serves: hasRequest,
        problems: () => [],
        call: async (tool, given) => {
          asked.push([tool.name, given]);
          const result = { content: [{ type: 'text' as const, text: 'body' }] };
          return { result, data: () => ({ n: 1 }), status: 200, ...answer };
        },
        close: async () => {},
      },
    ],
    maxResultChars: 1_000,
  });
  const callTool = createCallTool({
    problems: () => [],
    call: run,
    slots: createCallSlots({ concurrency: 1, queue: 0 }),
    timeoutMs: 5_000,
  });
  return callTool(tools[0]!, args, new AbortController().signal);
}

const textOf = (result: { content: unknown[] }) => (result.content[0] as { text: string }).text;

describe('what a handler returns', () => {
  const schema = {
    type: 'object',
    properties: { a: { type: 'number' } },
    required: ['a'],
    additionalProperties: false,
  };
  const open = { type: 'object', properties: { a: { type: 'number' } } };
  const listed = {
    type: 'object',
    properties: { result: { type: 'array' } },
    required: ['result'],
  };
  it.each([
    ['a string', 'hello', undefined, 'hello', undefined],
    ['a secret', 'is s3cret', undefined, 'is ***', undefined],
    ['a number', 5, undefined, '5', undefined],
    ['an object', { a: 1, b: ['s3cret'] }, undefined, '{"a":1,"b":["***"]}', undefined],
    ['a date', { at: new Date(0) }, undefined, '{"at":"1970-01-01T00:00:00.000Z"}', undefined],
    ['null', null, undefined, 'null', undefined],
    ['nothing', undefined, undefined, 'Done.', undefined],
    ['what the schema says', { a: 1 }, schema, '{"a":1}', { a: 1 }],
    ['a list', [1, 2], listed, '[1,2]', { result: [1, 2] }],
    ['a string in place of an object', 'x', open, 'x', { result: 'x' }],
    ['another type', { a: 'x' }, open, '{"a":"x"}', { _undocumented: { a: 'x' } }],
    [
      'a result without data',
      { content: [{ type: 'text', text: 's3cret' }] },
      open,
      '***',
      { _note: 'The result is in the text.' },
    ],
  ])('%s', (_, value, outputSchema, text, structuredContent) => {
    const tool = outputSchema === undefined ? {} : { outputSchema };
    const result = handlerResult(tool, value, 1_000);
    expect(textOf(result)).toBe(text);
    expect(result.structuredContent).toEqual(structuredContent);
  });

  it('a whole result keeps its blocks, without secrets', () => {
    const image = { type: 'image', data: 'AAAA', mimeType: 'image/png' };
    const blob = { type: 'resource', resource: { uri: 'test://b', blob: 'AAAA' } };
    const text = { type: 'resource', resource: { uri: 'test://t', text: 'is s3cret' } };
    expect(handlerResult({}, { content: [image, blob, text] }, 1_000).content).toEqual([
      image,
      blob,
      { type: 'resource', resource: { uri: 'test://t', text: 'is ***' } },
    ]);
  });

  it('is cut where it is too long, and stays valid', () => {
    const result = handlerResult({ outputSchema: open }, { a: 1, b: 'x'.repeat(5_000) }, 100);
    expect(textOf(result)).toMatch(/x\n\[Cut: these are the first 100 of 5014 characters\.\]$/);
    expect(result.structuredContent).toEqual({ a: 1, _truncated: true });
  });

  it.each([
    ['the wrong shape', { b: 1 }, schema],
    ['a string', 'x', schema],
    ['a result without what is promised', { content: [{ type: 'text', text: 'x' }] }, schema],
    ['a function', () => 1, undefined],
  ])('%s is a bug', (_, value, outputSchema) => {
    const tool = outputSchema === undefined ? {} : { outputSchema };
    expect(() => handlerResult(tool, value, 1_000)).toThrow(TypeError);
  });

  it.each([
    [{ content: [{ type: 'text', text: 'x' }] }, true],
    [{ content: [{ type: 'image', data: '', mimeType: 'image/png' }], isError: true }, true],
    [{ content: [], structuredContent: {} }, true],
    [{ content: [] }, false],
    [{ content: [{ type: 'text', text: 'x' }], total: 1 }, false],
    [{ content: [{ type: 'text' }] }, false],
    [{ content: [{ id: 1 }] }, false],
    [{ content: 'text' }, false],
    [[], false],
    [null, false],
  ])('%j is a whole result: %s', (value, want) => {
    expect(isToolResult(value)).toBe(want);
  });
});

describe('the request that a handler stands in for', () => {
  const override = (run: Run) => handlerTool('over', run, { request });

  it('is made with the arguments of the call, or with others', async () => {
    await call([override((_, { request: ask }) => ask())], { n: 7 });
    await call([override((args, { request: ask }) => ask({ ...args, n: 8 }))], { n: 7 });
    expect(asked).toEqual([
      ['over', { n: 7 }],
      ['over', { n: 8 }],
    ]);
  });

  it('can be returned as it came; its data is read only when asked for', async () => {
    const data = () => {
      throw new Error('too long');
    };
    const result = await call([override((_, { request: ask }) => ask())], {}, { data });
    expect(result).toEqual({ content: [{ type: 'text', text: 'body' }] });
    const used = await call(
      [override(async (_, context) => (await context.request()).data)],
      {},
      { data },
    );
    expect(textOf(used)).toMatch(/^Internal error in over/);
  });

  it('fails as it would by itself, unless the handler catches that', async () => {
    const failed = { content: [{ type: 'text' as const, text: 'HTTP 404' }], isError: true };
    const answer = { result: failed, status: 404 };
    expect(await call([override((_, context) => context.request())], {}, answer)).toEqual(failed);
    const caught = override(async (_, context) => {
      try {
        await context.request();
        return 'no';
      } catch (error) {
        return error instanceof ToolCallError ? `${error.status} ${error.message}` : 'other';
      }
    });
    expect(textOf(await call([caught], {}, answer))).toBe('404 HTTP 404');
  });

  it('is not made with arguments that its schema refuses', async () => {
    const wrong = override((_, context) => context.request({ n: 'x', path: '../..' }));
    expect(textOf(await call([wrong]))).toContain('Invalid arguments for over');
    expect(asked).toEqual([]);
  });
});

describe('other tools', () => {
  it('are called with checked arguments, and give data', async () => {
    const tool = handlerTool('own', async (_, context) => {
      const { data } = await context.callTool('http', { n: 2 });
      return { got: data };
    });
    expect(textOf(await call([tool, httpTool]))).toBe('{"got":{"n":1}}');
    expect(asked).toEqual([['http', { n: 2 }]]);
  });

  it('may have handlers themselves: their data is what they return', async () => {
    const inner = handlerTool('inner', () => ({ deep: true }));
    const outer = handlerTool('outer', async (_, { callTool }) => (await callTool('inner')).data);
    expect(textOf(await call([outer, inner]))).toBe('{"deep":true}');
  });

  it('fail the caller with their own words', async () => {
    const inner = handlerTool('inner', () => {
      throw new UserInputError('Give n.');
    });
    const outer = handlerTool('outer', (_, { callTool }) => callTool('inner'));
    expect(await call([outer, inner])).toEqual({
      content: [{ type: 'text', text: 'Give n.' }],
      isError: true,
    });
    const wrong = handlerTool('wrong', (_, { callTool }) => callTool('http', { m: 1 }));
    expect(textOf(await call([wrong, httpTool]))).toContain('Invalid arguments for http');
  });

  it.each([
    [
      'that are not there',
      (_: object, { callTool }: Context) => callTool('gone'),
      'there is no tool named gone',
    ],
    [
      'in circles',
      (_: object, { callTool }: Context) => callTool('own'),
      'own and own call each other',
    ],
  ])('%s are a bug', async (_, run, why) => {
    const result = await call([handlerTool('own', run as Run)]);
    expect(textOf(result)).toMatch(
      /^Internal error in own\. The server's log has the details under/,
    );
    expect(log.join('')).toContain(why);
  });
});

describe('a handler that does not end', () => {
  it('learns that the call was cancelled, and the caller is answered', async () => {
    const cancel = new AbortController();
    let seen = false;
    const tool = handlerTool('slow', (_, { signal }) => {
      queueMicrotask(() => cancel.abort());
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          seen = true;
          reject(signal.reason as Error);
        });
      });
    });
    const callTool = createCallTool({
      problems: () => [],
      call: createToolRunner({
        tools: new Map(),
        backends: [],
        maxResultChars: 1_000,
      }),
      slots: createCallSlots({ concurrency: 1, queue: 0 }),
      timeoutMs: 60_000,
    });
    expect(textOf(await callTool(tool, {}, cancel.signal))).toBe('The call was cancelled.');
    expect(seen).toBe(true);
  });
});
