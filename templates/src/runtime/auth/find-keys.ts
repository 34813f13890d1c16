import { boundedFetch } from './bounded-fetch.js';
import { isSafe } from './auth-settings.js';

/**
 * Where the keys of an issuer are, by its metadata (RFC 8414 section 3, OpenID Connect Discovery section 4). Throws when there
 * is none, or it is that of another issuer.
 */
export async function findKeys(issuer: string, timeoutMs: number): Promise<URL> {
  const signal = AbortSignal.timeout(timeoutMs);
  for (const address of metadataAddresses(issuer)) {
    const response = await boundedFetch(address, { signal });
    if (response.status !== 200) continue;
    const metadata: unknown = await response.json();
    if (typeof metadata !== 'object' || metadata === null) continue;
    const { issuer: named, jwks_uri: keys } = metadata as Record<string, unknown>;
    // Whoever answers for another issuer has other keys (RFC 8414 section 3.3).
    if (named !== issuer) throw new TypeError(`${address} is the metadata of another issuer`);
    if (typeof keys !== 'string' || !URL.canParse(keys) || !isSafe(new URL(keys)))
      throw new TypeError(`${address} has no jwks_uri that can be used`);
    return new URL(keys);
  }
  throw new TypeError(`${issuer} has no metadata`);
}

function metadataAddresses(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  const [oauth, openid] = [
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration',
  ];
  const addresses = [`${origin}${oauth}${path}`, `${origin}${openid}${path}`];
  return path === '' ? addresses : [...addresses, `${origin}${path}${openid}`];
}
