import { isMainThread, Worker } from 'node:worker_threads';

const INTERVAL_MS = 1_000;

/**
 * Ends this process when its parent has gone, even while a statement computes: then it hears of nothing. To be called in
 * the main thread, which starts a second one with this same file.
 */
export function watchParent(): void {
  new Worker(new URL(import.meta.url)).unref();
}

if (!isMainThread) {
  // An orphan gets another parent (not on Windows, where it runs to the end of its statement).
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, INTERVAL_MS);
}
