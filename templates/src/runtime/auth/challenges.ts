/** What a refused caller is told to do about it (RFC 6750 section 3, RFC 9728 section 5.1, RFC 6749 section 3.3). */
export type Challenge = {
  /** Where this server says which authorization server it trusts. */
  metadata: string;
  /** What a token needs. */
  scopes: readonly string[];
};

/** 401 for who has no token, or with `reason` for a token that is not accepted. */
export function unauthorized({ metadata, scopes }: Challenge, reason?: string): Response {
  const parts = {
    ...(reason !== undefined && { error: 'invalid_token', error_description: reason }),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    resource_metadata: metadata,
  };
  const error = reason === undefined ? 'unauthorized' : 'invalid_token';
  return refusal(401, error, reason ?? 'a bearer token is needed', header(parts));
}

/** 403 for a token that is good, but not for this. */
export function insufficientScope(
  { metadata, scopes }: Challenge,
  missing: readonly string[],
): Response {
  const reason = lacking(missing);
  const parts = {
    error: 'insufficient_scope',
    error_description: reason,
    scope: scopes.join(' '),
    resource_metadata: metadata,
  };
  return refusal(403, 'insufficient_scope', reason, header(parts));
}

/** 503: the caller may be right, which nobody can say now; so there is no challenge that would make it drop its token. */
export function unavailable(): Response {
  const reason = 'tokens cannot be checked at the moment';
  return refusal(503, 'temporarily_unavailable', reason, { 'retry-after': '5' });
}

/** Names the scopes; they hold no quotes and no backslashes (RFC 6749 section 3.3). */
export function lacking(missing: readonly string[]): string {
  return `the token lacks ${missing.join(' ')}`;
}

function refusal(
  status: number,
  error: string,
  reason: string,
  headers: Record<string, string>,
): Response {
  const body = { error, error_description: reason };
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
}

function header(parts: Record<string, string>): Record<string, string> {
  const written = Object.entries(parts).map(([name, value]) => `${name}="${value}"`);
  return { 'www-authenticate': `Bearer ${written.join(', ')}` };
}
