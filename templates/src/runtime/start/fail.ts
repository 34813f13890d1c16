import { describeError, log } from '../log.js';

/** Says why the server cannot go on, and ends the process. */
export function fail(error: unknown): never {
  log.error('cannot go on', { error: describeError(error) });
  process.exit(1);
}
