import type { HttpSecurityScheme, HttpSource } from './http/operation.js';
import type { Environment } from './settings.js';
import type { HttpTool } from './tool.js';

const MAX_NAMES = 5;

/**
 * What start-up says of tools that cannot work yet: each reason once, with the tools it disables. Empty when all can.
 */
export function describeProblems(
  tools: readonly HttpTool[],
  problems: (tool: HttpTool) => string[],
): string[] {
  const disabled = new Map<string, string[]>();
  for (const tool of tools) {
    for (const problem of problems(tool)) {
      disabled.set(problem, [...(disabled.get(problem) ?? []), tool.name]);
    }
  }
  return [...disabled].map(([problem, names]) => {
    if (names.length === tools.length && names.length > 1) return `${problem} (disables all tools)`;
    const rest = names.length - MAX_NAMES;
    const more = rest > 0 ? ` and ${rest} more` : '';
    return `${problem} (disables ${names.slice(0, MAX_NAMES).join(', ')}${more})`;
  });
}

/** Values of all secrets that are set: what must never be seen in a log or an answer. */
export function secretValues(sources: Record<string, HttpSource>, env: Environment): string[] {
  return Object.values(sources)
    .flatMap(({ securitySchemes }) => Object.values(securitySchemes).flatMap(secretVariables))
    .flatMap((variable) => env[variable] ?? [])
    .filter((value) => value !== '');
}

function secretVariables(scheme: HttpSecurityScheme): string[] {
  switch (scheme.type) {
    case 'basic':
      return [scheme.passwordEnv];
    case 'clientCredentials':
      return [scheme.env, scheme.clientSecretEnv];
    // Holds the name of a file.
    case 'mutualTLS':
      return [];
    default:
      return [scheme.env];
  }
}
