import type { Dispatcher } from 'undici';
import type { Environment } from '../settings/settings.js';
import { startDeadline } from './deadline.js';
import type { Limits } from './limits.js';
import { encodeForm } from './percent-encoding.js';
import { readSecret } from './security-schemes.js';
import { sendRequest, type UpstreamResponse } from './send-request.js';
import { readTokenUrl, type ClientCredentialsScheme } from './token-url.js';
import { UpstreamFailure } from './upstream-failure.js';
import { isRecord } from './wire-text.js';

/** Access tokens of one scheme, by scopes. */
export type TokenSource = {
  /**
   * A token that is not about to end; asked for once however many callers wait. Throws
   * UpstreamFailure.
   */
  token: (scopes: readonly string[]) => Promise<string>;
  /** Forgets a token that the API refused. */
  forget: (scopes: readonly string[], token: string) => void;
};

type Token = { value: string; useUntil: number };

/** A token is given up so long before its end, or in the middle of its life when that is short. */
const EARLY_SECONDS = 30;
/**
 * Some servers say 0 for "without end". A token that has in truth ended is refused and replaced, and
 * asking for one with each call would be a second call for each.
 */
const SHORTEST_USE_SECONDS = 5;
/**
 * RFC 6749 §5.1 leaves out how long a token lives when the server does not say; a refused one is
 * replaced anyway.
 */
const UNSTATED_LIFE_SECONDS = 3600;
const MAX_TOKEN_RESPONSE_BYTES = 100_000;
/** What servers take in a header at most, by common defaults. */
const MAX_TOKEN_CHARS = 16_000;

/** Client credentials grant (RFC 6749 §4.4) with the secret in a Basic header (§2.3.1). */
export function createTokenSource(
  scheme: ClientCredentialsScheme,
  env: Environment,
  options: {
    dispatcher: Dispatcher;
    limits: Limits;
    onToken: (token: string, slot: string) => void;
  },
): TokenSource {
  const tokens = new Map<string, Token>();
  const underWay = new Map<string, Promise<Token>>();
  const fetchToken = async (scope: string): Promise<Token> => {
    const token = await requestToken(scheme, env, scope, options);
    options.onToken(token.value, scope);
    tokens.set(scope, token);
    return token;
  };
  return {
    token: async (scopes) => {
      const fixed = readSecret(env, scheme.env);
      if (fixed !== undefined) return fixed;
      const scope = scopes.join(' ');
      const known = tokens.get(scope);
      if (known !== undefined && known.useUntil > Date.now()) return known.value;
      const pending =
        underWay.get(scope) ?? fetchToken(scope).finally(() => underWay.delete(scope));
      underWay.set(scope, pending);
      return (await pending).value;
    },
    forget: (scopes, token) => {
      const scope = scopes.join(' ');
      if (tokens.get(scope)?.value === token) tokens.delete(scope);
    },
  };
}

async function requestToken(
  scheme: ClientCredentialsScheme,
  env: Environment,
  scope: string,
  { dispatcher, limits }: { dispatcher: Dispatcher; limits: Limits },
): Promise<Token> {
  const target = readTokenUrl(scheme, env);
  if ('problem' in target) throw new UpstreamFailure('not-sent', target.problem);
  const id = encodeForm(readSecret(env, scheme.clientIdEnv) ?? '');
  const secret = encodeForm(readSecret(env, scheme.clientSecretEnv) ?? '');
  // A clock of its own: other callers may be waiting for this token when the first one gives up.
  const deadline = startDeadline(limits.timeoutMs);
  try {
    const response = await sendRequest(
      {
        method: 'POST',
        url: target.url.href,
        headers: {
          accept: 'application/json',
          authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: `grant_type=client_credentials${scope === '' ? '' : `&scope=${encodeForm(scope)}`}`,
      },
      { dispatcher, deadline, limits: { ...limits, maxResponseBytes: MAX_TOKEN_RESPONSE_BYTES } },
    );
    return readToken(response, scheme.tokenUrlEnv);
  } catch (error) {
    const why = error instanceof UpstreamFailure ? error.reason : 'the answer is not usable';
    const message = `no access token from ${target.url.origin}: ${why}`;
    throw new UpstreamFailure('not-sent', message, { cause: error, upstreamFault: false });
  } finally {
    deadline.dispose();
  }
}

function readToken(response: UpstreamResponse, tokenUrlEnv: string): Token {
  const answer = parseJson(response.bytes.toString('utf8'));
  const token = isRecord(answer) ? answer.access_token : undefined;
  if (response.status >= 300 || !isRecord(answer) || typeof token !== 'string' || token === '') {
    throw new UpstreamFailure('not-sent', `HTTP ${response.status}${errorName(answer)}`);
  }
  const problem = tokenProblem(token);
  if (problem !== undefined) {
    const where = `check that ${tokenUrlEnv} is a token endpoint`;
    throw new UpstreamFailure('not-sent', `its access_token ${problem}; ${where}`);
  }
  const stated = Number(answer.expires_in ?? UNSTATED_LIFE_SECONDS);
  const life = Number.isFinite(stated) ? stated : UNSTATED_LIFE_SECONDS;
  const use = Math.max(life - EARLY_SECONDS, life / 2, SHORTEST_USE_SECONDS);
  return { value: token, useUntil: Date.now() + use * 1000 };
}

/** RFC 6749 §A.12: visible ASCII and spaces. */
function tokenProblem(token: string): string | undefined {
  if (token.length > MAX_TOKEN_CHARS) return `is longer than ${MAX_TOKEN_CHARS} characters`;
  if (/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(token)) return undefined;
  return 'holds characters that cannot be sent in a header';
}

/** RFC 6749 §5.2: the error is one word; anything longer is not repeated. */
function errorName(answer: unknown): string {
  const name = isRecord(answer) ? answer.error : undefined;
  return typeof name === 'string' && /^[\w.-]{1,64}$/.test(name) ? ` (${name})` : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
