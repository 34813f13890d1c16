import type { CallTool } from '../serve/create-server.js';
import type { ToolCallsOptions } from '../calls/tool-calls.js';
import { fail } from './fail.js';

export type CallsOnDemand = {
  callTool: CallTool;
  /** Loads what calls run through, so that the first one does not wait. */
  load: () => Promise<unknown>;
};

/** Loaded with the first call: most of what a server consists of is not needed to say what it can do. */
export function callsOnDemand(options: ToolCallsOptions): CallsOnDemand {
  let calls: Promise<CallTool> | undefined;
  const load = () => (calls ??= loadCalls(options));
  return { load, callTool: async (...call) => (await load())(...call) };
}

async function loadCalls(options: ToolCallsOptions): Promise<CallTool> {
  const { createToolCalls } = await import('../calls/tool-calls.js').catch(fail);
  return createToolCalls(options);
}
