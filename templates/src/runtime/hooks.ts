import type { log } from './log.js';

export { UserInputError } from './calls/user-input-error.js';

/** A request as it is about to leave; every field may be changed. */
export type HookRequest = {
  method: string;
  /** Absolute, with its query. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: Uint8Array;
};

/** A response as it came, its body decoded; every field may be changed. */
export type HookResponse = {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
};

export type HookContext = {
  /** Name of the tool that is called. */
  tool: string;
  /** Key of the source in mcp.yaml. */
  source: string;
  /** Method and path template, e.g. `GET /pets/{petId}`. */
  operation: string;
  /** 1, and more when a request is sent again. */
  attempt: number;
  signal: AbortSignal;
  log: typeof log;
};

/**
 * Functions around every request of every tool; requests for access tokens are not among them. They run once for each
 * attempt. A UserInputError ends the call and is given to the model word for word; of any other error it learns only an id.
 */
export type Hooks = {
  onRequest?: (request: HookRequest, context: HookContext) => void | Promise<void>;
  onResponse?: (response: HookResponse, context: HookContext) => void | Promise<void>;
};
