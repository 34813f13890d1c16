import type { CallToolResult } from '@modelcontextprotocol/server';
import { answerOf, isToolResult } from './answer.js';
import { readArguments } from '../arguments/read-arguments.js';
import type { Access } from '../auth/access.js';
import type { Backend } from '../backend.js';
import type { Caller } from './caller.js';
import type { Answer, RequestContext } from '../handler.js';
import { handlerResult } from './handler-result.js';
import { log, redact } from '../log.js';
import { createAsk } from '../input/ask.js';
import { InputNeededError } from '../input/input.js';
import { noProgress } from './progress.js';
import { tellNobody } from './tell.js';
import { ToolCallError } from './tool-call-error.js';
import { hasHandler, type HandlerTool, type ServerTool } from '../tool.js';
import { UserInputError } from './user-input-error.js';

type Arguments = Record<string, unknown>;

export type RunToolOptions = {
  /** By name: what handlers can call. */
  tools: ReadonlyMap<string, ServerTool>;
  /** What tools without a handler call, and handlers in place of. */
  backends: readonly Backend[];
  /** Who may call what; everybody everything unless given. */
  access?: Access | undefined;
  /** Of the text of a handler's result. */
  maxResultChars: number;
};

/** Handlers that call handlers: more than this is a circle. */
const MAX_DEPTH = 8;

/**
 * Runs tools with arguments that fit their schema: by the backend of most, by the handler of some. Rejects only with errors of
 * handlers that are not for the caller.
 */
export function createToolRunner({
  tools,
  backends,
  access,
  maxResultChars,
}: RunToolOptions): (
  tool: ServerTool,
  args: Arguments,
  signal: AbortSignal,
  caller?: Caller,
) => Promise<CallToolResult> {
  const callBackend = (tool: ServerTool, args: Arguments, { signal, caller }: Call) => {
    const backend = backends.find(({ serves }) => serves(tool));
    if (backend === undefined) throw new TypeError(`${tool.name} has nothing that it could call`);
    const { progress } = caller;
    return backend.call(tool, args, signal, progress && { progress });
  };

  const run = async (tool: ServerTool, args: Arguments, call: Call) => {
    // Asked of each tool again: which ones a handler calls is known only now.
    const lacks = access?.missing(tool) ?? [];
    if (lacks.length > 0) {
      const text = `${tool.name} needs what the caller's token lacks: ${lacks.join(' ')}. Nothing was called.`;
      return { result: failure(text), data: () => undefined };
    }
    if (!hasHandler(tool)) return callBackend(tool, args, call);
    try {
      const value = await tool.handler(args, contextOf(tool, args, call));
      return { result: handlerResult(tool, value, maxResultChars), data: () => dataOf(value) };
    } catch (error) {
      const result = meantForCaller(error);
      if (result === undefined) throw error;
      return { result, data: () => undefined };
    }
  };

  const contextOf = (
    tool: HandlerTool,
    args: Arguments,
    call: Call,
  ): RequestContext<unknown, unknown> => ({
    signal: call.signal,
    progress: call.caller.progress ?? noProgress,
    tell: call.caller.tell ?? tellNobody,
    ask: createAsk({
      tool: tool.name,
      input: call.caller.input,
      changed: () => call.made.change,
    }),
    log,
    request: async (given = args) =>
      answerOf(await callBackend(tool, checked(tool, given), inner(call, tool))),
    callTool: async (name, given = {}, { signal } = {}): Promise<Answer<unknown>> => {
      const other = tools.get(name);
      if (other === undefined) throw new TypeError(`there is no tool named ${name}`);
      if (call.depth >= MAX_DEPTH) throw new TypeError(`${tool.name} and ${name} call each other`);
      // Within the slot of the call: waiting for another one could wait for itself.
      const within = signal ? AbortSignal.any([call.signal, signal]) : call.signal;
      return answerOf(
        await run(other, checked(other, given), inner({ ...call, signal: within }, other)),
      );
    },
  });

  return async (tool, args, signal, caller = {}) =>
    (await run(tool, args, { signal, depth: 0, caller, made: { change: false } })).result;
}

/** What is the same for everything that happens in one call of a tool. */
type Call = {
  signal: AbortSignal;
  depth: number;
  caller: Caller;
  /** Whether something was called that may change things. */
  made: { change: boolean };
};

/**
 * Of what a handler calls only the handler knows how much it is of the whole, so nobody is told. Nor is anybody asked: a
 * question begins the whole call anew, of which only the handler knows whether that does no harm.
 */
function inner({ signal, depth, caller: { tell }, made }: Call, tool: ServerTool): Call {
  if (tool.annotations?.readOnlyHint !== true) made.change = true;
  return { signal, depth: depth + 1, made, caller: { ...(tell && { tell }) } };
}

/** Also a handler can be wrong about arguments; what is not checked could reach paths and headers. */
function checked(tool: ServerTool, given: unknown): Arguments {
  const args = readArguments(tool, given);
  if (args.ok) return args.value;
  throw new ToolCallError(failure(args.message));
}

function dataOf(value: unknown): unknown {
  if (!isToolResult(value)) return value;
  return 'data' in value ? value.data : value.structuredContent;
}

function meantForCaller(error: unknown): CallToolResult | undefined {
  if (error instanceof ToolCallError) return error.result;
  // The caller gets the question in place of a result.
  if (error instanceof InputNeededError) return failure(error.message);
  return error instanceof UserInputError ? failure(error.message) : undefined;
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text: redact(text) }], isError: true };
}
