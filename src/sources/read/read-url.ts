import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { ReadLimits } from './limits.js';
import { takeText, type ChooseFilter, type Taken } from './take-text.js';

const MAX_REDIRECTS = 3;
const ACCEPT = 'application/json, application/yaml, text/yaml;q=0.9, text/plain;q=0.8, */*;q=0.5';

/** Whether a source is an address and not a file. */
export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/**
 * An address that may be fetched and printed. Throws an InputError when it cannot be parsed (MCP115) or holds
 * credentials (MCP114, which does not repeat it).
 */
function checkedUrl(source: string): URL {
  if (!URL.canParse(source)) {
    throw new InputError([diagnostic('MCP115', { url: 'the address', why: 'it is malformed' })]);
  }
  const url = new URL(source);
  if (url.username !== '' || url.password !== '') throw new InputError([diagnostic('MCP114', {})]);
  return url;
}

/**
 * Downloads a document. Redirects are followed by hand, at most three, and only to the same origin or to https.
 * Throws an InputError (MCP108, MCP114, MCP115).
 */
export async function readUrlText(
  source: string,
  limits: ReadLimits,
  cancelled?: AbortSignal,
  filter?: ChooseFilter,
): Promise<Taken> {
  const timeout = AbortSignal.timeout(limits.timeout);
  const signal = cancelled ? AbortSignal.any([timeout, cancelled]) : timeout;
  let url: URL = checkedUrl(source);
  for (let step = 0; step <= MAX_REDIRECTS; step += 1) {
    const response = await request(url, signal, limits.timeout);
    const location = isRedirect(response.status) ? response.headers.get('location') : null;
    if (location === null) return body(response, url, limits, filter);
    await response.body?.cancel();
    url = redirected(url, location);
  }
  throw failed(url, `more than ${MAX_REDIRECTS} redirects`);
}

async function request(url: URL, signal: AbortSignal, timeout: number): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'manual', signal, headers: { accept: ACCEPT } });
  } catch (error) {
    throw failed(url, networkReason(error, timeout));
  }
}

async function body(
  response: Response,
  url: URL,
  limits: ReadLimits,
  filter: ChooseFilter | undefined,
): Promise<Taken> {
  if (!response.ok) {
    await response.body?.cancel();
    throw failed(url, `the server answered ${response.status}`);
  }
  if (response.body === null) return { text: '' };
  try {
    // fetch has undone any content encoding, so these are decoded bytes.
    return await takeText(response.body, shown(url), limits.bytes, filter);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw failed(url, networkReason(error, limits.timeout));
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function redirected(from: URL, location: string): URL {
  if (!URL.canParse(location, from.href)) throw failed(from, 'it redirects to a malformed address');
  const to = checkedUrl(new URL(location, from).href);
  if (to.origin === from.origin || to.protocol === 'https:') return to;
  throw failed(from, `it redirects to ${to.origin}, which is another site without encryption`);
}

function failed(url: URL, why: string): InputError {
  return new InputError([diagnostic('MCP115', { url: shown(url), why })]);
}

/** Without the query, which may hold a token. */
function shown(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === '' ? '' : '?…'}`;
}

function networkReason(error: unknown, timeout: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return `no complete answer within ${timeout / 1000} s`;
  }
  const cause = (error as { cause?: NodeJS.ErrnoException }).cause;
  const code = cause?.code ?? (error as NodeJS.ErrnoException).code;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the host is not known';
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  return code ?? 'the connection failed';
}
