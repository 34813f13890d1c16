import type { AuthInfo, McpRequestContext, McpServer } from '@modelcontextprotocol/server';
import type { Catalogue } from '../catalogue.js';
import type { Watching } from '../changes/watching.js';
import type { Environment } from '../settings/settings.js';
import type { ServerTool } from '../tool.js';

type MakeServer = (context: Pick<McpRequestContext, 'authInfo'>) => McpServer;

/**
 * Who may call what over HTTP. Over stdio there is none: whoever starts the process is its only caller (MCP 2026-07-28,
 * Authorization).
 */
export type Access = {
  /** The answer to what everybody may ask before anything else; undefined for the rest. */
  describe: (request: Request) => Response | undefined;
  /** Refuses who may not call; else `next` answers, and all that happens in it happens for this caller. */
  admit: (request: Request, next: (caller: AuthInfo) => Promise<Response>) => Promise<Response>;
  /** Servers that refuse what their caller lacks scopes for, before anything of it is run. */
  guard: (factory: MakeServer, catalogue: () => Catalogue) => MakeServer;
  /** The same watching, of what the caller may read. */
  watching: (watching: Watching, catalogue: () => Catalogue) => Watching;
  /** Of the scopes of a tool those that the caller has not; all of them where there is no caller. */
  missing: (tool: Pick<ServerTool, 'scopes'>) => string[];
  /** A claim of the caller's token, which has been verified, as text; undefined where there is none, or one that is no text and no exact number. */
  claim: (name: string) => string | undefined;
  /** The text without the caller's token. */
  redact: (text: string) => string;
};

export type AccessOptions = {
  env: Environment;
  /** What the server is called by people. */
  title: string;
  tools: readonly ServerTool[];
};

/** Reads settings, once. Throws SettingError for what is missing or cannot be used. */
export type AccessFactory = (options: AccessOptions) => Access;
