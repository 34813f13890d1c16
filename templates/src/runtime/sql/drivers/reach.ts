import { log } from '../../log.js';
import type { SqlFailure } from '../driver.js';
import { codeOf, failure, textOf } from './failures.js';

export type ReachOptions<T> = {
  attempt: () => Promise<T>;
  /** Takes a connection that came too late for its caller. */
  giveBack: (connection: T) => void;
  /** Whether a connection waits to be used, so that none has to be made. */
  hasIdle: () => boolean;
  /** `down`: nobody answers, or it starts; `full`: it has no connection left; undefined: to wait does not help. */
  troubleOf: (error: unknown) => 'down' | 'full' | undefined;
  failureOf: (error: unknown) => SqlFailure;
  /** How long attempts go on at the start, while the database may be starting as well. */
  retryMs: number;
};

const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 1_000;
/** A database that was there and is away: some come back at once. */
const BLIP_MS = 1_000;
/** How long nobody looks whether one that is away is back, and how long the one who looks waits. */
const REMEMBERED_MS = 1_000;
const LOOK_MS = 1_000;

type Outcome<T> =
  { connection: T } | { error: unknown; failure: SqlFailure; trouble: 'down' | 'full' | undefined };

/**
 * Connects with patience at the start only. Once the attempts have come to nothing, calls fail at once; every now and then
 * one of them looks whether the database is back. The returned function rejects with SqlFailure.
 */
export function createReach<T>(options: ReachOptions<T>): (signal: AbortSignal) => Promise<T> {
  const { attempt, giveBack, hasIdle, troubleOf, failureOf, retryMs } = options;
  let patience: number | undefined;
  let reached = false;
  let away: { until: number; failure: SqlFailure } | undefined;

  const tryOnce = async (): Promise<Outcome<T>> => {
    try {
      const connection = await attempt();
      if (away) log.info('the database can be reached again');
      reached = true;
      away = undefined;
      return { connection };
    } catch (error) {
      return { error, failure: failureOf(error), trouble: troubleOf(error) };
    }
  };

  const remember = (failure: SqlFailure): void => {
    away = { until: performance.now() + REMEMBERED_MS, failure };
  };

  /** Nobody waits for long; an attempt that takes longer goes on. */
  const look = async (known: SqlFailure): Promise<T> => {
    const looking = tryOnce();
    const outcome = await Promise.race([looking, late()]);
    if (outcome === undefined) {
      void looking.then((found) => 'connection' in found && giveBack(found.connection));
      throw known;
    }
    if ('connection' in outcome) return outcome.connection;
    remember(outcome.failure);
    throw outcome.failure;
  };

  return async (signal) => {
    const now = performance.now();
    if (away && !hasIdle()) {
      const { failure: known } = away;
      if (now < away.until) throw again(known);
      away.until = now + LOOK_MS + REMEMBERED_MS;
      return look(known);
    }
    patience ??= now + retryMs;
    const deadline = { down: reached ? now + BLIP_MS : patience, full: now + retryMs };
    for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, MAX_DELAY_MS)) {
      const outcome = await tryOnce();
      if ('connection' in outcome) return outcome.connection;
      const { error, failure, trouble } = outcome;
      if (signal.aborted || trouble === undefined) throw failure;
      // A name that does not resolve is a wrong setting more often than not.
      const isOver = codeOf(error) === 'ENOTFOUND' || performance.now() + delay > deadline[trouble];
      if (isOver && trouble === 'down') remember(failure);
      if (isOver) throw failure;
      log.debug('cannot connect to the database yet', { error: textOf(error) });
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  };
}

function late(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_MS, undefined).unref());
}

/** Each call has an error of its own. */
function again({ kind, message, code, detail = '' }: SqlFailure): SqlFailure {
  const facts = { message, detail: `not tried again yet: ${detail}` };
  return failure(kind, code === undefined ? facts : { ...facts, code });
}
