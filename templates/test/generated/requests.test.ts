import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertArrived } from './support/arrival.js';
import { apiEnvironment, requestExamples } from './support/apis.js';
import { createCaller, textOf } from './support/call.js';
import { startUpstream, type Upstream } from './support/upstream.js';

describe('a call with valid arguments makes the request that the tool describes', () => {
  let upstream: Upstream;
  let caller: ReturnType<typeof createCaller>;

  before(async () => {
    upstream = await startUpstream();
    caller = createCaller(apiEnvironment(upstream.url));
  });
  after(async () => {
    await caller.close();
    await upstream.close();
  });

  for (const { tool, args } of requestExamples()) {
    it(tool.name, async () => {
      const result = await caller.call(tool, args);
      assert.notEqual(result.isError, true, textOf(result));
      const [received, ...more] = upstream.take();
      assert.deepEqual(more, []);
      assert.ok(received);
      assertArrived(tool, args, received);
    });
  }
});
