import type { HttpBinding, SourceBinding } from '../blueprint/types.js';
import { ownKey } from './own-keys.js';

/** How the tools of a kind of source are written down. */
export type ToolKind = {
  /** Below `src/runtime/`. */
  module: string;
  define: string;
  type: string;
  /** The field that says what a tool asks its source for, and its value. */
  field: string;
  value: object;
};

export function toolKind(call: SourceBinding): ToolKind {
  if (call.kind === 'http') return { ...NAMES.http, field: 'request', value: request(call) };
  // What was read may come from a file: the closed set is looked at again.
  if (!Object.hasOwn(NAMES, call.kind)) throw new TypeError('not a kind of tool');
  return { ...NAMES[call.kind], field: call.kind, value: withSource(call) };
}

const NAMES = {
  http: { define: 'defineHttpTool', type: 'HttpTool', module: 'http/http-tool.js' },
  sql: { define: 'defineSqlTool', type: 'SqlTool', module: 'sql/sql-tool.js' },
  files: { define: 'defineFileTool', type: 'FileTool', module: 'files/file-tool.js' },
  mcp: { define: 'defineMcpTool', type: 'McpTool', module: 'mcp/mcp-tool.js' },
} as const;

/** The binding in the order in which a request is read, without what the runtime does not ask for. */
function request(binding: HttpBinding): object {
  const { source, method, path, server, parameters, body, accept, security } = binding;
  return {
    source: ownKey(source),
    method,
    path,
    server,
    parameters: parameters?.length === 0 ? undefined : parameters,
    body,
    accept,
    security: security?.length === 0 ? undefined : security?.map(withOwnKeys),
    idempotencyHeader: binding.idempotencyHeader,
  };
}

function withOwnKeys(alternative: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(alternative).map(([name, scopes]) => [ownKey(name), scopes]),
  );
}

function withSource({ kind: _, source, ...rest }: Exclude<SourceBinding, HttpBinding>): object {
  return { source: ownKey(source), ...rest };
}
