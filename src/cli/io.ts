import type { Readable } from 'node:stream';

export type OutputStream = {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
};

/**
 * What a signal may do to the work at hand.
 * - `computing`: long work that never comes back to the event loop, so that no handler could run: the system ends the process.
 * - `waiting`: for a user or an answer; the process ends at once.
 * - otherwise `io.signal` aborts, and the work ends in order.
 */
export type Work = 'computing' | 'waiting';

/** Tells whoever handles signals what is being done; gives back what to call when it is done. */
export type Announce = (work: Work) => () => void;

/** Everything that a run touches besides the file system, so that tests can give their own. */
export type Io = {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  stdin: Readable & { isTTY?: boolean };
  stdout: OutputStream;
  stderr: OutputStream;
  /** Aborts when the user presses Ctrl-C. */
  signal: AbortSignal;
  /** Where signals are handled by somebody who has to know what they would interrupt. */
  announce?: Announce;
};

/** The user changed their mind: exit code 130. `state` says what there is now. */
export class Cancelled extends Error {
  constructor(state = 'nothing written') {
    super(`cancelled, ${state}`);
    this.name = 'Cancelled';
  }
}

/** Whether questions can be asked. */
export function canAsk(io: Io, yes: boolean): boolean {
  const isCi = io.env['CI'] !== undefined && io.env['CI'] !== '' && io.env['CI'] !== 'false';
  return io.stdin.isTTY === true && io.stdout.isTTY === true && !isCi && !yes;
}

/** Lets pending signals arrive after synchronous work, and ends the run if one has. */
export async function breathe(io: Io): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (io.signal.aborted) throw new Cancelled();
}
