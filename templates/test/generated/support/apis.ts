import { sources } from '../../../src/generated/sources.js';
import { hasRequest, type HttpTool } from '../../../src/runtime/http/http-tool.js';
import type { HttpSecurityScheme, HttpSource } from '../../../src/runtime/http/operation.js';
import { hasHandler } from '../../../src/runtime/tool.js';
import { allExamples, type Example } from './call.js';

/** Examples whose call is a request and nothing else, and needs no file of the machine (client certificates). */
export function requestExamples(): Example<HttpTool>[] {
  return allExamples().flatMap(({ tool, args }) =>
    hasRequest(tool) && !hasHandler(tool) && credentialsOf(tool) !== undefined
      ? [{ tool, args }]
      : [],
  );
}

/** Every credential set, and the base URLs of all sources below `url`. */
export function apiEnvironment(url: string): Record<string, string> {
  const env: Record<string, string> = {
    // The tests provoke many failures in a row.
    UPSTREAM_BREAKER_FAILURES: '1000000',
  };
  for (const [id, source] of Object.entries(sources)) {
    for (const [name, server] of Object.entries(source.servers)) {
      env[server.env] = url + basePath(id, name);
    }
    for (const variable of [...secretVariables(source), ...givenVariables(source)]) {
      env[variable] = `test-${variable}`;
    }
  }
  return env;
}

/** Path below which the test's API serves a server of a source: different for each. */
export function basePath(source: string, server = 'default'): string {
  const index = Object.keys(sources[source]?.servers ?? {}).indexOf(server);
  return `/${encodeURIComponent(source)}/${index}`;
}

/** What the tests expect where a parameter is no argument. */
export function givenValue(source: string, name: string): unknown {
  const found = sources[source]?.given?.find((value) => value.name === name);
  return found && ('env' in found ? `test-${found.env}` : found.value);
}

/** The schemes that a call of the tool uses when all credentials are set; undefined when it needs a certificate. */
export function credentialsOf({ request }: HttpTool): HttpSecurityScheme[] | undefined {
  const schemes = sources[request.source]?.securitySchemes ?? {};
  const alternatives = (request.security ?? [])
    .map((alternative) => Object.keys(alternative).map((name) => schemes[name]))
    .filter((alternative) => alternative.every((scheme) => scheme?.type !== 'mutualTLS'))
    .map((alternative) => alternative.filter((scheme) => scheme !== undefined));
  if (alternatives.length === 0) return request.security?.length ? undefined : [];
  return alternatives.find((alternative) => alternative.length > 0) ?? [];
}

function givenVariables({ given = [] }: HttpSource): string[] {
  return given.flatMap((value) => ('env' in value ? [value.env] : []));
}

function secretVariables({ securitySchemes }: HttpSource): string[] {
  return Object.values(securitySchemes).flatMap((scheme) => {
    if (scheme.type === 'mutualTLS') return [];
    return scheme.type === 'basic' ? [scheme.usernameEnv, scheme.passwordEnv] : [scheme.env];
  });
}
