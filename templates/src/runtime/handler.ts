import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Ask } from './input/ask.js';
import type { log } from './log.js';
import type { Progress } from './calls/progress.js';
import type { Tell } from './calls/tell.js';

export type { CallToolResult } from '@modelcontextprotocol/server';
export { UserInputError } from './calls/user-input-error.js';
export { ToolCallError } from './calls/tool-call-error.js';

/** What every handler is given besides its arguments. */
export type HandlerContext = {
  /** Fires when the client cancels or the time for the call is up; hand it on to whatever waits. */
  signal: AbortSignal;
  /** Calls another tool of this server by its name, with arguments as a client would give them. Rejects with ToolCallError. */
  callTool: (
    name: string,
    args?: Record<string, unknown>,
    options?: { signal?: AbortSignal },
  ) => Promise<Answer<unknown>>;
  /** Tells the caller how far the call has come; does nothing when nobody has asked. */
  progress: Progress;
  /** Asks the user, or what else the client can be asked for, and goes on with the answer. */
  ask: Ask;
  /** Sends a log message to the client. */
  tell: Tell;
  /** The log of the server, for whoever runs it. */
  log: typeof log;
};

/** For a handler that stands in for a generated tool. */
export type RequestContext<Arguments, Response> = HandlerContext & {
  /** Makes the tool's own request, with the arguments of the call unless others are given. Rejects with ToolCallError. */
  request(args?: Arguments): Promise<Answer<Response>>;
};

/**
 * A result that can be returned as it is, and the data in it: what JSON or text held, the bytes of anything else, undefined
 * for an empty response. APIs may answer with something else than their document says.
 */
export type Answer<Data> = CallToolResult & { readonly data: Data };

/**
 * Runs in place of a tool's request. What it returns becomes the result: a string, any JSON value, or a whole
 * `CallToolResult` (with images, audio, resources). Throw a UserInputError to tell the model what to change; of any other error it learns only an id.
 */
export type Handler<Arguments, Response = unknown> = (
  args: Arguments,
  context: RequestContext<Arguments, Response>,
) => unknown;

/** The same for a tool that is written by hand: `Result` is what its output schema says. */
export type OwnHandler<Arguments, Result = unknown> = (
  args: Arguments,
  context: HandlerContext,
) => Returned<Result> | Promise<Returned<Result>>;

type Returned<Result> = Result | string | CallToolResult;
