import assert from 'node:assert/strict';
import { it } from 'node:test';
import { handler } from '../../src/handlers/fetch-slips.js';
import { handlerContext } from '../generated/support/handler-context.js';

it('a slip that comes in parts is read to its end', async () => {
  const callTool = (name: string, args: unknown) => {
    if (name === 'find_files') return { paths: ['a.csv'] };
    const { offset } = args as { offset: number };
    return offset === 0 ? { text: 'one\n', next_offset: 1 } : { text: 'two\n' };
  };
  assert.deepEqual(await handler({ pattern: '*.csv' }, handlerContext({ callTool })), {
    slips: [{ path: 'a.csv', text: 'one\ntwo\n' }],
  });
});
