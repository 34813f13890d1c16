import type { Origin } from '../diagnostics/diagnostic.js';
import type { JsonSchema, Setting } from './types.js';

/** Another MCP server as a source; `upstream` is what the emitted runtime documents as `McpUpstream`. */
export type McpSource = {
  kind: 'mcp';
  /** Key in mcp.yaml. */
  id: string;
  title: string;
  upstream: McpUpstream;
  schemas: Record<string, JsonSchema>;
  settings: Setting[];
  origin: Origin;
};

/** Where it is, and what it offered when it was pinned. */
export type McpUpstream = {
  id: string;
  connections: McpConnection[];
  /** Put before names, with `_`. */
  prefix?: string;
  timeoutMs: number;
  /** SHA-256 of what was pinned, by kind and the upstream's own name: `tool:read_file`. */
  pins: Record<string, string>;
  /** What happens to a tool that is no longer as it was pinned. */
  onChange: 'refuse' | 'report';
  resources: McpPinned[];
  templates: McpPinned[];
  prompts: McpPinned[];
};

/** The first that answers is used; the others stand in for it. */
export type McpConnection =
  | { type: 'stdio'; command: string[]; env?: Record<string, { env: string; default?: string }> }
  | {
      type: 'http';
      url: { env: string; default?: string };
      headers?: Record<string, { env: string; default?: string }>;
    };

/** As the upstream listed it, with the name or URI by which callers know it. */
export type McpPinned = { shown: string; listed: Record<string, unknown> };

/** Mirrors `McpOperation` of the emitted runtime; `tool` is the upstream's name for it. */
export type McpBinding = { kind: 'mcp'; source: string; tool: string };

export function describeMcp({ source, tool }: McpBinding): string {
  return `${tool} of ${source}`;
}
