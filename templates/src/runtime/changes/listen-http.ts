import { beginListening } from './listening.js';
import type { Stop, Watching } from './watching.js';

/** Whether a request opens a stream of changes: its header says so, and the handler refuses one that does not fit its body. */
export function opensStream({ headers }: Request): boolean {
  return headers.get('mcp-method') === 'subscriptions/listen';
}

/** Has such a request answered, and watches what it names until its stream ends, whoever ends it. */
export async function answerStream(
  request: Request,
  watching: Watching,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const text = await request.text();
  const { message, ready, stop } = beginListening(asJson(text), watching);
  const { url, method, headers, signal } = request;
  const body = message === undefined ? text : JSON.stringify(message);
  const sent = new Headers(headers);
  sent.delete('content-length');
  try {
    await ready;
    const response = await answer(new Request(url, { method, headers: sent, body, signal }));
    const isStream = response.headers.get('content-type') === 'text/event-stream';
    if (!isStream || response.body === null) {
      stop();
      return response;
    }
    signal.addEventListener('abort', stop, { once: true });
    return new Response(untilEnd(response.body, stop), response);
  } catch (error) {
    stop();
    throw error;
  }
}

/** The same stream; `ended` is called when it is read to its end, fails, or nobody reads it any more. */
function untilEnd(stream: ReadableStream<Uint8Array>, ended: Stop): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        ended();
        controller.close();
      } catch (error) {
        ended();
        controller.error(error);
      }
    },
    cancel: async (reason) => {
      ended();
      await reader.cancel(reason);
    },
  });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
