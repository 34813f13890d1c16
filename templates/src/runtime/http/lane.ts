import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  isBrokenCircuitError,
  isBulkheadRejectedError,
} from 'cockatiel';
import { orAborted, type Deadline } from './deadline.js';
import type { Limits } from './limits.js';
import { deadlineFailure, type UpstreamResponse } from './send-request.js';
import { UpstreamFailure } from './upstream-failure.js';

/** What protects one origin from us, and us from it. */
export type Lane = {
  /** Runs a whole call, unless the origin failed so often that it is left alone for a while. */
  guarded: (call: () => Promise<UpstreamResponse>) => Promise<UpstreamResponse>;
  /** Runs one attempt when it is its turn. */
  queued: <T>(attempt: () => Promise<T>, deadline: Deadline) => Promise<T>;
};

/** A lane per origin, made on first use. */
export function createLanes(limits: Limits): (origin: string) => Lane {
  const lanes = new Map<string, Lane>();
  return (origin) => {
    const lane = lanes.get(origin) ?? createLane(limits);
    lanes.set(origin, lane);
    return lane;
  };
}

function createLane(limits: Limits): Lane {
  const slots = bulkhead(limits.concurrency, limits.queue);
  const faults = handleWhen((error) => error instanceof UpstreamFailure && error.upstreamFault);
  const breaker = circuitBreaker(
    faults.orWhenResult((result) => isOverload(result as UpstreamResponse)),
    {
      halfOpenAfter: limits.breakerResetMs,
      breaker: new ConsecutiveBreaker(limits.breakerFailures),
    },
  );
  return {
    guarded: async (call) => {
      try {
        return await breaker.execute(call);
      } catch (error) {
        if (!isBrokenCircuitError(error)) throw error;
        throw new UpstreamFailure(
          'not-sent',
          'the upstream failed several times in a row and is left alone for some seconds',
          { upstreamFault: false, retryAfterMs: limits.breakerResetMs },
        );
      }
    },
    queued: async (attempt, deadline) => {
      let started = false;
      // The bulkhead forgets those behind a cancelled waiter: waiters end when their turn comes.
      const turn = slots.execute(async () => {
        if (deadline.signal.aborted) throw deadlineFailure(deadline, 'not-sent');
        started = true;
        return attempt();
      });
      try {
        return await orAborted(turn, deadline.signal).catch((error: unknown) => {
          if (started) return turn;
          throw error;
        });
      } catch (error) {
        if (isBulkheadRejectedError(error)) throw tooBusy(limits);
        if (!started && deadline.signal.aborted) throw deadlineFailure(deadline, 'not-sent');
        throw error;
      }
    },
  };
}

/** 429 and the server's own faults; any other 4xx says that it works. */
function isOverload(response: UpstreamResponse): boolean {
  return response.status === 429 || (response.status >= 500 && response.status !== 501);
}

function tooBusy(limits: Limits): UpstreamFailure {
  return new UpstreamFailure(
    'not-sent',
    `${limits.concurrency} requests to this upstream are under way and ${limits.queue} are waiting`,
    { upstreamFault: false },
  );
}
