/** What mcp.yaml says of those who may call: `serve.auth`. */
export type AuthFacts = {
  /** Of the authorization server, exactly as its tokens have it in `iss`. */
  issuer: AuthText;
  /** What tokens for this server have in `aud`. */
  audience: AuthText;
  /** Public address of this server's endpoint; the audience where that is one. */
  resource?: AuthText;
  /** Where the issuer's keys are; found by its metadata where it is left out. */
  jwksUri?: AuthText;
  algorithms?: readonly Algorithm[];
  /** What every request needs. */
  scopes?: readonly string[];
  /** What there is besides tools needs these. */
  offers?: OfferScopes;
};

/** By id of the source; by name of the prompt, and by URI or template of an own resource, besides. */
export type OfferScopes = {
  sources?: Readonly<Record<string, readonly string[]>>;
  prompts?: Readonly<Record<string, readonly string[]>>;
  resources?: Readonly<Record<string, readonly string[]>>;
};

/** From the environment where `env` says so, with a default; else given. */
export type AuthText = { env?: string; value?: string };

/** Signatures with a private key (RFC 7518, RFC 8037): with a shared secret whoever can check a token could make one. */
export const ALGORITHMS = [
  ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const),
] as const;

export type Algorithm = (typeof ALGORITHMS)[number];
