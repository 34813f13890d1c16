import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
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

  /** Goes to the issuer, unless that has just come to nothing. Keys that are there already go on serving meanwhile. */
  const unlessResting = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (performance.now() < restUntil) throw new KeysUnavailableError('resting');
    try {
      return await ask();
    } catch (error) {
      restUntil = performance.now() + REST_MS;
      log.warn('keys of the issuer cannot be had', { issuer, reason: describeError(error) });
      throw error;
    }
  };

  const open = async (): Promise<JWTVerifyGetKey> =>
    createRemoteJWKSet(jwksUri ?? (await unlessResting(() => findKeys(issuer, keys.timeoutMs))), {
      timeoutDuration: keys.timeoutMs,
      cacheMaxAge: keys.maxAgeMs,
      cooldownDuration: keys.cooldownMs,
      [customFetch]: (url: string, options: Parameters<typeof boundedFetch>[1]) =>
        unlessResting(() => fetchKeys(url, options)),
    });

  return async (header, token) => {
    try {
      known ??= await (opening ??= open());
      return await known(header, token);
    } catch (error) {
      if (isOfToken(error)) throw error;
      log.debug('a token cannot be checked', { issuer, reason: describeError(error) });
      throw new KeysUnavailableError('the keys of the issuer cannot be had', { cause: error });
    } finally {
      opening = undefined;
    }
  };
}

/** Throws for anything but keys. */
async function fetchKeys(...request: Parameters<typeof boundedFetch>): Promise<Response> {
  const response = await boundedFetch(...request);
  if (response.status !== 200) throw new TypeError(`status ${response.status}`);
  createLocalJWKSet((await response.clone().json()) as JSONWebKeySet);
  return response;
}

/** Whether the token is at fault; else the keys are, or the way to them. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
