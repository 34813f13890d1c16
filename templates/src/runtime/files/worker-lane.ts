import { Worker } from 'node:worker_threads';
import type { FileReply, FileRequest } from './messages.js';

/** Workers that take one request after the other. */
export type WorkerLane = {
  /** Rejects when the signal fires or the worker fails. */
  run: (request: FileRequest, options: RunOptions) => Promise<FileReply>;
  /** Starts a worker, so that the first request does not wait for it. */
  warm: () => void;
  close: () => Promise<void>;
};

export type RunOptions = {
  signal: AbortSignal;
  /** What still computes after this many milliseconds, or when the signal fires, is ended; without it, it may finish. */
  killAfterMs?: number;
};

/** A worker was ended because it took too long. */
export class WorkerTimeoutError extends Error {}

const FILE = new URL('./file-worker.js', import.meta.url);

/** At most `size` workers, started when they are needed; they keep the process from nothing while they wait. */
export function createWorkerLane(data: unknown, size: number, file = FILE): WorkerLane {
  const all = new Set<Worker>();
  const idle: Worker[] = [];
  const waiting: (() => void)[] = [];
  let isClosed = false;

  const start = (): Worker => {
    const worker = new Worker(file, { workerData: data });
    all.add(worker);
    worker.once('exit', () => {
      all.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
      waiting.shift()?.();
    });
    // Whoever waits for an answer is told; an idle one is replaced.
    worker.on('error', () => undefined);
    worker.unref();
    return worker;
  };

  const take = async (signal: AbortSignal): Promise<Worker> => {
    for (;;) {
      signal.throwIfAborted();
      if (isClosed) throw new Error('closed');
      const free = idle.pop() ?? (all.size < size ? start() : undefined);
      if (free !== undefined) return free;
      await turn(waiting, signal);
    }
  };

  const release = (worker: Worker): void => {
    worker.unref();
    if (all.has(worker)) idle.push(worker);
    waiting.shift()?.();
  };

  return {
    run: async (request, { signal, killAfterMs }) => {
      const worker = await take(signal);
      worker.ref();
      const asked = ask(worker, request);
      // Also where nobody waits for the answer any more, the worker is busy until it comes.
      asked.then(
        () => release(worker),
        () => undefined,
      );
      if (killAfterMs === undefined) return orAbort(asked, signal);
      const late = AbortSignal.timeout(killAfterMs);
      try {
        return await orAbort(asked, AbortSignal.any([signal, late]));
      } catch (error) {
        if (signal.aborted || late.aborted) await worker.terminate();
        if (late.aborted && !signal.aborted) throw new WorkerTimeoutError('too long');
        throw error;
      }
    },
    warm: () => {
      if (all.size === 0 && !isClosed) idle.push(start());
    },
    close: async () => {
      isClosed = true;
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function ask(worker: Worker, request: FileRequest): Promise<FileReply> {
  return new Promise((resolve, reject) => {
    const done = () => {
      worker.off('message', answered);
      worker.off('error', failed);
      worker.off('exit', ended);
    };
    const answered = (reply: FileReply) => {
      done();
      resolve(reply);
    };
    const failed = (error: unknown) => {
      done();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const ended = () => failed(new Error('the worker has ended'));
    worker.on('message', answered);
    worker.on('error', failed);
    worker.on('exit', ended);
    worker.postMessage(request);
  });
}

/** Resolves when a worker may be free. */
function turn(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = () => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const stop = () => {
      waiting.splice(waiting.indexOf(wake), 1);
      reject(signal.reason as Error);
    };
    waiting.push(wake);
    signal.addEventListener('abort', stop, { once: true });
  });
}

function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
