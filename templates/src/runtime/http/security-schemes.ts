import type { Environment } from '../settings/settings.js';
import { certificateProblems } from './client-certificate.js';
import type { HttpSecurityScheme } from './operation.js';
import { isHeaderText, isToken } from './request-headers.js';
import { readTokenUrl } from './token-url.js';

/**
 * What the environment says of one scheme. `missing` holds variables, `problems` sentences about
 * values that are no use.
 */
export type SchemeState = {
  scheme: HttpSecurityScheme;
  missing: string[];
  problems: string[];
  /** Values that must never leave in a text. */
  secrets: string[];
};

/**
 * A secret as the environment holds it, without the line break that files of secrets end with;
 * undefined when empty.
 */
export function readSecret(env: Environment, variable: string): string | undefined {
  return env[variable]?.trim() || undefined;
}

/**
 * Whether a scheme can be used, and which secrets it brings. Never throws; nothing secret is in
 * the problems.
 */
export function readScheme(scheme: HttpSecurityScheme, env: Environment): SchemeState {
  const variables = neededVariables(scheme, env);
  const values = variables.flatMap((variable) => readSecret(env, variable) ?? []);
  return {
    scheme,
    missing: variables.filter((variable) => readSecret(env, variable) === undefined),
    problems: problemsOf(scheme, env, variables),
    secrets: secretsOf(scheme, env, values),
  };
}

/** Every variable that belongs to a scheme, for messages about refused credentials. */
export function schemeVariables(scheme: HttpSecurityScheme): string[] {
  if (scheme.type === 'basic') return [scheme.usernameEnv, scheme.passwordEnv];
  if (scheme.type === 'mutualTLS') return [scheme.certEnv, scheme.keyEnv];
  if (scheme.type === 'clientCredentials') return [scheme.clientIdEnv, scheme.clientSecretEnv];
  return [scheme.env];
}

function neededVariables(scheme: HttpSecurityScheme, env: Environment): string[] {
  if (scheme.type === 'clientCredentials' && readSecret(env, scheme.env) !== undefined) {
    return [scheme.env];
  }
  // An empty password is a value: several APIs take a key as the user name and nothing else.
  if (scheme.type === 'basic' && env[scheme.passwordEnv] !== undefined) return [scheme.usernameEnv];
  return schemeVariables(scheme);
}

function problemsOf(scheme: HttpSecurityScheme, env: Environment, variables: string[]): string[] {
  const values = variables.filter((variable) => readSecret(env, variable) !== undefined);
  if (scheme.type === 'mutualTLS') return certificateProblems(scheme, env);
  if (scheme.type === 'basic') return [];
  if (scheme.type === 'apiKey' && scheme.in !== 'query' && !isToken(scheme.name)) {
    return [`The API key's ${scheme.in} ${JSON.stringify(scheme.name)} cannot be sent.`];
  }
  if (scheme.type === 'clientCredentials' && !values.includes(scheme.env)) {
    const token = readTokenUrl(scheme, env);
    return 'problem' in token ? [token.problem] : [];
  }
  return values
    .filter((variable) => !isHeaderText(readSecret(env, variable) ?? ''))
    .map((variable) => `${variable} holds characters that cannot be sent in a header.`);
}

function secretsOf(scheme: HttpSecurityScheme, env: Environment, values: string[]): string[] {
  if (scheme.type === 'mutualTLS') return [];
  if (scheme.type === 'clientCredentials') {
    return [scheme.env, scheme.clientSecretEnv].flatMap((name) => readSecret(env, name) ?? []);
  }
  if (scheme.type !== 'basic') return values;
  const { username, password } = basicPair(scheme, env);
  return [password === '' ? username : password, `${username}:${password}`];
}

/** User name and password, each possibly empty. */
export function basicPair(
  scheme: Extract<HttpSecurityScheme, { type: 'basic' }>,
  env: Environment,
): { username: string; password: string } {
  return {
    username: readSecret(env, scheme.usernameEnv) ?? '',
    password: readSecret(env, scheme.passwordEnv) ?? '',
  };
}
