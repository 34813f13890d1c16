import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { JsonSchema, ServerTool } from '../../src/runtime/tool.js';
import { callableExamples, createCaller, textOf } from './support/call.js';
import { startUpstream, type Upstream } from './support/upstream.js';

describe('bad arguments are refused before anything is sent', () => {
  let upstream: Upstream;
  let caller: ReturnType<typeof createCaller>;

  before(async () => {
    upstream = await startUpstream();
    caller = createCaller(upstream.url);
  });
  after(async () => {
    await caller.close();
    await upstream.close();
  });

  for (const { tool, args } of callableExamples()) {
    it(tool.name, async () => {
      for (const [name, bad] of badArguments(tool, args)) {
        const result = await caller.call(tool, bad);
        assert.equal(result.isError, true, `${name} must be refused`);
        assert.ok(textOf(result).includes(name), `${textOf(result)} must name ${name}`);
        assert.deepEqual(upstream.take(), []);
      }
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
