import type { Watch, Watching } from './watching.js';

/** A request `subscriptions/listen` (MCP 2026-07-28, Subscriptions) with what of it can be kept, and what is watched for it. */
export type Listening = Watch & { message: unknown };

type Filter = { resourceSubscriptions?: unknown };

/** URIs of one request; what is more is not acknowledged. */
const MAX_URIS = 200;

/**
 * Begins to watch the URIs of a request, and leaves those out that nobody watches: so the acknowledgement says what will be
 * told. Anything that is no such request stays as it is. Each request counts as a caller where nothing tells who calls.
 */
export function beginListening(message: unknown, watching: Watching | undefined): Listening {
  const filter = filterOf(message);
  const uris = filter?.resourceSubscriptions;
  if (filter === undefined || !Array.isArray(uris)) {
    return { message, ready: Promise.resolve(), stop: () => {} };
  }
  const kept: string[] = [];
  const watches: Watch[] = [];
  const caller = Symbol('request');
  for (const uri of new Set<unknown>(uris.slice(0, MAX_URIS))) {
    const watch = typeof uri === 'string' ? watching?.watch(uri, caller) : undefined;
    if (typeof uri !== 'string' || watch === undefined) continue;
    kept.push(uri);
    watches.push(watch);
  }
  const { params } = message as { params: object };
  const notifications = { ...filter, resourceSubscriptions: kept };
  return {
    message: { ...(message as object), params: { ...params, notifications } },
    ready: Promise.all(watches.map(({ ready }) => ready)).then(() => {}),
    stop: () => {
      for (const { stop } of watches) stop();
    },
  };
}

function filterOf(message: unknown): Filter | undefined {
  const { method, params } = (message ?? {}) as { method?: unknown; params?: unknown };
  if (method !== 'subscriptions/listen' || typeof params !== 'object') return undefined;
  const { notifications } = (params ?? {}) as { notifications?: unknown };
  return typeof notifications === 'object' && notifications !== null ? notifications : undefined;
}
