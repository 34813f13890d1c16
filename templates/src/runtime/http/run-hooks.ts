import type { HookContext, Hooks } from '../hooks.js';
import type { WireRequest } from './build-request.js';
import { orAborted, type Deadline } from './deadline.js';
import { deadlineFailure, type UpstreamResponse } from './send-request.js';

/**
 * One attempt with the user's hooks around it. They work on copies, so that another attempt begins with what was built.
 * Throws what they throw, a TypeError for a request that they made unusable, and UpstreamFailure when the time is up.
 */
export async function runHooks(
  hooks: Hooks,
  context: HookContext,
  wire: WireRequest,
  {
    send,
    deadline,
  }: { send: (wire: WireRequest) => Promise<UpstreamResponse>; deadline: Deadline },
): Promise<UpstreamResponse> {
  const changed = await inTime(changedRequest(hooks, context, wire), deadline, 'not-sent');
  const response = await send(changed);
  return inTime(changedResponse(hooks, context, response), deadline, 'unknown');
}

async function changedRequest(
  { onRequest }: Hooks,
  context: HookContext,
  wire: WireRequest,
): Promise<WireRequest> {
  if (onRequest === undefined) return wire;
  const { method, url, headers, body } = wire;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const request = {
    method,
    url,
    headers: { ...headers },
    ...(bytes && { body: new Uint8Array(bytes) }),
  };
  await onRequest(request, context);
  return {
    method: request.method.toUpperCase(),
    url: sendable(request.url, context),
    headers: lowerCased(request.headers),
    ...(request.body !== undefined && { body: request.body }),
  };
}

async function changedResponse(
  { onResponse }: Hooks,
  context: HookContext,
  response: UpstreamResponse,
): Promise<UpstreamResponse> {
  if (onResponse === undefined) return response;
  const { status, headers, bytes } = response;
  const seen = { status, headers: { ...headers }, body: new Uint8Array(bytes) };
  await onResponse(seen, context);
  return {
    ...response,
    status: seen.status,
    headers: lowerCased(seen.headers),
    bytes: Buffer.from(seen.body),
  };
}

/** Origin in the form of the standard, the rest byte for byte: that is how it is sent. */
function sendable(url: string, { operation }: HookContext): string {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target === undefined || !/^https?:$/.test(target.protocol)) {
    throw new TypeError(`onRequest left a URL that cannot be called for ${operation}`);
  }
  return target.origin + url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

async function inTime<T>(
  work: Promise<T>,
  deadline: Deadline,
  sent: 'not-sent' | 'unknown',
): Promise<T> {
  try {
    return await orAborted(work, deadline.signal);
  } catch (error) {
    if (deadline.signal.aborted) throw deadlineFailure(deadline, sent);
    throw error;
  }
}
