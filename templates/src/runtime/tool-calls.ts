import type { CallSlots } from './call-slots.js';
import { createCallTool } from './call-tool.js';
import type { Catalogue } from './catalogue.js';
import type { CallTool } from './create-server.js';
import type { Hooks } from './hooks.js';
import { runHttpTool } from './http/call-http-tool.js';
import type { Upstreams } from './http/upstreams.js';
import { createToolRunner } from './run-tool.js';
import type { ServerTool } from './tool.js';

export type ToolCallsOptions = {
  catalogue: Catalogue;
  upstreams: Upstreams;
  hooks: Hooks | undefined;
  /** Why a tool cannot work now; empty when it can. */
  problems: (tool: ServerTool) => string[];
  slots: CallSlots;
  /** For a whole call. */
  timeoutMs: number;
};

/** Puts together everything that a call runs through. */
export function createToolCalls({
  catalogue,
  upstreams,
  hooks,
  problems,
  slots,
  timeoutMs,
}: ToolCallsOptions): CallTool {
  const call = createToolRunner({
    tools: catalogue.tools,
    request: (tool, args, signal) => runHttpTool(tool, args, { upstreams, signal, hooks }),
    maxResultChars: upstreams.limits.maxResultChars,
  });
  return createCallTool({ problems, call, slots, timeoutMs });
}
