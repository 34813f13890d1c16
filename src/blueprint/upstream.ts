import type { Origin } from '../diagnostics/diagnostic.js';
import type { JsonSchema, Setting } from './types.js';

/** Another MCP server as a source; `upstream` is what the emitted runtime documents as `McpUpstream`. */
export type McpSource = {
  kind: 'mcp';
  /** Key in mcp.yaml. */
  id: string;
  title: string;
  upstream: McpUpstream;
  /** The pinned snapshot, relative to the project. */
  snapshot: string;
  schemas: Record<string, JsonSchema>;
  settings: Setting[];
  origin: Origin;
};

/** Where it is, and what it offered when it was pinned. */
export type McpUpstream = {
  id: string;
  connections: McpConnection[];
  timeoutMs: number;
  /** Spoke a version of the protocol with a handshake (2025-11-25 or before) when it was read. */
  handshake?: true;
  /** SHA-256 of what was pinned, by kind and the upstream's own name: `tool:read_file`. */
  pins: Record<string, string>;
  /** What happens to a tool that is no longer as it was pinned. */
  onChange: 'refuse' | 'report';
  /** Tells those who subscribe to a resource when it changes. */
  subscribe?: true;
  /** Everything of it is listed only while it answers. */
  whenUnavailable?: 'hide';
  /** Put before URIs where another source has such ones too. */
  uriPrefix?: string;
  resources: McpPinned[];
  templates: McpPinned[];
  prompts: McpPinned[];
};

/** The first that answers is used; the others stand in for it. Values may hold `${NAME}` and `${NAME:-default}`. */
export type McpConnection =
  | { type: 'stdio'; command: string[]; env?: Record<string, string> }
  | { type: 'http'; url: string; headers?: Record<string, string> };

/** As callers see it, and the name or URI by which the upstream knows it. */
export type McpPinned = { own: string; listed: Record<string, unknown> };

/** Mirrors `McpOperation` of the emitted runtime; `tool` is the upstream's name for it. */
export type McpBinding = {
  kind: 'mcp';
  source: string;
  tool: string;
  /** The upstream's names of arguments that have another one here. */
  rename?: Record<string, string>;
};

export function describeMcp({ source, tool }: McpBinding): string {
  return `${tool} of ${source}`;
}
