/** The one HTTP request that a tool makes, as data. Field names follow OpenAPI 3.1. */
export type HttpOperation = {
  /** Key of the source in `src/generated/sources.ts`. */
  source: string;
  /** Upper case; `QUERY` and custom methods (OpenAPI 3.2) are allowed. */
  method: string;
  /** Path template below the server URL, e.g. `/pets/{petId}`. May carry a fixed query string. */
  path: string;
  /** Key in the source's `servers`; left out for its `default`. */
  server?: string;
  parameters?: HttpParameter[];
  body?: HttpBody;
  /** Value of the Accept header; left out for JSON first, then anything. */
  accept?: string;
  /** Alternatives (OR) of scheme name → scopes (AND); left out or empty where no credential is needed. */
  security?: Record<string, string[]>[];
  /** Header that carries one generated key per call, which makes a retry of this write safe. */
  idempotencyHeader?: string;
};

/** How one argument travels (OpenAPI 3.1 §4.8.12; RFC 6570 for the styles). */
export type HttpParameter = {
  /** Name of the tool's argument, or of the value that the source gives. */
  argument: string;
  /** Not an argument: the value is in the source's `given`. */
  given?: true;
  /** Name on the wire; left out where it equals `argument`. */
  name?: string;
  in: 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  /** Left out for the default of `in`: path and header `simple`, query and cookie `form`. */
  style?:
    | 'simple'
    | 'label'
    | 'matrix'
    | 'form'
    | 'spaceDelimited'
    | 'pipeDelimited'
    | 'tabDelimited'
    | 'deepObject';
  /** Left out for the default of the style: true for `form` and `deepObject`, false otherwise. */
  explode?: boolean;
  allowReserved?: boolean;
  /** Media type when the parameter is described by `content`: the value is serialised, then sent as one string. */
  contentType?: string;
};

/** The request body. Exactly one of `fields` and `argument` is set. */
export type HttpBody = {
  /** Concrete media type, e.g. `application/json`, `application/vnd.api+json`, `multipart/form-data`. */
  contentType: string;
  /** Arguments that are the top-level properties of the body: argument → name on the wire. */
  fields?: Record<string, string>;
  /** The one argument that is the whole body. */
  argument?: string;
  /** Property names inside the body that had to be renamed for the tool's schema: argument-side → wire-side, at any depth. */
  rename?: Record<string, string>;
  /** Wire property → how that part is encoded (OpenAPI 3.1 §4.8.15), for form-urlencoded and multipart. */
  encoding?: Record<string, HttpEncoding>;
  /** Wire properties that hold files (arrays of files too): the argument is a `FileInput`. `argument` bodies of binary type use `'*'`. */
  files?: string[];
  /** True when the body is sent (as an empty object or form) even though no field was given. */
  required?: boolean;
};

export type HttpEncoding = {
  contentType?: string;
  style?: 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';
  explode?: boolean;
  allowReserved?: boolean;
};

/** A file argument: bytes as base64, or a `data:` URI. */
export type FileInput = { data?: string; uri?: string; filename?: string; mediaType?: string };

/** Where a source lives and how its callers prove who they are. Every value comes from the environment at start. */
export type HttpSource = {
  id: string;
  /** `default` and one entry for each path or operation with servers of its own. */
  servers: Record<string, HttpServer>;
  securitySchemes: Record<string, HttpSecurityScheme>;
  /** What parameters that are no arguments are sent with. */
  given?: GivenValue[];
};

/** A constant, or what a variable holds; an empty text is not sent. */
export type GivenValue =
  | { name: string; value: GivenConstant | GivenConstant[] }
  | { name: string; env: string; fallback?: string; secret?: boolean };

type GivenConstant = string | number | boolean;

/** OpenAPI Server Object. A set `env` replaces `url` as a whole. */
export type HttpServer = {
  /** Environment variable that overrides the URL. */
  env: string;
  /** Absolute URL or template, e.g. `https://{region}.example.com/v1`; left out when the document names none. */
  url?: string;
  /** Template variable → its default, its closed set of values, and the environment variable that chooses. */
  variables?: Record<string, { env: string; default: string; enum?: string[] }>;
};

/** OpenAPI Security Scheme Object, with the environment variables that hold its secrets. */
export type HttpSecurityScheme =
  | { type: 'apiKey'; in: 'header' | 'query' | 'cookie'; name: string; env: string }
  | { type: 'basic'; usernameEnv: string; passwordEnv: string }
  /** `http` bearer, `openIdConnect`, and `oauth2` flows that need a person: a token from the environment. */
  | { type: 'bearer'; env: string }
  /** `oauth2` client credentials (RFC 6749 §4.4). A token in `env`, when set, is used as it is. */
  | {
      type: 'clientCredentials';
      env: string;
      clientIdEnv: string;
      clientSecretEnv: string;
      tokenUrl: string;
      tokenUrlEnv: string;
      refreshUrl?: string;
    }
  /** `http` with a scheme other than basic or bearer: the variable holds what follows the scheme's name. */
  | { type: 'http'; scheme: string; env: string }
  /** `mutualTLS`: PEM files named by environment variables. */
  | { type: 'mutualTLS'; certEnv: string; keyEnv: string };
