import type { CallToolResult } from '@modelcontextprotocol/server';
import { backends } from '../../../src/generated/backends.js';
import { tools } from '../../../src/generated/tools/index.js';
import { createCallSlots } from '../../../src/runtime/calls/call-slots.js';
import { createCallTool } from '../../../src/runtime/calls/call-tool.js';
import { readResultLimit } from '../../../src/runtime/calls/result-limit.js';
import { createToolRunner } from '../../../src/runtime/calls/run-tool.js';
import type { ServerTool } from '../../../src/runtime/tool.js';
import { examples } from '../examples.js';

/** A tool with arguments that it accepts. */
export type Example<Tool = ServerTool> = { tool: Tool; args: Record<string, unknown> };

export function allExamples(): Example[] {
  return tools.flatMap((tool) => {
    const args = examples[tool.name];
    return args === undefined ? [] : [{ tool, args }];
  });
}

/** Calls tools as the server does that is started with this environment. */
export function createCaller(env: Record<string, string>) {
  const started = backends.map((create) => create({ env, userAgent: 'test' }));
  const call = createCallTool({
    problems: (tool) => started.find(({ serves }) => serves(tool))?.problems(tool) ?? [],
    call: createToolRunner({
      tools: new Map(tools.map((tool) => [tool.name, tool])),
      backends: started,
      maxResultChars: readResultLimit(env),
    }),
    slots: createCallSlots({ concurrency: 1, queue: 0 }),
    timeoutMs: 30_000,
  });
  return {
    call: (tool: ServerTool, args: unknown): Promise<CallToolResult> =>
      call(tool, args, new AbortController().signal),
    close: async () => {
      await Promise.all(started.map(({ close }) => close()));
    },
  };
}

/** The text of a result. */
export function textOf(result: CallToolResult): string {
  return result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}
