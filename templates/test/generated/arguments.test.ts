import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCallSlots } from '../../src/runtime/calls/call-slots.js';
import { createCallTool } from '../../src/runtime/calls/call-tool.js';
import type { JsonSchema, ServerTool } from '../../src/runtime/tool.js';
import { allExamples, textOf } from './support/call.js';

describe('bad arguments are refused before the tool does anything', () => {
  for (const { tool, args } of allExamples()) {
    it(tool.name, async () => {
      let ran = 0;
      const call = createCallTool({
        problems: () => [],
        call: async () => {
          ran += 1;
          return { content: [] };
        },
        slots: createCallSlots({ concurrency: 1, queue: 0 }),
        timeoutMs: 30_000,
      });
      const { signal } = new AbortController();
      for (const [name, bad] of badArguments(tool, args)) {
        const result = await call(tool, bad, signal);
        assert.equal(result.isError, true, `${name} must be refused`);
        assert.ok(textOf(result).includes(name), `${textOf(result)} must name ${name}`);
        assert.equal(ran, 0);
      }
      await call(tool, args, signal);
      assert.equal(ran, 1, 'good arguments must be let through');
    });
  }
});

/** The name of an argument, and arguments that are wrong because of it. */
function badArguments(
  { inputSchema }: ServerTool,
  args: Record<string, unknown>,
): [string, Record<string, unknown>][] {
  const bad: [string, Record<string, unknown>][] = [];
  if (inputSchema['additionalProperties'] === false) {
    bad.push(['no_such_argument', { ...args, no_such_argument: 1 }]);
  }
  for (const name of (inputSchema['required'] ?? []) as string[]) {
    const { [name]: _, ...rest } = args;
    bad.push([name, rest]);
  }
  const properties = (inputSchema['properties'] ?? {}) as Record<string, JsonSchema>;
  for (const [name, { type }] of Object.entries(properties)) {
    const wrong = type === 'array' || type === 'object' ? 12345 : { not: 'a value' };
    if (typeof type === 'string') bad.push([name, { ...args, [name]: wrong }]);
  }
  return bad;
}
