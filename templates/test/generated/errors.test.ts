import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { apiEnvironment, requestExamples } from './support/apis.js';
import { createCaller, textOf } from './support/call.js';
import { startUpstream, type Answer, type Upstream } from './support/upstream.js';

const ANSWERS: Answer[] = [
  { status: 404, type: 'application/json', body: '{"message":"no such thing"}' },
  { status: 400, type: 'text/html', body: '<html><title>Bad</title><p>no such thing</p></html>' },
  { status: 500, type: 'text/plain', body: 'no such thing' },
];

describe('an error response becomes a tool error', () => {
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
      for (const answer of ANSWERS) {
        upstream.answerWith(answer);
        const result = await caller.call(tool, args);
        assert.equal(result.isError, true);
        assert.match(textOf(result), new RegExp(`\\b${answer.status}\\b`));
        if (tool.request.method !== 'HEAD') assert.match(textOf(result), /no such thing/);
      }
    });
  }
});
