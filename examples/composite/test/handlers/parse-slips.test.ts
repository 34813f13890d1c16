import assert from 'node:assert/strict';
import { it } from 'node:test';
import { handler } from '../../src/handlers/parse-slips.js';
import { handlerContext } from '../generated/support/handler-context.js';

const parse = async (text: string) =>
  handler({ slips: [{ path: 'a.csv', text }] }, handlerContext());

it('lines below the heading are read', async () => {
  assert.deepEqual(await parse('sku;pieces;state\r\nBR-210;4;sent\r\n\r\n'), {
    lines: [{ sku: 'BR-210', pieces: 4, state: 'sent' }],
  });
});

it('a line of another form is told with its place', async () => {
  await assert.rejects(parse('sku;pieces;state\nBR-210;four;sent\n'), {
    message: 'a.csv, line 2, is not sku;pieces;state: BR-210;four;sent',
  });
});
