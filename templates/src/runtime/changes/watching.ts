import type { ResourceProvider } from '../resources.js';

/** Ends what was begun; a second time does nothing. */
export type Stop = () => void;

/** Somebody looks at something; `ready` resolves when the next change will be noticed. */
export type Watch = { ready: Promise<void>; stop: Stop };

/** What is read by URI, watched as long as somebody wants to know. */
export type Watching = {
  /**
   * For a caller, whatever it is known by. Undefined for a URI that nobody watches, and when too many are watched, by the caller
   * or by all together.
   */
  watch: (uri: string, caller?: unknown) => Watch | undefined;
};

/** Different URIs, of all callers together. */
const MAX_WATCHED = 500;
/** Different URIs of one caller among several, so that no one leaves nothing to the others. */
export const SHARE = 100;
/** Nobody is kept waiting longer for something that does not get ready. */
const READY_MS = 5_000;

/** Watches each URI once, however many callers want to know of it, and stops with the last of them. */
export function createWatching(
  providers: readonly Pick<ResourceProvider, 'watch'>[],
  updated: (uri: string) => void,
  share = MAX_WATCHED,
): Watching {
  const watched = new Map<string, Watch & { callers: number }>();
  /** How often each caller watches each URI. */
  const held = new Map<unknown, Map<string, number>>();

  const begin = (uri: string) => {
    if (watched.size >= MAX_WATCHED) return undefined;
    for (const { watch } of providers) {
      const found = watch?.(uri, () => updated(uri));
      if (found === undefined) continue;
      const ready = Promise.race([found.ready.catch(() => {}), delay(READY_MS)]);
      const begun = { callers: 0, ready, stop: found.stop };
      watched.set(uri, begun);
      return begun;
    }
    return undefined;
  };

  return {
    watch: (uri, caller) => {
      const own = held.get(caller) ?? new Map<string, number>();
      if (!own.has(uri) && own.size >= share) return undefined;
      const one = watched.get(uri) ?? begin(uri);
      if (one === undefined) return undefined;
      one.callers += 1;
      own.set(uri, (own.get(uri) ?? 0) + 1);
      held.set(caller, own);
      let ended = false;
      const stop = () => {
        if (ended) return;
        ended = true;
        one.callers -= 1;
        const times = own.get(uri) ?? 0;
        if (times > 1) own.set(uri, times - 1);
        else own.delete(uri);
        if (own.size === 0 && held.get(caller) === own) held.delete(caller);
        if (one.callers > 0) return;
        watched.delete(uri);
        one.stop();
      };
      return { ready: one.ready, stop };
    },
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
