import type { Credentials } from './build-request.js';
import type { HttpSource } from './operation.js';
import { basicPair, readSecret, type SchemeState } from './security-schemes.js';
import type { TokenSource } from './client-credentials.js';
import type { Environment } from '../settings/settings.js';

/** One alternative of a security requirement: scheme name → scopes. */
export type Alternative = Record<string, string[]>;

export type Access = {
  credentials: Credentials;
  /** Drops tokens that were refused; true when asking again may give others. */
  renew: () => boolean;
};

/**
 * The alternative to use (OpenAPI 3.1 §4.8.30): the first one whose secrets are all set; calling
 * without credentials only where the document allows it and nothing better is there. Undefined
 * when no alternative can be used.
 */
export function chooseAlternative(
  security: readonly Alternative[] | undefined,
  schemes: ReadonlyMap<string, SchemeState>,
): Alternative | undefined {
  if (security === undefined || security.length === 0) return {};
  const named = security.filter((alternative) => Object.keys(alternative).length > 0);
  const usable = named.find((alternative) =>
    Object.keys(alternative).every((name) => isReady(schemes.get(name))),
  );
  return usable ?? (named.length < security.length ? {} : undefined);
}

/**
 * What is missing for each alternative, as sentences that name variables; empty when one can be
 * used.
 */
export function accessProblems(
  security: readonly Alternative[] | undefined,
  schemes: ReadonlyMap<string, SchemeState>,
): string[] {
  if (chooseAlternative(security, schemes) !== undefined) return [];
  const needs = (security ?? []).map((alternative) =>
    Object.keys(alternative).map((name) => schemes.get(name)),
  );
  const missing = needs.map((states) => states.flatMap((state) => state?.missing ?? []));
  const wanted = missing
    .filter((names) => names.length > 0)
    .map((names) => [...new Set(names)].join(' and '));
  const problems = needs.flatMap((states) => states.flatMap((state) => state?.problems ?? []));
  const unknown = needs.some((states) => states.some((state) => state === undefined));
  return [
    ...(wanted.length > 0 ? [`Set ${[...new Set(wanted)].join(', or ')}.`] : []),
    ...new Set(problems),
    ...(unknown && wanted.length === 0 ? ['Its security scheme is not supported.'] : []),
  ];
}

function isReady(state: SchemeState | undefined): boolean {
  return state !== undefined && state.missing.length === 0 && state.problems.length === 0;
}

/**
 * Turns a usable alternative into headers, query and cookies. Fetches tokens where needed;
 * throws UpstreamFailure.
 */
export async function readAccess(
  alternative: Alternative,
  source: HttpSource,
  env: Environment,
  tokenSource: (scheme: string) => TokenSource,
): Promise<Access> {
  const credentials: Credentials = { headers: {}, query: [], cookies: [] };
  const fetched: { source: TokenSource; scopes: string[]; token: string }[] = [];
  for (const [name, scopes] of Object.entries(alternative)) {
    const scheme = source.securitySchemes[name];
    if (scheme === undefined || scheme.type === 'mutualTLS') continue;
    if (scheme.type === 'basic') {
      const { username, password } = basicPair(scheme, env);
      const pair = Buffer.from(`${username}:${password}`).toString('base64');
      credentials.headers.authorization = `Basic ${pair}`;
      continue;
    }
    const secret = readSecret(env, scheme.env) ?? '';
    if (scheme.type === 'apiKey') {
      if (scheme.in === 'header') credentials.headers[scheme.name.toLowerCase()] = secret;
      if (scheme.in === 'query') credentials.query.push([scheme.name, secret]);
      if (scheme.in === 'cookie') credentials.cookies.push([scheme.name, secret]);
    }
    if (scheme.type === 'bearer') credentials.headers.authorization = `Bearer ${secret}`;
    if (scheme.type === 'http') credentials.headers.authorization = `${scheme.scheme} ${secret}`;
    if (scheme.type === 'clientCredentials') {
      const tokens = tokenSource(name);
      const token = await tokens.token(scopes);
      credentials.headers.authorization = `Bearer ${token}`;
      if (secret === '') fetched.push({ source: tokens, scopes, token });
    }
  }
  return {
    credentials,
    renew: () => {
      for (const { source: tokens, scopes, token } of fetched) tokens.forget(scopes, token);
      return fetched.length > 0;
    },
  };
}
