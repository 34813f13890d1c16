import type { OfferScopes } from './offer-scopes.js';
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
