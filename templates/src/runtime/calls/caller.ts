import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequiredResult,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { createInput, type Input } from '../input/input.js';
import type { RequestStates } from '../input/request-states.js';
import { progressOf, type Progress } from './progress.js';
import { tellOf, type Tell } from './tell.js';

/** Who waits for the answer: what it can be told and asked on the way. All that is missing does without. */
export type Caller = {
  /** Absent when nobody wants to know. */
  progress?: Progress;
  tell?: Tell;
  input?: Input;
};

export type CallerOptions = {
  server: Server;
  context: ServerContext;
  /** Name of what is called or read. */
  name: string;
  /** What it is given. */
  given?: unknown;
  states: RequestStates;
};

export function callerOf({ server, context, name, given, states }: CallerOptions) {
  const { mcpReq } = context;
  // Clients of 2026-07-28 say it with every request, older ones when they connect.
  const envelope: { [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities } | undefined =
    mcpReq.envelope;
  const can = envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities() ?? {};
  const input = createInput({ context, can, call: [mcpReq.method, name, given ?? null], states });
  const progress = progressOf(mcpReq, mcpReq._meta?.progressToken);
  return { ...(progress && { progress }), tell: tellOf(mcpReq, name), input } satisfies Caller;
}

/** What `answer` gives, or the questions that are open when it is done, whatever it made of them. */
export async function orNeeded<Result>(
  { input }: { input: Input },
  answer: () => Promise<Result>,
): Promise<Result | InputRequiredResult> {
  try {
    const result = await answer();
    return (await input.needed()) ?? result;
  } catch (error) {
    const needed = await input.needed();
    if (needed !== undefined) return needed;
    throw error;
  }
}
