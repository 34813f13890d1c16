import type { HttpSecurityScheme, Setting } from '../../blueprint/types.js';
import type { HttpDraft } from './http-draft.js';

/** Marks the variables without which at least one tool cannot be called at all. */
export function markRequired(
  settings: readonly Setting[],
  tools: readonly HttpDraft[],
  schemes: Record<string, HttpSecurityScheme>,
): void {
  const needed = new Set<string>();
  for (const { binding } of tools) {
    const [first, ...others] = (binding.security ?? []).map((alternative) =>
      Object.keys(alternative),
    );
    const inAll = (first ?? []).filter((name) => others.every((names) => names.includes(name)));
    for (const name of inAll) for (const env of variablesOf(schemes[name])) needed.add(env);
  }
  for (const setting of settings) setting.required ||= needed.has(setting.env);
}

/** The variables without which a scheme cannot be used. */
export function variablesOf(scheme: HttpSecurityScheme | undefined): string[] {
  if (!scheme) return [];
  switch (scheme.type) {
    case 'basic':
      return [scheme.usernameEnv, scheme.passwordEnv];
    case 'mutualTLS':
      return [scheme.certEnv, scheme.keyEnv];
    case 'clientCredentials':
      return [scheme.clientIdEnv, scheme.clientSecretEnv];
    default:
      return [scheme.env];
  }
}
