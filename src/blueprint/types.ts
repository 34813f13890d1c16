import type { Diagnostic, Origin } from '../diagnostics/diagnostic.js';
import type { Auth } from './auth.js';
import type { Sessions } from './sessions.js';
import type { SqlBinding, SqlSource } from './database.js';
import type { FilesBinding, FilesSource } from './folders.js';
import type { Prompt, Resource } from './offers.js';
import type { StepsBinding } from './steps.js';
import type { Toolset } from './toolset.js';
import type { McpBinding, McpSource } from './upstream.js';

export type { Prompt, Resource } from './offers.js';

/** A JSON Schema (2020-12): plain data, references only of the form `#/$defs/<name>`. */
export type JsonSchema = { [keyword: string]: unknown };

/**
 * Everything that an emitted server is made of, whatever it was read from. Plain data that survives
 * `JSON.parse(JSON.stringify(…))`; arrays are in a deterministic order.
 */
export type Blueprint = {
  server: ServerInfo;
  sources: Source[];
  tools: Tool[];
  resources: Resource[];
  prompts: Prompt[];
  /** Tools that are switched on and off together. */
  toolsets?: Toolset[];
  /** Operations, tables, … that could not become part of the server, with the reason and the place. */
  skipped: Skipped[];
  findings: Diagnostic[];
  /** The user's module that sees every request and response, relative to the project. */
  hooks?: string;
  /** Modules of the user whose tool is gone or hidden: kept, and kept compiling. */
  orphans?: Orphan[];
  /** Whose access tokens are accepted over HTTP. */
  auth?: Auth;
  /** For clients over HTTP of versions of the protocol before 2026-07-28. */
  sessions?: Sessions;
};

/** A handler without a tool; `tool` is its key below `tools` in mcp.yaml. */
export type Orphan = { tool: string; module: string };

export type ServerInfo = {
  /** npm package name and MCP server name. */
  name: string;
  title: string;
  version: string;
  description: string;
  /** In registries: reverse DNS, a slash, a name. */
  registryName?: string;
  transports: Transport[];
};

export type Transport = 'stdio' | 'http';

/** Where tools come from and what they need at run time. A new kind of input is a new member of this union. */
export type Source = HttpSource | SqlSource | FilesSource | McpSource;

export type HttpSource = {
  kind: 'http';
  /** Key in mcp.yaml, e.g. `petstore`. */
  id: string;
  title: string;
  /** `default` and one for each set of servers that a path or an operation has of its own. */
  servers: Record<string, HttpServer>;
  securitySchemes: Record<string, HttpSecurityScheme>;
  /** Named schemas that tool types refer to by `#/$defs/<name>`; names are valid TypeScript identifiers. */
  schemas: Record<string, JsonSchema>;
  settings: Setting[];
  /** What requests carry that no argument gives. */
  given?: GivenValue[];
  origin: Origin;
};

/** A constant, or what a variable holds, for given parameters whose `argument` is the name; an empty text is not sent. */
export type GivenValue =
  | { name: string; value: GivenConstant | GivenConstant[] }
  | { name: string; env: string; fallback?: string };

type GivenConstant = string | number | boolean;

/** One environment variable of the emitted server. */
export type Setting = {
  env: string;
  description: string;
  secret: boolean;
  required: boolean;
  /** Value used when it is not set; never for a secret. */
  default?: string;
  /** mcp.yaml names it and gives no default: the server does not start without it. */
  named?: boolean;
  /** File that holds it where neither the variable nor `<NAME>_FILE` is set. */
  file?: string;
};

