import type { Environment } from '../settings/settings.js';
import type { HttpServer } from './operation.js';

/** A usable base URL (no trailing slash, credentials or fragment), or why there is none. */
export type ServerUrl = { url: string } | { problem: string };

/**
 * Base URL of a server (OpenAPI 3.1 §4.8.5): the environment's, or the document's with its
 * variables filled in. Read once at start, so that no call can move a request to another host.
 */
export function readServerUrl(server: HttpServer, env: Environment): ServerUrl {
  const override = env[server.env]?.trim();
  if (override) {
    return checked(override, `${server.env} must be an absolute http(s) URL without credentials.`);
  }
  if (server.url === undefined) {
    return { problem: `Set ${server.env} to the base URL of the API.` };
  }
  const variables = Object.entries(server.variables ?? {});
  let url = server.url;
  for (const [name, variable] of variables) {
    const value = env[variable.env]?.trim() || variable.default;
    const problem = variableProblem(variable, value);
    if (problem !== undefined) return { problem };
    url = url.replaceAll(`{${name}}`, value);
  }
  return checked(url, `Set ${server.env} to the absolute base URL of the API.`);
}

function variableProblem(
  variable: NonNullable<HttpServer['variables']>[string],
  value: string,
): string | undefined {
  if (variable.enum !== undefined && variable.enum.length > 0) {
    if (variable.enum.includes(value)) return undefined;
    return `${variable.env} must be one of ${variable.enum.join(', ')}.`;
  }
  // Without a closed set, a value may fill labels or path segments, but not lead elsewhere.
  const safe = /^[A-Za-z0-9._~/-]*$/.test(value) && !/(^|\/)\.{1,2}(\/|$)|\/\//.test(value);
  if (safe) return undefined;
  return `${variable.env} may hold letters, digits and . _ ~ - / only.`;
}

function checked(text: string, problem: string): ServerUrl {
  if (!URL.canParse(text) || /[{}]/.test(text)) return { problem };
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    return { problem };
  }
  return { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}${url.search}` };
}
