import { expect, test } from 'vitest';
import { untilEnd } from '../../../templates/src/runtime/serve/until-end.js';

const MEBIBYTE = new Uint8Array(1_048_576);

/** A stream that is written to from outside; what became of it. */
function source() {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    start: (made) => void (controller = made),
    cancel: () => void (cancelled = true),
  });
  return { stream, write: controller, wasCancelled: () => cancelled };
}

function watched(parts: { first?: string } = {}) {
  const { stream, write, wasCancelled } = source();
  const abort = new AbortController();
  let ends = 0;
  const kept = untilEnd(stream, { signal: abort.signal, ended: () => (ends += 1), ...parts });
  return { kept, write, wasCancelled, abort, ends: () => ends };
}

const turns = () => new Promise((resolve) => setTimeout(resolve, 20));

test('it is the same stream, after what is said first', async () => {
  const { kept, write, ends } = watched({ first: 'a' });
  write.enqueue(new TextEncoder().encode('b'));
  write.close();
  expect(await new Response(kept).text()).toBe('ab');
  expect(ends()).toBe(1);
});

test('who goes ends it, whether something comes or not', async () => {
  const gone = watched();
  gone.abort.abort();
  expect(await new Response(gone.kept).text()).toBe('');
  expect([gone.ends(), gone.wasCancelled()]).toEqual([1, true]);
  const cancelled = watched();
  await cancelled.kept.cancel();
  expect([cancelled.ends(), cancelled.wasCancelled()]).toEqual([1, true]);
});

test('one that breaks breaks for its reader', async () => {
  const { kept, write, ends } = watched();
  write.error(new Error('broken'));
  await expect(new Response(kept).text()).rejects.toThrow();
  expect(ends()).toBe(1);
});

test('nobody who does not read is kept more than 4 MiB and one message for', async () => {
  const { write, wasCancelled, ends } = watched();
  for (let times = 0; times < 5; times += 1) write.enqueue(MEBIBYTE);
  await turns();
  expect([ends(), wasCancelled()]).toEqual([0, false]);
  write.enqueue(MEBIBYTE);
  await turns();
  expect([ends(), wasCancelled()]).toEqual([1, true]);
});
