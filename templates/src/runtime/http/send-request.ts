import type { Dispatcher } from 'undici';
import type { WireRequest } from './build-request.js';
import { cleanText, cutText } from './clean-text.js';
import { orAborted, type Deadline } from './deadline.js';
import type { Limits } from './limits.js';
import { isStream } from './media-type.js';
import { readBody, type ReadBody } from './response-body.js';
import { networkFailure, UpstreamFailure } from './upstream-failure.js';

/** An answer with its body; header names in lower case, repeated headers joined by commas. */
export type UpstreamResponse = ReadBody & {
  status: number;
  statusText: string;
  headers: Record<string, string>;
};

type Sending = { dispatcher: Dispatcher; limits: Limits; deadline: Deadline };

const MAX_REDIRECTS = 3;
const MAX_ORIGIN_CHARS = 100;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * One attempt: sends the request, follows redirects where that is safe, reads the body. Only GET
 * and HEAD without a body are followed, and only within the origin: a body or a credential never
 * goes where it was not meant to go. Throws UpstreamFailure.
 */
export async function sendRequest(
  request: WireRequest,
  sending: Sending,
): Promise<UpstreamResponse> {
  let { url } = request;
  for (let redirects = 0; ; redirects += 1) {
    const response = await exchange({ ...request, url }, sending);
    const location = response.headers['location'];
    if (!REDIRECTS.has(response.status) || location === undefined) return response;
    url = redirectTarget(request, url, response.status, location, redirects);
  }
}

function redirectTarget(
  request: WireRequest,
  from: string,
  status: number,
  location: string,
  redirects: number,
): string {
  const target = URL.canParse(location, from) ? new URL(location, from) : undefined;
  const origin = target === undefined ? 'an invalid address' : originOf(target);
  const refused = (why: string) =>
    new UpstreamFailure(
      'unknown',
      `the upstream answered HTTP ${status} with a redirect to ${origin}, which is not followed: ${why}`,
      { upstreamFault: false },
    );
  if (target === undefined || target.origin !== new URL(from).origin) {
    throw refused('requests with credentials stay at their own origin');
  }
  if (!/^(GET|HEAD)$/.test(request.method) || request.body !== undefined) {
    throw refused(`a ${request.method} request is never sent a second time`);
  }
  if (redirects >= MAX_REDIRECTS) throw refused(`there were ${MAX_REDIRECTS} already`);
  target.username = '';
  target.password = '';
  target.hash = '';
  return target.href;
}

/** For a message: a host may be as long as a header. */
function originOf(url: URL): string {
  const { origin, protocol } = url;
  const [text, rest] = origin === 'null' ? [`a ${protocol}`, ' address'] : [origin, ''];
  const shown = text.length > MAX_ORIGIN_CHARS ? `${cutText(text, MAX_ORIGIN_CHARS)}…` : text;
  return `${cleanText(shown)}${rest}`;
}

async function exchange(request: WireRequest, sending: Sending): Promise<UpstreamResponse> {
  const { deadline, limits } = sending;
  const answer = await withHeadersTimeout(request, sending);
  const headers = flatHeaders(answer.headers);
  const endless = isStream(headers['content-type'] ?? '');
  try {
    // A HEAD answer describes an encoding but has nothing to decode.
    const encoding = request.method === 'HEAD' ? '' : (headers['content-encoding'] ?? '');
    const reading = readBody(
      answer.body,
      encoding,
      limits.maxResponseBytes,
      endless ? deadline.signal : undefined,
    );
    const body = endless ? await reading : await orAborted(reading, deadline.signal);
    if (deadline.signal.aborted && !deadline.expired()) throw deadlineFailure(deadline);
    return { status: answer.statusCode, statusText: answer.statusText, headers, ...body };
  } catch (error) {
    throw bodyFailure(error, answer.statusCode, deadline);
  }
}

async function withHeadersTimeout(
  request: WireRequest,
  { dispatcher, limits, deadline }: Sending,
): Promise<Dispatcher.ResponseData> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  // Precise from the first moment on: undici's own clocks are coarse and start after connecting.
  const timer = setTimeout(abort, limits.headersTimeoutMs);
  deadline.signal.addEventListener('abort', abort, { once: true });
  if (deadline.signal.aborted) abort();
  const { origin } = new URL(request.url);
  try {
    // The path is sent as it was built: no parser may normalise it on the way.
    return await dispatcher.request({
      origin,
      path: request.url.slice(origin.length) || '/',
      method: request.method as Dispatcher.HttpMethod,
      headers: request.headers,
      body: request.body instanceof Uint8Array ? Buffer.from(request.body) : request.body,
      signal: controller.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  } catch (error) {
    if (!controller.signal.aborted) throw networkFailure(error);
    throw deadline.signal.aborted ? deadlineFailure(deadline) : slowFailure(limits);
  } finally {
    // Only the timer: the deadline still has to end the body.
    clearTimeout(timer);
  }
}

function slowFailure(limits: Limits): UpstreamFailure {
  return new UpstreamFailure(
    'unknown',
    `the upstream did not begin to answer within ${limits.headersTimeoutMs} ms`,
  );
}

/** Why a call ended that its clock or its caller ended. */
export function deadlineFailure(
  deadline: Deadline,
  kind: 'not-sent' | 'unknown' = 'unknown',
): UpstreamFailure {
  if (!deadline.expired()) {
    return new UpstreamFailure(kind, 'the call was cancelled', { upstreamFault: false });
  }
  return new UpstreamFailure(kind, 'the time for this call was up before the upstream answered');
}

function bodyFailure(error: unknown, status: number, deadline: Deadline): UpstreamFailure {
  if (deadline.signal.aborted && !deadline.expired()) return deadlineFailure(deadline);
  const reason = deadline.expired()
    ? `the upstream answered HTTP ${status}, but its response did not end in time`
    : `the upstream answered HTTP ${status}, but its response broke off or could not be decoded`;
  return new UpstreamFailure(status < 400 ? 'answered' : 'unknown', reason, { cause: error });
}

function flatHeaders(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
