import { describeError, log } from '../log.js';
import type { Watch } from './watching.js';

/** What tells two states of something apart; the same text where nothing changed. */
export type Stamps = (keys: readonly string[]) => Promise<readonly string[]>;

/** How often is looked at what somebody wants to know of, in milliseconds; so often at most a change is told. */
const EVERY_MS = 1_000;

/**
 * Looks again and again at what is watched, and at nothing else. Looking works where the system does not tell of changes
 * (network folders, files that are replaced), and goes the same guarded way as reading.
 */
export function createPoll(
  stamps: Stamps,
  everyMs = EVERY_MS,
): (key: string, changed: () => void) => Watch {
  type Watched = { changed: () => void; last?: string };
  const watched = new Map<string, Set<Watched>>();
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;

  const lookNow = async () => {
    const keys = [...watched.keys()];
    if (keys.length === 0) return;
    const now = await stamps(keys);
    for (const [index, key] of keys.entries()) {
      for (const one of watched.get(key) ?? []) {
        const before = one.last;
        one.last = now[index] ?? '';
        if (before !== undefined && before !== one.last) one.changed();
      }
    }
  };
  /** One look after the other; who comes while two are to be done is seen by the second. */
  const look = (): Promise<void> => {
    if (waiting > 1) return last;
    waiting += 1;
    last = last
      .then(lookNow)
      .catch((error: unknown) => log.debug('cannot look', { error: describeError(error) }))
      .finally(() => (waiting -= 1));
    return last;
  };

  return (key, changed) => {
    const one: Watched = { changed };
    watched.set(key, (watched.get(key) ?? new Set()).add(one));
    timer ??= setInterval(() => void look(), everyMs).unref();
    const stop = () => {
      const others = watched.get(key);
      others?.delete(one);
      if (others?.size === 0) watched.delete(key);
      if (watched.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
    return { ready: look(), stop };
  };
}
