import type { IncomingMessage, ServerResponse } from 'node:http';
import { describeError, log } from '../log.js';
import type { HttpApp } from './http-app.js';

export type OverNodeOptions = {
  app: Pick<HttpApp, 'fetch'>;
  /** Bytes of a request body. */
  maxBodyBytes: number;
  /** False where the headers are enough to refuse the request. */
  readsBody: boolean;
  /** So long nothing of an answer is taken before its connection is closed. */
  stuckMs?: number;
};

const STUCK_MS = 60_000;

/**
 * Answers a request that came to Node's server by what answers requests of the web. Its body is read once, here, and an answer
 * that is no stream goes out in one piece: what `@modelcontextprotocol/node` does, at a fraction of its cost.
 */
export async function answerOverNode(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: OverNodeOptions,
): Promise<void> {
  const gone = new AbortController();
  let finished = false;
  outgoing.once('close', () => {
    if (!finished) gone.abort();
  });
  if (outgoing.destroyed) gone.abort();

  const { stuckMs = STUCK_MS } = options;
  const response = await respond(incoming, gone.signal, options);
  const headers = Object.fromEntries(response.headers);
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (isStream && response.body !== null) {
    outgoing.writeHead(response.status, headers);
    await passOn(response.body, outgoing, { gone: gone.signal, stuckMs });
    finished = true;
    closeWhenStuck(outgoing, stuckMs);
    outgoing.end();
    return;
  }
  const bytes = response.body === null ? undefined : new Uint8Array(await response.arrayBuffer());
  if (bytes !== undefined) headers['content-length'] = String(bytes.length);
  finished = true;
  closeWhenStuck(outgoing, stuckMs);
  outgoing.writeHead(response.status, headers).end(bytes);
}

async function respond(
  incoming: IncomingMessage,
  signal: AbortSignal,
  { app, maxBodyBytes, readsBody }: OverNodeOptions,
): Promise<Response> {
  try {
    const { method = 'GET' } = incoming;
    const address = addressOf(incoming);
    // TRACE and its like are no requests of the web.
    if (address === undefined || !METHODS.has(method)) return refusal(400, -32_600, 'Bad Request');
    const mayHaveBody = method !== 'GET' && method !== 'HEAD';
    const text = mayHaveBody && readsBody ? await readText(incoming, maxBodyBytes) : '';
    if (text === undefined) return tooLarge(maxBodyBytes);
    const body = text === '' ? null : text;
    return await app.fetch(webRequest(address, incoming, { signal, body }), text);
  } catch (error) {
    log.debug('request failed', { error: describeError(error) });
    return refusal(500, -32_603, 'Internal server error');
  }
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Undefined where it is none of this server: that of another one, as a proxy is asked, or with a user. */
function addressOf({ url = '/', headers }: IncomingMessage): string | undefined {
  const address = `http://${headers.host ?? 'localhost'}${url}`;
  if (!url.startsWith('/') || !URL.canParse(address)) return undefined;
  const { username, password } = new URL(address);
  return username === '' && password === '' ? address : undefined;
}

function webRequest(
  address: string,
  { method = 'GET', headers }: IncomingMessage,
  rest: { signal: AbortSignal; body: string | null },
): Request {
  const given = Object.entries(headers).flatMap(([name, value = []]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return new Request(address, { method, headers: given, ...rest });
}

const decoder = new TextDecoder();

/** Undefined where the body is larger than `maxBytes`: then it is not read to its end. */
async function readText(incoming: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  if (Number(incoming.headers['content-length']) > maxBytes) return undefined;
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    received += chunk.length;
    if (received > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return decoder.decode(Buffer.concat(chunks));
}

/** What nobody reads is not kept for ever; Node begins anew as long as something of it is taken. */
function closeWhenStuck(outgoing: ServerResponse, stuckMs: number): void {
  const { socket } = outgoing;
  socket?.setTimeout(stuckMs);
  // Before Node sets how long the connection may wait for another request.
  outgoing.prependOnceListener('finish', () => socket?.setTimeout(0));
}

/** Writes what comes as it comes, no faster than the other side takes it, until either side is gone. */
async function passOn(
  stream: ReadableStream<Uint8Array>,
  outgoing: ServerResponse,
  { gone, stuckMs }: { gone: AbortSignal; stuckMs: number },
): Promise<void> {
  let go = (): void => {};
  outgoing.on('drain', () => go());
  gone.addEventListener('abort', () => go(), { once: true });
  try {
    for await (const chunk of stream) {
      if (gone.aborted) return;
      if (outgoing.write(chunk)) continue;
      const stuck = setTimeout(() => outgoing.destroy(), stuckMs).unref();
      await new Promise<void>((resolve) => (go = resolve));
      clearTimeout(stuck);
    }
  } catch (error) {
    log.debug('stream ended early', { error: describeError(error) });
  }
}

function tooLarge(maxBytes: number): Response {
  const text = `Payload Too Large: Request body must not exceed ${maxBytes} bytes`;
  return refusal(413, -32_000, text, { connection: 'close' });
}

/** A JSON-RPC error without id: nothing is known of what was asked. */
function refusal(
  status: number,
  code: number,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status, headers });
}
