import assert from 'node:assert/strict';
import { it } from 'node:test';
import { handler } from '../../src/handlers/advise.js';
import { handlerContext } from '../generated/support/handler-context.js';

const part = (sku: string, pieces: number) => ({ sku, name: sku, pieces });

it('what is expected is not ordered again, and unknown prices are no part of the sum', async () => {
  const needed = [part('BR-210', 6), part('CH-110', 2), part('TY-700', 1)];
  const expected = { 'BR-210': 4, 'CH-110': 2 };
  const prices = [{ cents: 500 }, { cents: 900 }, { error: 'no answer' }];
  assert.deepEqual(await handler({ needed, expected, prices }, handlerContext()), {
    order: [
      { ...part('BR-210', 2), cents: 1000 },
      { ...part('TY-700', 1), cents: null },
    ],
    cents: 1000,
    unknown: ['TY-700'],
  });
});
