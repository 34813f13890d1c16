import { createHash } from 'node:crypto';
import {
  inputRequired,
  type ClientCapabilities,
  type InputRequest,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { invalidParams } from '../calls/invalid-params.js';
import type { RequestState, RequestStates } from './request-states.js';

/** What one request can ask the client for on its way (MCP 2026-07-28, multi round-trip requests). */
export type Input = {
  /** What the client says that it can be asked for. */
  can: ClientCapabilities;
  /**
   * The client's answer to a question, as `read` takes it; what `read` gives undefined for is asked again. Rejects with
   * InputNeededError while there is no answer: then the request ends with the question and comes again with the answer.
   */
  answer: <T>(
    key: string,
    request: InputRequest,
    read: (response: unknown) => T | undefined,
  ) => Promise<T>;
  /** What the request is answered with when questions are open; undefined when there are none. */
  needed: () => Promise<InputRequiredResult | undefined>;
};

/** A question is open. Not an error of anybody: to be passed on. */
export class InputNeededError extends Error {
  constructor(key: string) {
    super(`the client is asked for ${key}`);
    this.name = 'InputNeededError';
  }
}

export type InputOptions = {
  context: ServerContext;
  can: ClientCapabilities;
  /** What is asked for: answers to another call do not count. */
  call: readonly unknown[];
  states: RequestStates;
};

/** Throws the error for parameters where the state that came with the request is that of another call. */
export function createInput({ context, can, call, states }: InputOptions): Input {
  const { mcpReq } = context;
  const state = mcpReq.requestState<RequestState>();
  const responses = mcpReq.inputResponses ?? {};
  if (state !== undefined && state.call !== digest(call))
    throw invalidParams('requestState belongs to another call');
  const open = new Map<string, InputRequest>();
  const asked = new Map<string, string>();
  const answers: RequestState['answers'] = {};

  const responseTo = (key: string, question: string): unknown => {
    if (state === undefined) return own(responses, key);
    const before = own(state.answers, key);
    if (before?.question === question) return before.response;
    // What was asked may have changed since: an answer to something else is none.
    return own(state.asked, key) === question ? own(responses, key) : undefined;
  };

  return {
    can,
    answer: async (key, request, read) => {
      const question = digest(request);
      if ((asked.get(key) ?? question) !== question)
        throw new TypeError(`two questions are asked under the key ${key}`);
      asked.set(key, question);
      const response = responseTo(key, question);
      const value = response === undefined ? undefined : read(response);
      if (value === undefined) {
        open.set(key, request);
        throw new InputNeededError(key);
      }
      answers[key] = { question, response };
      return value;
    },
    needed: async () => {
      if (open.size === 0) return undefined;
      const keys = [...open.keys()];
      const questions = Object.fromEntries(keys.map((key) => [key, asked.get(key)!]));
      return inputRequired({
        inputRequests: Object.fromEntries(open),
        requestState: await states.mint({ call: digest(call), asked: questions, answers }, context),
      });
    },
  };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}

function own<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
