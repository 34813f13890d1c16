/**
 * One clock over a whole call. `signal` fires on time-out and on cancellation; `dispose` must be
 * called at the end.
 */
export type Deadline = {
  signal: AbortSignal;
  /** Milliseconds that are left. */
  remaining: () => number;
  expired: () => boolean;
  dispose: () => void;
};

/** Starts the clock; `outer` (a cancelled call) ends it early. */
export function startDeadline(timeoutMs: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  const end = performance.now() + timeoutMs;
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    controller.abort();
  }, timeoutMs);
  const cancel = () => controller.abort();
  if (outer?.aborted) cancel();
  outer?.addEventListener('abort', cancel, { once: true });
  return {
    signal: controller.signal,
    remaining: () => Math.max(0, end - performance.now()),
    expired: () => expired,
    dispose: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', cancel);
    },
  };
}

/**
 * The promise's outcome, or a rejection `graceMs` after the signal fires, by default at once; the
 * promise itself goes on unobserved.
 */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal, graceMs = 0): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const end = () => reject(new DOMException('aborted', 'AbortError'));
    const abort = () => {
      if (graceMs === 0) return end();
      timer = setTimeout(end, graceMs).unref();
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    const leave = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    promise.then(
      (value) => {
        leave();
        resolve(value);
      },
      (error: unknown) => {
        leave();
        reject(error);
      },
    );
  });
}

/** Waits; rejects as soon as the signal fires. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const waiting = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return orAborted(waiting, signal).finally(() => clearTimeout(timer));
}
