import { beginListening } from './listening.js';
import type { Watching } from './watching.js';
import { untilEnd } from '../serve/until-end.js';

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
    return new Response(untilEnd(response.body, { signal, ended: stop }), response);
  } catch (error) {
    stop();
    throw error;
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
