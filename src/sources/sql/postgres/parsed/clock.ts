import { diagnostic } from '../../../../diagnostics/catalog.js';
import { InputError } from '../../../../diagnostics/diagnostic.js';
import type { Origin } from '../../../../diagnostics/diagnostic.js';
import { TIME_LIMITS } from '../time-limits.js';
import type { TimeLimits } from '../time-limits.js';
import { Refused } from './refused.js';

/** Ends what would go on for ever, where nothing else can: reading by parsing is one long step of one thread. */
export type Clock = {
  /** Begins the time of a statement. Throws an InputError (MCP808) when there is none left for all. */
  begin: () => void;
  /** Throws as `begin` does, and a Refused when the statement has used up its own. */
  check: () => void;
};

export function newClock(
  origin: Origin,
  {
    timeoutMs = TIME_LIMITS.timeoutMs,
    statementTimeoutMs = TIME_LIMITS.statementTimeoutMs,
  }: TimeLimits,
): Clock {
  const end = Date.now() + timeoutMs;
  let endOfStatement = end;
  const timeOf = (): number => {
    const now = Date.now();
    if (now < end) return now;
    throw new InputError([diagnostic('MCP808', { seconds: timeoutMs / 1000 }, { origin })]);
  };
  return {
    begin: () => void (endOfStatement = timeOf() + statementTimeoutMs),
    check: () => {
      if (timeOf() >= endOfStatement)
        throw new Refused(`ran longer than ${statementTimeoutMs / 1000} s`);
    },
  };
}
