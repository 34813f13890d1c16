import { STATUS_CODES } from 'node:http';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { cleanText, cutText } from './clean-text.js';
import { htmlText, looksLikeHtml } from './html-text.js';
import { declaredType, isText } from './media-type.js';
import { retryAfterMs } from './retry-policy.js';
import { isUtf8Text, responseText } from './response-text.js';
import type { UpstreamResponse } from './send-request.js';
import type { FailureKind, UpstreamFailure } from './upstream-failure.js';

export type ErrorContext = {
  method: string;
  /** Whether the request changes nothing. */
  safe: boolean;
  /** Path below the base URL, for the text: without query, which may hold a credential. */
  path: string;
  redact: (text: string) => string;
  reference: string;
  variables: { url?: string; credentials: string[] };
};

const EXCERPT_CHARS = 2_000;
/** Enough for an excerpt of a body with much layout. */
const MAX_READ_BYTES = 20_000;

/** A result that says what went wrong and what to change. */
export function errorResult(lines: readonly string[]): CallToolResult {
  const text = lines.filter((line) => line !== '').join('\n');
  return { content: [{ type: 'text', text }], isError: true };
}

/** A response of 400 or above: status, what the upstream says, what to do. */
export function statusResult(response: UpstreamResponse, context: ErrorContext): CallToolResult {
  const { status } = response;
  const { method, path, redact, reference } = context;
  const reason = STATUS_CODES[status] ?? foreign(response.statusText, redact);
  const first = `HTTP ${status} ${reason}`.trim() + redact(` from ${method} ${path}`);
  return errorResult([first, excerpt(response, redact), hint(response, context), ref(reference)]);
}

/** A few words of the upstream on one line. */
function foreign(text: string, redact: (text: string) => string): string {
  return cutText(cleanText(redact(text)).replace(/\s+/g, ' ').trim(), 80);
}

/** No usable response: how far the request got decides what the caller may do. */
export function failureResult(failure: UpstreamFailure, context: ErrorContext): CallToolResult {
  const { method, path, safe, redact, reference } = context;
  const wait = failure.retryAfterMs === undefined ? '' : waiting(failure.retryAfterMs);
  return errorResult([
    redact(`${method} ${path} failed: ${failure.reason}.`),
    consequence(failure.kind, safe),
    wait,
    ref(reference),
  ]);
}

/** Ends every error: by it, a person finds the call in the log. */
export function ref(reference: string): string {
  return `Reference: ${reference}`;
}

function consequence(kind: FailureKind, safe: boolean): string {
  if (kind === 'not-sent') return 'The request was not sent: nothing was changed.';
  if (safe) return 'It changes nothing, so it can be tried again later.';
  if (kind === 'answered') return 'It was accepted: do not repeat it, read the present state.';
  return 'It may have been applied: check the present state before repeating it.';
}

/** The body as a short text: JSON compact, web pages without markup, nothing of binary data. */
function excerpt(response: UpstreamResponse, redact: (text: string) => string): string {
  const { bytes, headers } = response;
  const declared = declaredType(headers['content-type']);
  const start = bytes.subarray(0, MAX_READ_BYTES);
  if (declared === '' ? !isUtf8Text(start) : !isText(declared)) return '';
  const raw = responseText(start, headers['content-type']).trim();
  const short = looksLikeHtml(raw) ? htmlText(raw) : compact(raw);
  return cutText(cleanText(redact(short)), EXCERPT_CHARS);
}

/** JSON without its layout: white space outside strings says nothing. */
function compact(text: string): string {
  return /^[{[]/.test(text) ? text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1') : text;
}

function hint(response: UpstreamResponse, context: ErrorContext): string {
  const { status, headers } = response;
  const { safe, variables } = context;
  const credentials = variables.credentials.join(', ');
  const wait = retryAfterMs(headers['retry-after']);
  const unchanged = safe || status === 408 ? '' : ' Nothing was changed.';
  if (status === 401) {
    return credentials === ''
      ? `The API wants credentials, but this tool has none.${unchanged}`
      : `The credentials of this server were refused: ${credentials} must be corrected by a person.${unchanged}`;
  }
  if (status === 403) {
    const who =
      credentials === '' ? 'Calls without credentials' : `The credentials in ${credentials}`;
    return `${who} may not do this.${unchanged}`;
  }
  if (status === 404 || status === 410) {
    const url =
      variables.url === undefined ? '' : ` If everything is missing, ${variables.url} is wrong.`;
    return `There is nothing of that name: check the identifiers in the arguments.${url}${unchanged}`;
  }
  if (status === 409 || status === 412) {
    return `It conflicts with the present state: read that first, then call again.${unchanged}`;
  }
  if (status === 429) {
    return `${wait === undefined ? 'Too many calls: wait before calling again.' : waiting(wait)}${unchanged}`;
  }
  if (status < 500)
    return `Change the arguments as the response says, then call again.${unchanged}`;
  const later = wait === undefined ? 'Try again later.' : waiting(wait);
  if (safe) return `The upstream failed. ${later}`;
  return `The upstream failed; the request may have been applied: check before repeating it. ${later}`;
}

function waiting(ms: number): string {
  return `Wait ${Math.ceil(ms / 1000)} s before calling again.`;
}
