import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Environment } from '../settings/settings.js';
import type { HttpSecurityScheme } from './operation.js';

type MutualTls = Extract<HttpSecurityScheme, { type: 'mutualTLS' }>;

/** Text of the PEM file that a variable names; undefined when it cannot be read. */
export function readPem(env: Environment, variable: string): string | undefined {
  const path = env[variable]?.trim();
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * What is wrong with the files that the variables name, as sentences; none for variables that are not set. Found here, it is
 * said at start; found while connecting, it would look like a fault of the upstream.
 */
export function certificateProblems({ certEnv, keyEnv }: MutualTls, env: Environment): string[] {
  const problems: string[] = [];
  function read<Value>(variable: string, parse: (pem: string) => Value): Value | undefined {
    if (!env[variable]?.trim()) return undefined;
    const value = parsed(readPem(env, variable), parse);
    if (value === undefined) problems.push(`${variable} must name a readable PEM file.`);
    return value;
  }
  const certificate = read(certEnv, (pem) => new X509Certificate(pem));
  const key = read<KeyObject>(keyEnv, (pem) => createPrivateKey(pem));
  if (certificate !== undefined && key !== undefined && !certificate.checkPrivateKey(key)) {
    problems.push(`${keyEnv} must name the key of the certificate in ${certEnv}.`);
  }
  return problems;
}

function parsed<Value>(pem: string | undefined, parse: (pem: string) => Value): Value | undefined {
  if (pem === undefined) return undefined;
  try {
    return parse(pem);
  } catch {
    return undefined;
  }
}
