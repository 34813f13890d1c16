import type { CallToolResult, ReadResourceResult } from '@modelcontextprotocol/server';
import type { Caller } from '../calls/caller.js';
import type { Expression } from '../steps/expression.js';

/** Something to be read that mcp.yaml declares. In its expressions `args` are the variables of the URI template. */
export type OwnResource = {
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;
  /** A URI, or with variables a URI template (RFC 6570: `{x}`, `{+x}`, `{?x,y}`). */
  uri: string;
  content:
    | { text: Expression }
    /** Relative to the folder of package.json. */
    | { file: string }
    | { tool: string; with: Record<string, Expression> };
  /** By variable. */
  complete?: Record<string, Completion>;
};

/** A prompt that mcp.yaml declares. In its expressions `args` are its arguments. */
export type OwnPrompt = {
  name: string;
  title?: string;
  description?: string;
  arguments: { name: string; title?: string; description?: string; required: boolean }[];
  messages: ({ role: 'user' | 'assistant' } & (
    | { text: Expression }
    | { resource: Expression }
    /** Each block of its result. */
    | { tool: string; with: Record<string, Expression> }
  ))[];
  /** By argument. */
  complete?: Record<string, Completion>;
};

/** Values to choose from: given, or found in the result of a tool: `[]` in the path stands for each item of a list. */
export type Completion =
  { values: string[] } | { tool: string; with: Record<string, Expression>; path: string[] };

/** What a provider can ask its own server for. */
export type OwnServer = {
  /** Throws ToolCallError when the tool fails. */
  callTool: (
    name: string,
    args: Record<string, unknown>,
    signal: AbortSignal,
    caller?: Caller,
  ) => Promise<CallToolResult>;
  /** Throws ResourceNotFoundError. */
  read: (
    uri: string,
    signal: AbortSignal,
    caller?: Caller,
  ) => Promise<ReadResourceResult['contents']>;
};
