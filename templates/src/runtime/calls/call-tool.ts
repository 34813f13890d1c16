import { randomUUID } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { readArguments } from '../arguments/read-arguments.js';
import { SlotsFullError, type CallSlots } from './call-slots.js';
import type { Caller } from './caller.js';
import type { CallTool } from '../serve/create-server.js';
import { orAborted, startDeadline } from '../http/deadline.js';
import { describeError, log, redact } from '../log.js';
import { notReady } from './readiness.js';
import type { ServerTool } from '../tool.js';

export type CallToolOptions = {
  /** Why the tool cannot work now, e.g. the environment variables that are missing; empty when it can. */
  problems: (tool: ServerTool) => string[];
  /** Makes the call with arguments that fit the input schema. */
  call: (
    tool: ServerTool,
    args: Record<string, unknown>,
    signal: AbortSignal,
    caller?: Caller,
  ) => Promise<CallToolResult>;
  slots: CallSlots;
  /** For the whole call, waiting for a slot included. */
  timeoutMs: number;
};

/**
 * A call from its arguments to its result. The returned function never throws: what a model can mend is said in an error
 * result; what it cannot is logged under an id that the result names.
 */
export function createCallTool({ problems, call, slots, timeoutMs }: CallToolOptions): CallTool {
  const run = async (tool: ServerTool, given: unknown, cancelled: AbortSignal, caller?: Caller) => {
    const missing = problems(tool);
    if (missing.length > 0) return failure(notReady(tool, missing));
    const args = readArguments(tool, given);
    if (!args.ok) return failure(args.message);

    const deadline = startDeadline(timeoutMs, cancelled);
    const { signal } = deadline;
    let started = false;
    try {
      const release = await slots.take(signal);
      started = true;
      try {
        return await orAborted(call(tool, args.value, signal, caller), signal, GRACE_MS);
      } finally {
        release();
      }
    } catch (error) {
      if (error instanceof SlotsFullError) return failure(BUSY);
      if (cancelled.aborted) return failure('The call was cancelled.');
      if (deadline.expired()) return failure(late(tool, timeoutMs, started));
      throw error;
    } finally {
      deadline.dispose();
    }
  };

  return async (tool, given, signal, caller) => {
    const started = performance.now();
    const result = await run(tool, given, signal, caller).catch((error: unknown) =>
      unexpected(tool, error),
    );
    log.debug('tool call', {
      tool: tool.name,
      failed: result.isError === true,
      ms: Math.round(performance.now() - started),
    });
    return result;
  };
}

/** After the signal, what is called has a moment to say how far it came; then the caller is answered without it. */
const GRACE_MS = 1_000;

const BUSY = 'The server is busy: too many calls at once. Nothing was sent; try again in a moment.';

function late({ annotations }: ServerTool, timeoutMs: number, started: boolean): string {
  const text = `No answer within ${timeoutMs} ms.`;
  if (!started) return `${text} The server is busy; nothing was sent.`;
  if (annotations?.readOnlyHint === true) return text;
  return `${text} It is unknown whether the change was made: look before trying again.`;
}

function unexpected(tool: ServerTool, error: unknown): CallToolResult {
  const id = randomUUID();
  log.error('tool call failed', { tool: tool.name, id, error: describeError(error) });
  return failure(`Internal error in ${tool.name}. The server's log has the details under ${id}.`);
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text: redact(text) }], isError: true };
}
