const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 };

const waiting = new Set();

/**
 * Runs `clean` when the process ends before it is done, by a signal or by itself: programs that it has started would go on
 * without it. `clean` cannot wait for anything. Gives a function that takes it back.
 */
export function atEnd(clean) {
  if (waiting.size === 0) listen('on');
  waiting.add(clean);
  return () => {
    waiting.delete(clean);
    if (waiting.size === 0) listen('off');
  };
}

function listen(how) {
  process[how]('exit', runAll);
  for (const signal of Object.keys(EXIT_CODES)) process[how](signal, end);
}

function end(signal) {
  process.exit(EXIT_CODES[signal]);
}

function runAll() {
  for (const clean of [...waiting].reverse()) clean();
}
