import type { ResourceProvider } from '../resources.js';

/** Ends what was begun; a second time does nothing. */
export type Stop = () => void;

/** Somebody looks at something; `ready` resolves when the next change will be noticed. */
export type Watch = { ready: Promise<void>; stop: Stop };

/** What is read by URI, watched as long as somebody wants to know. */
export type Watching = {
  /** Undefined for a URI that nobody watches, and when too many are watched. */
  watch: (uri: string) => Watch | undefined;
};

/** Different URIs, of all callers together. */
const MAX_WATCHED = 500;
/** Nobody is kept waiting longer for something that does not get ready. */
const READY_MS = 5_000;

/** Watches each URI once, however many callers want to know of it, and stops with the last of them. */
export function createWatching(
  providers: readonly Pick<ResourceProvider, 'watch'>[],
  updated: (uri: string) => void,
): Watching {
  const watched = new Map<string, Watch & { callers: number }>();

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
    watch: (uri) => {
      const one = watched.get(uri) ?? begin(uri);
      if (one === undefined) return undefined;
      one.callers += 1;
      let ended = false;
      const stop = () => {
        if (ended) return;
        ended = true;
        one.callers -= 1;
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
