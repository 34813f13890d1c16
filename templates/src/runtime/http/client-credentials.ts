import type { Dispatcher } from 'undici';
import type { Environment } from '../settings.js';
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
   * A token that is valid for half a minute at least; asked for once however many callers wait.
   * Throws UpstreamFailure.
   */
  token: (scopes: readonly string[]) => Promise<string>;
  /** Forgets a token that the API refused. */
  forget: (scopes: readonly string[], token: string) => void;
};

type Token = { value: string; expiresAt: number };

const EARLY_MS = 30_000;
/**
 * RFC 6749 §5.1 leaves out how long a token lives when the server does not say; a refused one is
 * replaced anyway.
 */
const UNSTATED_LIFE_SECONDS = 3600;
const MAX_TOKEN_RESPONSE_BYTES = 100_000;

/** Client credentials grant (RFC 6749 §4.4) with the secret in a Basic header (§2.3.1). */
export function createTokenSource(
  scheme: ClientCredentialsScheme,
  env: Environment,
  options: { dispatcher: Dispatcher; limits: Limits; onToken: (token: string) => void },
): TokenSource {
  const tokens = new Map<string, Token>();
  const underWay = new Map<string, Promise<Token>>();
  const fetchToken = async (scope: string): Promise<Token> => {
    const token = await requestToken(scheme, env, scope, options);
    options.onToken(token.value);
    tokens.set(scope, token);
    return token;
  };
  return {
    token: async (scopes) => {
      const fixed = readSecret(env, scheme.env);
      if (fixed !== undefined) return fixed;
      const scope = scopes.join(' ');
      const known = tokens.get(scope);
      if (known !== undefined && known.expiresAt > Date.now() + EARLY_MS) return known.value;
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
    return readToken(response);
  } catch (error) {
    const why = error instanceof UpstreamFailure ? error.reason : 'the answer is not usable';
    const message = `no access token from ${target.url.origin}: ${why}`;
    throw new UpstreamFailure('not-sent', message, { cause: error, upstreamFault: false });
  } finally {
    deadline.dispose();
  }
}

function readToken(response: UpstreamResponse): Token {
  const answer = parseJson(response.bytes.toString('utf8'));
  const token = isRecord(answer) ? answer.access_token : undefined;
  if (response.status >= 300 || !isRecord(answer) || typeof token !== 'string' || token === '') {
    throw new UpstreamFailure('not-sent', `HTTP ${response.status}${errorName(answer)}`);
  }
  const seconds = Number(answer.expires_in ?? UNSTATED_LIFE_SECONDS);
  const life = Number.isFinite(seconds) ? seconds : UNSTATED_LIFE_SECONDS;
  return { value: token, expiresAt: Date.now() + life * 1000 };
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
