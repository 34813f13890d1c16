/** Gives the place back; calling it again does nothing. */
export type Release = () => void;

export type CallSlots = {
  /** Resolves when there is a place; rejects with SlotsFullError, or with the signal's reason while waiting. */
  take: (signal: AbortSignal) => Promise<Release>;
  /** Resolves when nothing is running or waiting. */
  idle: () => Promise<void>;
};

/** Nothing was started: the queue has no room. */
export class SlotsFullError extends Error {
  constructor() {
    super('too many calls at once');
    this.name = 'SlotsFullError';
  }
}

/** At most `concurrency` calls run at a time and at most `queue` more wait, first come first served. */
export function createCallSlots(limits: { concurrency: number; queue: number }): CallSlots {
  const waiting = new Set<() => void>();
  const watchers = new Set<() => void>();
  let running = 0;

  const occupy = (): Release => {
    running += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      running -= 1;
      const [next] = waiting;
      if (next !== undefined) next();
      else if (running === 0) settle();
    };
  };

  const settle = () => {
    for (const watcher of watchers) watcher();
    watchers.clear();
  };

  const wait = (signal: AbortSignal) =>
    new Promise<Release>((resolve, reject) => {
      const start = () => {
        leave();
        resolve(occupy());
      };
      const abort = () => {
        leave();
        reject(signal.reason);
      };
      const leave = () => {
        waiting.delete(start);
        signal.removeEventListener('abort', abort);
      };
      waiting.add(start);
      signal.addEventListener('abort', abort, { once: true });
    });

  return {
    take: async (signal) => {
      signal.throwIfAborted();
      if (running < limits.concurrency) return occupy();
      if (waiting.size >= limits.queue) throw new SlotsFullError();
      return wait(signal);
    },
    idle: () =>
      new Promise((resolve) => {
        if (running === 0) resolve();
        else watchers.add(resolve);
      }),
  };
}
