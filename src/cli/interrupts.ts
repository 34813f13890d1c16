import type { Io } from './io.js';

/**
 * What a signal may do to the work at hand.
 * - `computing`: long work that never comes back to the event loop, so that no handler could run: the system ends the process.
 * - `waiting`: for a user or an answer; the process ends at once.
 * - otherwise `io.signal` aborts, and the work ends in order.
 */
export type Work = 'computing' | 'waiting';

/** Tells whoever handles signals what is being done; gives back what to call when it is done. */
export type Announce = (work: Work) => () => void;

/** Does `work` and says so meanwhile. */
export async function during<Value>(
  { announce }: Io,
  kind: Work,
  work: () => Promise<Value>,
): Promise<Value> {
  const done = announce?.(kind);
  try {
    return await work();
  } finally {
    done?.();
  }
}
