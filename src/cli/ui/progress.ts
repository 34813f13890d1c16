import type { OutputStream } from '../io.js';

/** Tells what is being done while it takes long. */
export type Progress = {
  /** The work that begins now; ends the one before. */
  phase(text: string): void;
  /** Ends the last phase. */
  done(): void;
};

/** Phases shorter than this (milliseconds) are not worth a line in a log. */
const LONG = 1000;

/** On a terminal one line that is overwritten; elsewhere a plain line for each phase that took over a second. */
export function createProgress(stream: OutputStream, isSilent: boolean): Progress {
  if (isSilent) return { phase: () => undefined, done: () => undefined };
  return stream.isTTY ? onTerminal(stream) : inLog(stream);
}

// Most of the work is synchronous, so a turning wheel would stand still: the line is written when a phase begins.
function onTerminal(stream: OutputStream): Progress {
  const clear = '\r\u001b[K';
  return {
    phase: (text) => stream.write(`${clear}… ${text}`),
    done: () => stream.write(clear),
  };
}

function inLog(stream: OutputStream): Progress {
  let current: { text: string; start: number } | undefined;
  function finish(): void {
    const took = current ? performance.now() - current.start : 0;
    if (current && took > LONG) stream.write(`${current.text} (${(took / 1000).toFixed(1)} s)\n`);
    current = undefined;
  }
  return {
    phase: (text) => {
      finish();
      current = { text, start: performance.now() };
    },
    done: finish,
  };
}
