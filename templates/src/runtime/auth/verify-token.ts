import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { AuthSettings } from './auth-settings.js';
import { KeysUnavailableError } from './token-keys.js';

/** Who calls, by a token that has been verified. */
export type TokenHolder = { token: string; scopes: ReadonlySet<string>; claims: JWTPayload };

export type Verified = { holder: TokenHolder } | { refused: string } | { unavailable: true };

/** More is no token of an authorization server, and costs before it can be refused. */
const MAX_CHARS = 8_192;

/**
 * Checks an access token: a signed JWT (RFC 9068) of the issuer for this audience, in its time, with one of the algorithms.
 * Never throws for a token, whatever it holds; what is said of it holds nothing of it.
 */
export async function verifyToken(
  token: string,
  keys: JWTVerifyGetKey,
  { issuer, audience, algorithms, clockTolerance }: AuthSettings,
): Promise<Verified> {
  if (token.length > MAX_CHARS) return { refused: 'the token is too long' };
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...{ issuer, audience, algorithms, clockTolerance },
      requiredClaims: ['exp'],
    });
    return { holder: { token, scopes: scopesOf(payload), claims: payload } };
  } catch (error) {
    if (error instanceof KeysUnavailableError) return { unavailable: true };
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    return { refused: reason };
  }
}

/** `scope` as RFC 9068 has it, a list with spaces between; `scp`, a list or text, as others have. */
function scopesOf({ scope, scp }: JWTPayload): ReadonlySet<string> {
  const given = [scope, scp].flat().filter((one) => typeof one === 'string');
  return new Set(given.flatMap((one) => one.split(' ')).filter((one) => one !== ''));
}

const CLAIMS = ['iss', 'aud', 'exp', 'nbf', 'iat'];

function reasonOf(error: unknown): string | undefined {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    const claim = CLAIMS.includes(error.claim) ? error.claim : 'a claim';
    return error.reason === 'missing'
      ? `the token has no ${claim}`
      : `${claim} of the token is not accepted`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed)
    return 'the algorithm of the token is not accepted';
  if (error instanceof errors.JWKSNoMatchingKey) return 'no key of the issuer fits the token';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature does not fit';
  return error instanceof errors.JOSEError ? 'it is no token that can be read' : undefined;
}
