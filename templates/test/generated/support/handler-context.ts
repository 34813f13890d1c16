import { answerOf } from '../../../src/runtime/calls/answer.js';
import type { RequestContext } from '../../../src/runtime/handler.js';
import { log } from '../../../src/runtime/log.js';
import { noProgress, type Progress } from '../../../src/runtime/calls/progress.js';
import { tellNobody, type Tell } from '../../../src/runtime/calls/tell.js';

type Answers = {
  /** The data that the tool's own request answers. */
  request?: (args: unknown) => unknown;
  /** The data that another tool answers. */
  callTool?: (name: string, args: unknown) => unknown;
  /** What the client answers to the question with this key; without it nothing can be asked. */
  ask?: (key: string, question: unknown) => unknown;
  /** What hears of messages and of progress. */
  tell?: Tell;
  progress?: Progress;
};

/** What a handler is given, with answers that the test makes up. */
export function handlerContext(answers: Answers = {}): RequestContext<unknown, never> {
  const ask = async (key: string, question?: unknown) => {
    if (answers.ask === undefined) throw new TypeError(`nobody answers ${key}`);
    return answers.ask(key, question) as never;
  };
  const can = answers.ask !== undefined;
  return {
    signal: new AbortController().signal,
    progress: answers.progress ?? noProgress,
    ask: { can: { user: can, model: can, roots: can }, user: ask, model: ask, roots: ask },
    tell: answers.tell ?? tellNobody,
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
