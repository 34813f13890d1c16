import assert from 'node:assert/strict';
import { it } from 'node:test';
import { handler } from '../../src/handlers/filter-lines.js';
import { handlerContext } from '../generated/support/handler-context.js';

it('what has arrived is left out', async () => {
  const line = (state: 'ordered' | 'sent' | 'arrived') => ({ sku: 'BR-210', pieces: 1, state });
  const lines = [line('ordered'), line('arrived'), line('sent')];
  assert.deepEqual(await handler({ lines }, handlerContext()), {
    lines: [line('ordered'), line('sent')],
  });
});
