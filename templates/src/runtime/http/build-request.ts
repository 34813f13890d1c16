import type { GivenValues } from './given-values.js';
import type { HttpOperation } from './operation.js';
import type { Pair } from './parameter-styles.js';
import { encodeName, encodeValue } from './percent-encoding.js';
import { Refusal } from './refusal.js';
import { encodeBody } from './request-body.js';
import { encodeParameters } from './request-parameters.js';
import { expandPath } from './request-path.js';
import { isToken } from './request-headers.js';

/** What proves who calls; names and values are not yet encoded. */
export type Credentials = {
  headers: Record<string, string>;
  query: [name: string, value: string][];
  cookies: [name: string, value: string][];
};

/** A request as it goes out. `url` is used byte for byte; header names are in lower case. */
export type WireRequest = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
};

/** Values that must not be predictable or must stay the same over retries; made once per call. */
export type CallTokens = { boundary: string; idempotencyKey: string; userAgent?: string };

const JSON_FIRST = 'application/json, */*;q=0.8';

/**
 * The one request of an operation, from validated arguments whose files are loaded and a base
 * URL as `readServerUrl` gives it. Credentials win over arguments of the same name. Throws
 * Refusal when the arguments cannot be sent as they are.
 */
export function buildRequest(
  operation: HttpOperation,
  args: Record<string, unknown>,
  baseUrl: string,
  credentials: Credentials,
  tokens: CallTokens,
  given?: GivenValues,
): WireRequest {
  if (!isToken(operation.method) || operation.method === 'CONNECT') {
    throw new Refusal(`The method ${JSON.stringify(operation.method)} cannot be sent.`);
  }
  const wire = encodeParameters(operation, args, given);
  const body = operation.body && encodeBody(operation.body, args, tokens.boundary);
  const base = new URL(baseUrl);
  const { path, query } = expandPath(operation.path, wire.path);
  const basePath = base.pathname.replace(/\/$/, '');
  const fullPath = `${basePath}${path.startsWith('/') || path === '' ? path : `/${path}`}` || '/';
  checkPath(base.origin, fullPath, basePath);
  const search = [
    base.search.slice(1),
    query,
    wire.querystring ?? '',
    ...pairTexts(wire.query, credentials.query),
  ].filter((part) => part !== '');
  const cookies = pairTexts(wire.cookies, credentials.cookies).join('; ');
  return {
    method: operation.method,
    url: `${base.origin}${fullPath}${search.length > 0 ? `?${search.join('&')}` : ''}`,
    headers: mergeHeaders(
      { accept: operation.accept ?? JSON_FIRST },
      tokens.userAgent === undefined ? {} : { 'user-agent': tokens.userAgent },
      operation.idempotencyHeader === undefined
        ? {}
        : { [operation.idempotencyHeader]: tokens.idempotencyKey },
      Object.fromEntries(wire.headers),
      { 'accept-encoding': 'gzip, deflate, br' },
      body === undefined ? {} : { 'content-type': body.contentType },
      cookies === '' ? {} : { cookie: cookies },
      credentials.headers,
    ),
    ...(body === undefined ? {} : { body: body.content }),
  };
}

/** Pairs of the arguments without those that a credential sets, then the credential's. */
function pairTexts(pairs: Pair[], credentials: [string, string][]): string[] {
  const own = credentials.map(([name, value]): Pair => [encodeName(name), encodeValue(value)]);
  const taken = new Set(own.map(([name]) => name));
  return [...pairs.filter(([name]) => !taken.has(name)), ...own].map(
    ([name, value]) => `${name}=${value}`,
  );
}

function mergeHeaders(...sets: Record<string, string>[]): Record<string, string> {
  return Object.fromEntries(
    sets.flatMap((set) => Object.entries(set).map(([name, value]) => [name.toLowerCase(), value])),
  );
}

/**
 * Whatever went in, a URL parser must see the same origin, base path and number of segments that
 * were meant.
 */
function checkPath(origin: string, path: string, basePath: string): void {
  const parsed = URL.canParse(`${origin}${path}`) ? new URL(`${origin}${path}`) : undefined;
  const same =
    parsed !== undefined &&
    parsed.origin === origin &&
    (parsed.pathname === basePath || parsed.pathname.startsWith(`${basePath}/`)) &&
    parsed.pathname.split('/').length === path.split('/').length;
  if (!same) throw new Refusal('The arguments would change the path of the request.');
}
