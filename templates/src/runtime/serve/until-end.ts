export type UntilEndOptions = {
  /** Ends the stream when whoever reads it is gone. */
  signal: AbortSignal;
  /** Called once: it was read to its end, failed, was cut off, or nobody reads it any more. */
  ended: () => void;
  /** Sent before anything else, so that the other side learns at once that it is open. */
  first?: string;
  /** When it is cut off, in milliseconds since 1970. */
  until?: number;
};

/** Bytes that may wait for a reader; with more it is cut off. */
const MAX_BACKLOG = 4_194_304;

/** What a timer takes. */
const MAX_DELAY_MS = 2_147_483_647;

/** The same stream, read as soon as there is something in it; what it says is kept for a reader who is slow, up to a limit. */
export function untilEnd(
  stream: ReadableStream<Uint8Array>,
  { signal, ended, first, until }: UntilEndOptions,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let cut = () => {};

  const end = () => {
    if (isOver) return false;
    isOver = true;
    clearTimeout(timer);
    signal.removeEventListener('abort', cut);
    ended();
    return true;
  };
  const pump = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (isOver) return;
        if (done) break;
        if (-(controller.desiredSize ?? 0) > MAX_BACKLOG) return cut();
        controller.enqueue(value);
      }
      if (end()) controller.close();
    } catch (error) {
      if (end()) controller.error(error);
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        cut = () => {
          if (!end()) return;
          controller.close();
          reader.cancel().catch(() => {});
        };
        signal.addEventListener('abort', cut, { once: true });
        if (until !== undefined) {
          timer = setTimeout(() => cut(), Math.min(until - Date.now(), MAX_DELAY_MS)).unref();
        }
        if (first !== undefined) controller.enqueue(new TextEncoder().encode(first));
        if (signal.aborted) cut();
        else void pump(controller);
      },
      cancel: async (reason) => {
        if (end()) await reader.cancel(reason);
      },
    },
    { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 },
  );
}
