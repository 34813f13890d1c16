import { describe, expect, it } from 'vitest';
import { answerOf } from '../../templates/src/runtime/calls/answer.js';
import type { HandlerContext } from '../../templates/src/runtime/handler.js';
import { createAsk } from '../../templates/src/runtime/input/ask.js';
import { log } from '../../templates/src/runtime/log.js';
import type { ProgressReport } from '../../templates/src/runtime/calls/progress.js';
import { runSteps } from '../../templates/src/runtime/steps/run-steps.js';
import type { StepsPlan } from '../../templates/src/runtime/steps/steps-tool.js';
import { ToolCallError } from '../../templates/src/runtime/calls/tool-call-error.js';
import { readExpression, readValue } from '../../src/sources/composition/read-value.js';

type Tools = Record<string, (args: Record<string, unknown>, signal: AbortSignal) => unknown>;

const fail = (text: string): never => {
  throw new ToolCallError({ content: [{ type: 'text', text }], isError: true });
};

const never = (signal: AbortSignal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

/** A context whose tools are these functions, and what was called and reported. */
function start(tools: Tools, signal = new AbortController().signal) {
  const calls: unknown[] = [];
  const reports: ProgressReport[] = [];
  const context: HandlerContext = {
    signal,
    log,
    tell: () => {},
    ask: createAsk({ tool: 'steps', input: undefined, changed: () => false }),
    progress: (report) => void reports.push(report),
    callTool: async (name, args = {}, options = {}) => {
      calls.push([name, args]);
      const data = await tools[name]!(args, options.signal!);
      return answerOf({ result: { content: [] }, data: () => data });
    },
  };
  return { calls, reports, context };
}

const strict = (): never => {
  throw new Error('cannot be read');
};
const value = (given: unknown) => readValue(given, strict);
const expression = (text: string) => readExpression(text, strict);

const message = (error: unknown) => (error as Error).message;

describe('steps', () => {
  const plan: StepsPlan = {
    steps: [
      { id: 'find', call: 'find', with: { text: value('pets of ${args.city}') } },
      {
        id: 'details',
        call: 'detail',
        forEach: expression('steps.find.rows'),
        as: 'row',
        concurrency: 2,
        with: { id: value('${row.id}'), more: value('${args.more}') },
      },
      { id: 'none', call: 'find', when: expression('length(steps.details) > 9'), with: {} },
    ],
    result: value({
      count: '${length(steps.details)}',
      names: '${steps.details}',
      none: '${steps.none}',
      first: '${steps.details[0] ?? "nobody"}',
      said: 'found ${length(steps.find.rows)}: ${steps.find.rows}',
    }),
  };
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];

  it('run one after the other; a loop keeps its order; what has no value is not given', async () => {
    let running = 0;
    let most = 0;
    const { context, calls, reports } = start({
      find: () => ({ rows }),
      detail: async ({ id }) => {
        most = Math.max(most, (running += 1));
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return `pet ${String(id)}`;
      },
    });
    expect(await runSteps(plan, { city: 'Rome' }, context)).toEqual({
      count: 3,
      names: ['pet 1', 'pet 2', 'pet 3'],
      none: null,
      first: 'pet 1',
      said: 'found 3: [{"id":1},{"id":2},{"id":3}]',
    });
    expect(calls).toEqual([
      ['find', { text: 'pets of Rome' }],
      ...rows.map(({ id }) => ['detail', { id }]),
    ]);
    expect(most).toBe(2);
    expect(reports.map(({ progress, total, message: text }) => [progress, total, text])).toEqual([
      [1, 3, 'find done'],
      [1.25, 3, 'details: 1 of 3'],
      [1.5, 3, 'details: 2 of 3'],
      [1.75, 3, 'details: 3 of 3'],
      [2, 3, 'details done'],
      [3, 3, 'none done'],
    ]);
  });

  it('that fail say which, what was done, and what was not', async () => {
    const { context, calls } = start({
      find: () => ({ rows }),
      detail: ({ id }, signal) => (id === 2 ? fail('no pet 2') : never(signal)),
    });
    const error: unknown = await runSteps(plan, {}, context).catch((failed: unknown) => failed);
    expect(error).toBeInstanceOf(ToolCallError);
    expect(message(error)).toBe(
      'Step 2 of 3, details (detail), failed: no pet 2\nDone before, and not undone: find.\nNot run: none.',
    );
    expect(calls).toHaveLength(3);
  });

  it.each([
    ['skip', ['pet 1', 'pet 3']],
    ['continue', ['pet 1', { error: 'no pet 2' }, 'pet 3']],
  ] as const)('%s: the others go on', async (onError, names) => {
    const { context } = start({
      find: () => ({ rows }),
      detail: ({ id }) => (id === 2 ? fail('no pet 2') : `pet ${String(id)}`),
    });
    const [find, details, none] = plan.steps;
    const borne = { ...plan, steps: [find!, { ...details!, onError }, none!] };
    expect(await runSteps(borne, {}, context)).toMatchObject({ names });
  });

  it.each([
    ['skip', {}],
    ['continue', { 1: true, 2: true, 3: true }],
  ] as const)('%s: what failed is not told as done', async (onError, bad: Record<string, true>) => {
    const { context } = start({
      find: ({ text }) => (text === undefined ? fail('no text') : { rows }),
      detail: ({ id }) => (String(id) in bad || id === 2 ? fail('no pet') : 'pet'),
    });
    const [find, details, none] = plan.steps;
    const lone = { id: 'lone', call: 'find', with: {}, onError };
    const last = { ...none!, when: undefined as never };
    const borne = { ...plan, steps: [find!, lone, { ...details!, onError }, last] };
    const error: unknown = await runSteps(borne, {}, context).catch((failed: unknown) => failed);
    expect(message(error).split('\n').slice(1)).toEqual(
      onError === 'skip'
        ? [
            'Done before, and not undone: find, details (2 of 3).',
            'Failed before, and passed over: lone, details (1 of 3).',
          ]
        : ['Done before, and not undone: find.', 'Failed before, and passed over: lone, details.'],
    );
  });

  it('that fail in a loop say how many of its calls were done', async () => {
    const { context } = start({
      find: () => ({ rows }),
      detail: ({ id }) => (id === 3 ? fail('no pet 3') : 'pet'),
    });
    const error: unknown = await runSteps(plan, {}, context).catch((failed: unknown) => failed);
    expect(message(error)).toContain('\nDone before, and not undone: find, details (2 of 3).\n');
  });

  it('end at their deadline, and tell it', async () => {
    const { context } = start({ find: (_, signal) => never(signal) });
    const late = runSteps({ ...plan, deadlineMs: 20 }, {}, context);
    expect(message(await late.catch((failed: unknown) => failed))).toBe(
      'Step 1 of 3, find, failed: the deadline of 20 ms for all steps passed\n' +
        'Nothing had been done before.\nNot run: details, none.',
    );
  });

  it('are cancelled with the call', async () => {
    const cancel = new AbortController();
    const { context, calls } = start({ find: (_, signal) => never(signal) }, cancel.signal);
    const running = runSteps(plan, {}, context).catch((failed: unknown) => failed);
    cancel.abort(new Error('left'));
    expect(message(await running)).toBe('left');
    expect(calls).toHaveLength(1);
  });

  it('a fault of a tool is not told to the caller', async () => {
    const { context } = start({
      find: () => {
        throw new TypeError('secret');
      },
    });
    const error = await runSteps(plan, {}, context).catch((failed: unknown) => failed);
    expect(error).toBeInstanceOf(TypeError);
  });

  it('too many items are refused before anything is called', async () => {
    const many = Array.from({ length: 1_001 }, (_, id) => ({ id }));
    const { context, calls } = start({ find: () => ({ rows: many }) });
    const error = await runSteps(plan, {}, context).catch((failed: unknown) => failed);
    expect(message(error)).toContain('details (detail), failed: 1001 items are more than 1000');
    expect(calls).toHaveLength(1);
  });
});
