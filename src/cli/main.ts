import type { Work } from './io.js';
import { optimiseLess } from './optimise-less.js';
import { run } from './run.js';

const CANCELLED = 130;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const controller = new AbortController();
/** What is being done now, the innermost last. */
const works: Work[] = [];

function interrupted(): void {
  const isSecond = controller.signal.aborted;
  if (isSecond || works.at(-1) === 'waiting') {
    // A question hides the cursor.
    if (process.stdout.isTTY) process.stdout.write('\u001b[?25h\n');
    if (!isSecond) process.stderr.write('cancelled, nothing written\n');
    process.exit(CANCELLED);
  }
  controller.abort();
}

function listen(): void {
  for (const signal of SIGNALS) {
    process.removeListener(signal, interrupted);
    // Without a listener the system ends the process, even while it computes; shells call that 130 as well.
    if (works.at(-1) !== 'computing') process.on(signal, interrupted);
  }
}

function announce(work: Work): () => void {
  works.push(work);
  listen();
  return () => {
    works.pop();
    listen();
  };
}

optimiseLess();
listen();
// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const code = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: controller.signal,
  announce,
});
await new Promise((resolve) => process.stdout.write('', resolve));
process.exit(code);
