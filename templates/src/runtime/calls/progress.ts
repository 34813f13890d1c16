import type { ProgressToken, ServerContext } from '@modelcontextprotocol/server';
import { log } from '../log.js';

/** How far a call has come. `progress` grows with every report; `total` says where it ends, where that is known. */
export type ProgressReport = { progress: number; total?: number; message?: string };

/** Never throws and is not waited for: a report that does not arrive is no reason to fail. */
export type Progress = (report: ProgressReport) => void;

export const noProgress: Progress = () => {};

/**
 * Reports to the caller who gave this token; undefined when none was given. What does not grow is left out, and what comes
 * after the end of the call too (MCP 2026-07-28, Progress).
 */
export function progressOf(
  { notify, signal }: Pick<ServerContext['mcpReq'], 'notify' | 'signal'>,
  progressToken: ProgressToken | undefined,
): Progress | undefined {
  if (progressToken === undefined) return undefined;
  let last = -Infinity;
  return ({ progress, total, message }) => {
    if (!(progress > last) || signal.aborted) return;
    last = progress;
    const params = {
      progressToken,
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    };
    notify({ method: 'notifications/progress', params }).catch((error: unknown) =>
      log.debug('progress not sent', { reason: String(error) }),
    );
  };
}
