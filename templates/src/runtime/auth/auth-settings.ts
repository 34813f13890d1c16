import { readInteger, SettingError, type Environment } from '../settings/settings.js';
import { ALGORITHMS, type AuthFacts, type AuthText } from './auth-facts.js';

export type AuthSettings = {
  issuer: string;
  audience: string;
  /** Public address of the endpoint. */
  resource: URL;
  jwksUri?: URL;
  algorithms: string[];
  scopes: readonly string[];
  /** By how much clocks may differ, in seconds. */
  clockTolerance: number;
  keys: KeySettings;
};

/** All in milliseconds. */
export type KeySettings = { timeoutMs: number; maxAgeMs: number; cooldownMs: number };

const CLOCK = { fallback: 30, min: 0, max: 300 };
const TIMEOUT_MS = { fallback: 5_000, min: 100, max: 60_000 };
const MAX_AGE_MS = { fallback: 600_000, min: 1_000, max: 86_400_000 };
const COOLDOWN_MS = { fallback: 30_000, min: 100, max: 3_600_000 };
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Throws SettingError. */
export function readAuthSettings(facts: AuthFacts, env: Environment): AuthSettings {
  const issuer = required(facts.issuer, env, 'issuer');
  safeUrl(issuer, nameOf(facts.issuer, 'issuer'));
  const audience = required(facts.audience, env, 'audience');
  const jwksUri = textOf(facts.jwksUri, env);
  const resource = textOf(facts.resource, env) ?? audience;
  const resourceName = nameOf(facts.resource ?? facts.audience, 'resource');
  if (!/^https?:\/\//i.test(resource)) {
    throw new SettingError(
      resourceName,
      'must be the public address of this server, e.g. https://mcp.example.com/mcp; where the audience is none, mcp.yaml needs serve.auth.resource',
    );
  }
  return {
    issuer,
    audience,
    resource: safeUrl(resource, resourceName),
    ...(jwksUri !== undefined && {
      jwksUri: safeUrl(jwksUri, nameOf(facts.jwksUri, 'jwksUri')),
    }),
    algorithms: [...(facts.algorithms ?? ALGORITHMS)],
    scopes: facts.scopes ?? [],
    clockTolerance: readInteger(env, 'AUTH_CLOCK_TOLERANCE_SECONDS', CLOCK),
    keys: {
      timeoutMs: readInteger(env, 'AUTH_KEYS_TIMEOUT_MS', TIMEOUT_MS),
      maxAgeMs: readInteger(env, 'AUTH_KEYS_MAX_AGE_MS', MAX_AGE_MS),
      cooldownMs: readInteger(env, 'AUTH_KEYS_COOLDOWN_MS', COOLDOWN_MS),
    },
  };
}

/** https, or a server on this machine. */
export function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

function safeUrl(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && !url.username && !url.password && !/[#?]/.test(text);
  if (isPlain && isSafe(url)) return url;
  throw new SettingError(
    name,
    'must be an https address without query, fragment and password (http only on this machine)',
  );
}

function required(given: AuthText, env: Environment, key: string): string {
  const text = textOf(given, env);
  if (text !== undefined) return text;
  throw new SettingError(
    nameOf(given, key),
    'must be set: over HTTP this server answers only those who have a token',
  );
}

function textOf(given: AuthText | undefined, env: Environment): string | undefined {
  const text = given?.env === undefined ? undefined : env[given.env]?.trim();
  return text || given?.value || undefined;
}

function nameOf(given: AuthText | undefined, key: string): string {
  return given?.env ?? `serve.auth.${key} of mcp.yaml`;
}
