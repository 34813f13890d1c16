import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { describeError, log } from '../log.js';
import type { AuthSettings } from './auth-settings.js';
import { boundedFetch } from './bounded-fetch.js';
import { findKeys } from './find-keys.js';

/** The keys cannot be had now, so nothing can be said of a token. */
export class KeysUnavailableError extends Error {}

/** After a failure the issuer is left alone for this long: who calls without a good token must not make it worse. */
const REST_MS = 2_000;

/**
 * The keys of the issuer, fetched when a token needs them and kept. A key that is not among them is looked for again, at most
 * once in a while. Throws KeysUnavailableError, and JOSEError for a token that no key fits.
 */
export function tokenKeys({
  issuer,
  jwksUri,
  keys,
}: Pick<AuthSettings, 'issuer' | 'jwksUri' | 'keys'>): JWTVerifyGetKey {
  let restUntil = 0;
  let known: JWTVerifyGetKey | undefined;
  let opening: Promise<JWTVerifyGetKey> | undefined;

  const open = async (): Promise<JWTVerifyGetKey> =>
    createRemoteJWKSet(jwksUri ?? (await findKeys(issuer, keys.timeoutMs)), {
      timeoutDuration: keys.timeoutMs,
      cacheMaxAge: keys.maxAgeMs,
      cooldownDuration: keys.cooldownMs,
      [customFetch]: boundedFetch,
    });

  return async (header, token) => {
    if (performance.now() < restUntil) throw new KeysUnavailableError('resting');
    try {
      known ??= await (opening ??= open());
      return await known(header, token);
    } catch (error) {
      if (isOfToken(error)) throw error;
      restUntil = performance.now() + REST_MS;
      log.warn('keys of the issuer cannot be had', { issuer, reason: describeError(error) });
      throw new KeysUnavailableError('the keys of the issuer cannot be had', { cause: error });
    } finally {
      opening = undefined;
    }
  };
}

/** Whether the token is at fault; else the keys are, or the way to them. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
