import { answerOf } from '../../../src/runtime/answer.js';
import type { RequestContext } from '../../../src/runtime/handler.js';
import { log } from '../../../src/runtime/log.js';

type Answers = {
  /** The data that the tool's own request answers. */
  request?: (args: unknown) => unknown;
  /** The data that another tool answers. */
  callTool?: (name: string, args: unknown) => unknown;
};

/** What a handler is given, with answers that the test makes up. */
export function handlerContext(answers: Answers = {}): RequestContext<unknown, never> {
  return {
    signal: new AbortController().signal,
    progress: () => {},
    log,
    request: async (args) => answer(answers.request?.(args)),
    callTool: async (name, args) => answer(answers.callTool?.(name, args)),
  };
}

function answer(data: unknown) {
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? '');
  const result = { content: [{ type: 'text' as const, text }] };
  return answerOf({ result, data: () => data }) as never;
}
