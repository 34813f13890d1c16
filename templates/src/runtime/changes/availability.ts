import { readInteger, type Environment } from '../settings/settings.js';

/** Which of several servers behind this one are there. */
export type Availability = {
  has: (id: string) => boolean;
  /** Looks for the first time, and from then on again and again. */
  begin: () => Promise<void>;
  close: () => void;
};

const CHECK_MS = { fallback: 3_000, min: 100, max: 600_000 };
const CHECK_TIMEOUT_MS = 5_000;

/** How often it is looked, in milliseconds. Throws SettingError. */
export function readCheckMs(env: Environment): number {
  return readInteger(env, 'AVAILABILITY_CHECK_MS', CHECK_MS);
}

/**
 * Looks whether each is there. The first look counts at once; after that two in a row must say the same, so that one who comes
 * and goes is not announced each time.
 */
export function createAvailability(
  ids: readonly string[],
  isThere: (id: string, signal: AbortSignal) => Promise<boolean>,
  { everyMs, changed }: { everyMs: number; changed: (id: string, there: boolean) => void },
): Availability {
  type State = { there: boolean; seen?: boolean; looking?: Promise<void> };
  const states = new Map(ids.map((id): [string, State] => [id, { there: false }]));
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const lookAt = async (id: string, state: State) => {
    const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
    const seen = await isThere(id, signal).catch(() => false);
    if (closed) return;
    const isSettled = state.seen === undefined || state.seen === seen;
    state.seen = seen;
    if (!isSettled || state.there === seen) return;
    state.there = seen;
    changed(id, seen);
  };
  const look = (id: string): Promise<void> => {
    const state = states.get(id);
    if (state === undefined || closed) return Promise.resolve();
    return (state.looking ??= lookAt(id, state).finally(() => delete state.looking));
  };
  const lookAtAll = () => Promise.all(ids.map(look));

  return {
    has: (id) => states.get(id)?.there ?? true,
    begin: async () => {
      if (ids.length === 0) return;
      timer = setInterval(() => void lookAtAll(), everyMs).unref();
      await lookAtAll();
    },
    close: () => {
      closed = true;
      clearInterval(timer);
    },
  };
}
