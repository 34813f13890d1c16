import { pause, type Deadline } from './deadline.js';
import { ATTEMPTS, backoffMs, isPassing, isPassingFailure, retryAfterMs } from './retry-policy.js';
import { deadlineFailure, type UpstreamResponse } from './send-request.js';
import { UpstreamFailure } from './upstream-failure.js';

type Outcome = { response: UpstreamResponse } | { failure: UpstreamFailure };

/**
 * Runs attempts until one succeeds, fails for good, or no time is left for another. A
 * Retry-After is waited for exactly; one that does not fit into the deadline ends the call at
 * once, with the response that carries it. Throws UpstreamFailure.
 */
export async function retrying(
  attempt: () => Promise<UpstreamResponse>,
  { repeatable, deadline }: { repeatable: boolean; deadline: Deadline },
): Promise<UpstreamResponse> {
  for (let count = 1; ; count += 1) {
    const outcome = await settle(attempt);
    const wait = waitBefore(outcome, count);
    const again =
      repeatable && count < ATTEMPTS && wait !== undefined && wait < deadline.remaining();
    if (!again || deadline.signal.aborted) return unwrap(outcome);
    try {
      await pause(wait, deadline.signal);
    } catch {
      // Cancelled while waiting; the last answer is of no interest any more.
      throw deadlineFailure(deadline);
    }
  }
}

/** Milliseconds to wait before the next attempt; undefined where none would help. */
function waitBefore(outcome: Outcome, count: number): number | undefined {
  if ('failure' in outcome) {
    return isPassingFailure(outcome.failure) ? backoffMs(count) : undefined;
  }
  const { status, headers } = outcome.response;
  if (!isPassing(status)) return undefined;
  return retryAfterMs(headers['retry-after']) ?? backoffMs(count);
}

async function settle(attempt: () => Promise<UpstreamResponse>): Promise<Outcome> {
  try {
    return { response: await attempt() };
  } catch (error) {
    if (error instanceof UpstreamFailure) return { failure: error };
    throw error;
  }
}

function unwrap(outcome: Outcome): UpstreamResponse {
  if ('failure' in outcome) throw outcome.failure;
  return outcome.response;
}
