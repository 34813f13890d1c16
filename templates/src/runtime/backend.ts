import type { Access } from './auth/access.js';
import type { Outcome } from './calls/answer.js';
import type { TransportName } from './catalogue.js';
import type { Announce, ListName } from './changes/live.js';
import type { Hooks } from './hooks.js';
import type { OwnServer } from './offers/offers.js';
import type { Progress } from './calls/progress.js';
import type { PromptProvider } from './prompts.js';
import type { ResourceProvider } from './resources.js';
import type { Environment } from './settings/settings.js';
import type { ServerTool } from './tool.js';

export type CallExtra = {
  /** Tells the caller how far a call has come; absent when nobody has asked. */
  progress?: Progress;
};

/** What stands behind tools: APIs, databases, … One of each kind answers for all tools of that kind. */
export type Backend = {
  /** Whether the tool is of this kind; also where a handler stands in for it. */
  serves: (tool: ServerTool) => boolean;
  /** Why the tool cannot work with this environment, each a sentence that names what to set; empty when it can. */
  problems: (tool: ServerTool) => string[];
  /** Makes a call with arguments that fit the input schema. Never rejects. */
  call: (
    tool: ServerTool,
    args: Record<string, unknown>,
    signal: AbortSignal,
    extra?: CallExtra,
  ) => Promise<Outcome>;
  /** Loads and connects what calls need, so that the first one does not wait. Rejects only for what no call could mend. */
  prepare?: () => Promise<void>;
  /** Tools of its own, beside those that the project lists. */
  tools?: readonly ServerTool[];
  /** Lists that it may change while the server runs. */
  changing?: readonly ListName[];
  /** Whether the tool is listed now; every backend is asked for every tool. */
  shows?: (tool: ServerTool) => boolean;
  /** Why a caller's call of the tool is refused now; undefined when it is not. Tools that call each other are not asked. */
  refusal?: (tool: ServerTool) => string | undefined;
  /** Finds out what there is to be listed; nobody waits long for it. */
  begin?: () => Promise<void>;
  /** What can be read besides, without a tool. */
  resources?: ResourceProvider;
  prompts?: PromptProvider;
  /** Whether each server behind it answers, by its id: one word. No secret. */
  health?: () => Record<string, string>;
  /** The text without any secret that this kind of tool is called with. */
  redact?: (text: string) => string;
  /** Ends what is open. */
  close: () => Promise<void>;
};

export type BackendOptions = {
  env: Environment;
  /** Name and version of this server, for those that are called. */
  userAgent: string;
  /** Functions of the user around every request. */
  hooks?: Hooks | undefined;
  /** Who calls over HTTP, and by what token. */
  access?: Access | undefined;
  /** The server that is made of the backends: there once it serves. */
  server?: OwnServer;
  /** How it is served: over stdio one client has the process for itself. */
  transport?: TransportName;
  /** Tells callers of a change, once the server serves. */
  announce?: Announce;
};

/** Reads settings, once. Throws SettingError for one that cannot be used; what is missing is said by `problems`. */
export type BackendFactory = (options: BackendOptions) => Backend;
