/** Another MCP server: where it is, and what it offered when this server was generated. */
export type McpUpstream = {
  id: string;
  /** The first that answers is used; the others stand in for it. */
  connections: McpConnection[];
  /** Of one request. */
  timeoutMs: number;
  /** Spoke a version of the protocol with a handshake (2025-11-25 or before) when this was generated. */
  handshake?: true;
  /** What `pinOf` gives for each item, by kind and its own name: `tool:read_file`. */
  pins: Record<string, string>;
  /** What happens to a tool that is no longer as it was pinned. */
  onChange: 'refuse' | 'report';
  /** Tells those who subscribe to a resource when it changes. */
  subscribe?: true;
  /** Everything of it is listed only while it answers. */
  whenUnavailable?: 'hide';
  /** Stands before URIs here, and is taken away before the other server is asked. */
  uriPrefix?: string;
  resources: McpPinned[];
  templates: McpPinned[];
  prompts: McpPinned[];
};

/** Values may hold `${NAME}` and `${NAME:-default}`, which are filled in from the environment. */
export type McpConnection =
  | { type: 'stdio'; command: string[]; env?: Record<string, string> }
  | { type: 'http'; url: string; headers?: Record<string, string> };

/** An item as callers see it, and the name or URI by which the other server knows it. */
export type McpPinned = { own: string; listed: Record<string, unknown> };
