import { expect, test } from 'vitest';
import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { createEventStore } from '../../../templates/src/runtime/sessions/event-store.js';

const said = (text: string): JSONRPCMessage => ({
  jsonrpc: '2.0',
  method: 'said',
  params: { text },
});

async function after(store: ReturnType<typeof createEventStore>, id: string) {
  const sent: string[] = [];
  const streamId = await store.replayEventsAfter(id, {
    send: async (_, message) => {
      sent.push((message as unknown as { params: { text: string } }).params.text);
    },
  });
  return [streamId, sent];
}

test('what came after an event on its stream is sent again, in order', async () => {
  const store = createEventStore({ used: 0, max: 1_000 });
  const first = await store.storeEvent('a', said('1'));
  await store.storeEvent('b', said('2'));
  await store.storeEvent('a', said('3'));
  await store.storeEvent('a', said('4'));
  expect(await after(store, first)).toEqual(['a', ['3', '4']]);
  expect(await store.getStreamIdForEventId!(first)).toBe('a');
  expect(await store.getStreamIdForEventId!('99')).toBeUndefined();
});

test('the oldest are forgotten by number and by size, and ids of these are not known any more', async () => {
  const budget = { used: 0, max: 10_000_000 };
  const store = createEventStore(budget);
  const first = await store.storeEvent('a', said('1'));
  for (let times = 0; times < 199; times += 1) await store.storeEvent('a', said('more'));
  expect(await store.getStreamIdForEventId!(first)).toBe('a');
  await store.storeEvent('a', said('more'));
  expect(await store.getStreamIdForEventId!(first)).toBeUndefined();
  await expect(after(store, first)).rejects.toThrow('not kept');
  const large = await store.storeEvent('a', said('x'.repeat(900_000)));
  await store.storeEvent('a', said('x'.repeat(900_000)));
  expect(await store.getStreamIdForEventId!(large)).toBeUndefined();
  await store.storeEvent('a', said('x'.repeat(2_000_000)));
  expect(budget.used).toBe(0);
});

test('sessions share a budget, which one that ends gives back', async () => {
  const budget = { used: 0, max: 1_000 };
  const [one, other] = [createEventStore(budget), createEventStore(budget)];
  await one.storeEvent('a', said('x'.repeat(800)));
  const lost = await other.storeEvent('b', said('x'.repeat(800)));
  expect(await other.getStreamIdForEventId!(lost)).toBeUndefined();
  one.end();
  expect(budget.used).toBe(0);
  await one.storeEvent('a', said('late'));
  expect(budget.used).toBe(0);
  const kept = await other.storeEvent('b', said('x'.repeat(800)));
  expect(await other.getStreamIdForEventId!(kept)).toBe('b');
});