export type Tool = {
  name: string;
  /** Its key below `tools` in mcp.yaml, where that gives it another name. */
  generatedName?: string;
  title: string;
  description: string;
  annotations: ToolAnnotations;
  /** Tag, table, … by which tools are put into files. Free text. */
  group: string;
  /** Where the group was made from the path: what `include` selects it by, e.g. `/pets/**`. */
  groupPattern?: string;
  /** As `tools/list` gives it: self-contained, strict. */
  inputSchema: JsonSchema;
  /** As `tools/list` gives it: open, shallow; absent where the policy or the response gives none. */
  outputSchema?: JsonSchema;
  /** For types: may refer to the source's `schemas`. */
  argumentsType: JsonSchema;
  /** For types: may refer to the source's `schemas`; absent where the response has no schema. */
  resultType?: JsonSchema;
  binding: Binding;
  /** A call that is valid, made from examples and the schema; absent where none could be made. */
  example?: Record<string, unknown>;
  deprecated?: boolean;
  /** Written in mcp.yaml with schemas of its own: `$defs` are in these. */
  isOwn?: boolean;
  /** Not in `tools/list`: steps, resources and prompts can call it, callers cannot. */
  unlisted?: boolean;
  /** OAuth scopes that its caller needs over HTTP: all of them. */
  scopes?: string[];
  /** Of what the input says of its arguments: two with one digest take the same, as far as the input can say. */
  inputDigest?: string;
  origin: Origin;
};

export type ToolAnnotations = {
  readOnlyHint?: boolean;
  destructiveHint?: boolean;
  idempotentHint?: boolean;
  openWorldHint?: boolean;
};

/** What a call of the tool does. A new kind of source is a new member of this union. */
export type Binding = SourceBinding | HandlerBinding | StepsBinding;

/** What a source is asked for. */
export type SourceBinding = HttpBinding | SqlBinding | FilesBinding | McpBinding;

/** A function of the user. */
export type HandlerBinding = {
  kind: 'handler';
  /** Relative to the project, e.g. `src/handlers/list-pets.ts`; exports `handler`. */
  module: string;
  /** What it stands in for, and can ask for; absent for a tool written by hand. */
  inPlaceOf?: SourceBinding;
};

/** One HTTP request; mirrors `HttpOperation` of the emitted runtime, which documents every field. */
export type HttpBinding = {
  kind: 'http';
  source: string;
  method: string;
  path: string;
  server?: string;
  parameters?: HttpParameter[];
  body?: HttpBody;
  accept?: string;
  security?: Record<string, string[]>[];
  idempotencyHeader?: string;
};

export type HttpParameter = {
  argument: string;
  given?: true;
  name?: string;
  in: 'path' | 'query' | 'header' | 'cookie' | 'querystring';
  style?: ParameterStyle;
  explode?: boolean;
  allowReserved?: boolean;
  contentType?: string;
};

export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'tabDelimited'
  | 'deepObject';

export type HttpBody = {
  contentType: string;
  fields?: Record<string, string>;
  argument?: string;
  rename?: Record<string, string>;
  encoding?: Record<string, HttpEncoding>;
  files?: string[];
  required?: boolean;
};

export type HttpEncoding = {
  contentType?: string;
  style?: 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject';
  explode?: boolean;
  allowReserved?: boolean;
};

export type HttpServer = {
  env: string;
  url?: string;
  variables?: Record<string, { env: string; default: string; enum?: string[] }>;
};

export type HttpSecurityScheme =
  | { type: 'apiKey'; in: 'header' | 'query' | 'cookie'; name: string; env: string }
  | { type: 'basic'; usernameEnv: string; passwordEnv: string }
  | { type: 'bearer'; env: string }
  | {
      type: 'clientCredentials';
      env: string;
      clientIdEnv: string;
      clientSecretEnv: string;
      tokenUrl: string;
      tokenUrlEnv: string;
      refreshUrl?: string;
    }
  | { type: 'http'; scheme: string; env: string }
  | { type: 'mutualTLS'; certEnv: string; keyEnv: string };

export type Skipped = {
  /** What a person calls it, e.g. `POST /pets`. */
  what: string;
  reason: string;
  origin: Origin;
};
