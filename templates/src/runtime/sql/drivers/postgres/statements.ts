import type { Step } from './batch.js';
import type { WireValue } from './wire.js';

/** Statements that one connection has prepared, by their text. */
export type PreparedStatements = {
  /** How to run a text: by a name from its second time on, so that texts that never come again are not kept. */
  step: (text: string, values: readonly WireValue[]) => Step;
  /** Names that have had to go since this was last asked; they are to be closed before anything else. */
  takeClosed: () => string[];
  /** After a failure: these may not have been prepared, or with `all` are no longer good. */
  forget: (steps: readonly Step[], all: boolean) => void;
};

/** At most `limit` statements, the one that was not used for longest goes first; 0 prepares none. */
export function createPreparedStatements(limit: number): PreparedStatements {
  const names = new Map<string, string>();
  const seen = new Set<string>();
  let closed: string[] = [];
  let count = 0;

  const isNew = (text: string): boolean => {
    if (seen.delete(text)) return false;
    seen.add(text);
    const [oldest] = seen;
    if (seen.size > 2 * limit && oldest !== undefined) seen.delete(oldest);
    return true;
  };

  return {
    step: (text, values) => {
      const known = names.get(text);
      if (known !== undefined) {
        // As long as there is room, nobody asks which one was used last.
        if (names.size > limit / 2) {
          names.delete(text);
          names.set(text, known);
        }
        return { text, values, name: known, parsed: true };
      }
      if (limit === 0 || isNew(text)) return { text, values, name: '', parsed: false };
      const [oldest] = names;
      if (names.size >= limit && oldest) {
        names.delete(oldest[0]);
        closed.push(oldest[1]);
      }
      const name = `s${(count += 1)}`;
      names.set(text, name);
      return { text, values, name, parsed: false };
    },
    takeClosed: () => {
      const taken = closed;
      closed = [];
      return taken;
    },
    forget: (steps, all) => {
      for (const { text, name, parsed } of steps) {
        // To close what does not exist is no error; to parse a name twice is one, so names never come again.
        if ((parsed && !all) || name === '' || !names.delete(text)) continue;
        closed.push(name);
      }
    },
  };
}
