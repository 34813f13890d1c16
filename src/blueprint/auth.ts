import type { Setting } from './types.js';

/** Who may call over HTTP; without `settings` it is what the emitted runtime documents as `AuthFacts`. */
export type Auth = {
  issuer: AuthText;
  audience: AuthText;
  resource?: AuthText;
  jwksUri?: AuthText;
  algorithms?: string[];
  scopes?: string[];
  /** Of what there is besides tools; absent where nothing is asked for. */
  offers?: Partial<OfferScopes>;
  settings: Setting[];
};

/** From the environment where `env` says so, with a default; else given. */
export type AuthText = { env?: string; value?: string };

/** OAuth scopes of what there is besides tools: resources, templates, prompts, completion. */
export type OfferScopes = {
  /** By id of the source. */
  sources: Record<string, string[]>;
  /** By name of the prompt, besides those of its source and of what it is made of. */
  prompts: Record<string, string[]>;
  /** By URI or URI template, besides those of the tool behind it; of mcp.yaml alone. */
  resources: Record<string, string[]>;
};
