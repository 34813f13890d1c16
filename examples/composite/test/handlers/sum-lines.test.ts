import assert from 'node:assert/strict';
import { it } from 'node:test';
import { handler } from '../../src/handlers/sum-lines.js';
import { handlerContext } from '../generated/support/handler-context.js';

it('pieces are added up by part', async () => {
  const line = (sku: string, pieces: number) => ({ sku, pieces, state: 'sent' as const });
  const lines = [line('BR-210', 4), line('TY-700', 1), line('BR-210', 2)];
  assert.deepEqual(await handler({ lines }, handlerContext()), {
    pieces: { 'BR-210': 6, 'TY-700': 1 },
  });
});
