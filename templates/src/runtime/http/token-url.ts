import type { Environment } from '../settings/settings.js';
import type { HttpSecurityScheme } from './operation.js';

export type ClientCredentialsScheme = Extract<HttpSecurityScheme, { type: 'clientCredentials' }>;

/**
 * Where tokens are asked for, or what is wrong with it. Secrets go there: https, except on this
 * machine.
 */
export function readTokenUrl(
  scheme: ClientCredentialsScheme,
  env: Environment,
): { url: URL } | { problem: string } {
  const text = env[scheme.tokenUrlEnv]?.trim() || scheme.tokenUrl;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const usable =
    url !== undefined &&
    url.username === '' &&
    url.password === '' &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
  if (usable) return { url };
  return { problem: `Set ${scheme.tokenUrlEnv} to the https URL of the token endpoint.` };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
