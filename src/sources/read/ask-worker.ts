import { Worker } from 'node:worker_threads';

/** How a thread ended: with its first message, with an error of its own, without a word, or because its time was up. */
export type WorkerAnswer<Message> =
  { message: Message } | { error: Error } | 'ended without an answer' | 'took too long';

/**
 * Runs a module in a thread without environment or output, until its first message. The thread is ended in any case. Rejects
 * with the reason of the signal alone where that fires before.
 */
export async function askWorker<Message>(
  module: URL,
  {
    workerData,
    timeoutMs,
    memoryMb,
    signal,
  }: {
    workerData: unknown;
    timeoutMs: number;
    memoryMb?: number;
    signal?: AbortSignal | undefined;
  },
): Promise<WorkerAnswer<Message>> {
  signal?.throwIfAborted();
  const worker = new Worker(module, {
    workerData,
    ...(memoryMb !== undefined && { resourceLimits: { maxOldGenerationSizeMb: memoryMb } }),
    stdout: true,
    stderr: true,
    env: {},
  });
  let timer: NodeJS.Timeout | undefined;
  const abort = (): void => void worker.terminate();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const answer = await new Promise<WorkerAnswer<Message>>((resolve) => {
      timer = setTimeout(() => resolve('took too long'), timeoutMs);
      worker.on('message', (message: Message) => resolve({ message }));
      worker.on('error', (error) => resolve({ error }));
      worker.on('exit', () => resolve('ended without an answer'));
    });
    signal?.throwIfAborted();
    return answer;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  }
}
