import type { Io, Work } from './io.js';

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
