import { EvaluationError } from './expression.js';

export type EachOptions = {
  /** At a time. */
  limit?: number | undefined;
  signal: AbortSignal;
  run: (item: unknown, signal: AbortSignal) => Promise<unknown>;
  /** Told after each how many are done. */
  onDone: (count: number) => void;
};

const LIMIT = 4;
const MAX_ITEMS = 1_000;

/**
 * The results for all items, in their order. When one fails those that run are cancelled and waited for, no other begins, and
 * its error is thrown. Throws EvaluationError for too many items before anything is called.
 */
export async function runEach(
  items: readonly unknown[],
  { limit = LIMIT, signal, run, onDone }: EachOptions,
): Promise<unknown[]> {
  if (items.length > MAX_ITEMS) {
    throw new EvaluationError(`${items.length} items are more than ${MAX_ITEMS}`);
  }
  const results: unknown[] = [];
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  let failed: { error: unknown } | undefined;
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < items.length && failed === undefined) {
      signal.throwIfAborted();
      const index = next;
      next += 1;
      try {
        results[index] = await run(items[index], either);
        done += 1;
        onDone(done);
      } catch (error) {
        failed ??= { error };
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  if (failed !== undefined) throw failed.error;
  return results;
}
