import type { Access } from '../auth/access.js';
import type { Backend } from '../backend.js';
import type { CallSlots } from './call-slots.js';
import { createCallTool } from './call-tool.js';
import type { Catalogue } from '../catalogue.js';
import type { CallTool } from '../serve/create-server.js';
import { createToolRunner } from './run-tool.js';
import type { ServerTool } from '../tool.js';

export type ToolCallsOptions = {
  catalogue: Catalogue;
  backends: readonly Backend[];
  /** Who may call what; everybody everything unless given. */
  access?: Access | undefined;
  /** Why a tool cannot work now; empty when it can. */
  problems: (tool: ServerTool) => string[];
  slots: CallSlots;
  /** For a whole call. */
  timeoutMs: number;
  /** Of the text of a handler's result. */
  maxResultChars: number;
};

/** Puts together everything that a call runs through. */
export function createToolCalls({
  catalogue,
  backends,
  access,
  problems,
  slots,
  timeoutMs,
  maxResultChars,
}: ToolCallsOptions): CallTool {
  const call = createToolRunner({ tools: catalogue.tools, backends, access, maxResultChars });
  return createCallTool({ problems, call, slots, timeoutMs });
}
