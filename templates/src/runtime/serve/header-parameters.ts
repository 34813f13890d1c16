import type { McpServer } from '@modelcontextprotocol/server';
import type { Catalogue } from '../catalogue.js';
import type { JsonSchema } from '../tool.js';

/**
 * Clients repeat arguments in headers where a schema says so (`x-mcp-header`; MCP 2026-07-28, Streamable HTTP). What answers over
 * HTTP refuses those that disagree; for this it asks for the schema, which it gets only of tools that say so.
 */
export function serveHeaderParameters(mcp: McpServer, { tools }: Pick<Catalogue, 'tools'>): void {
  mcp.toolInputSchemaJson = (name) => {
    const schema = tools.get(name)?.inputSchema;
    return schema !== undefined && repeats(schema) ? schema : undefined;
  };
}

const known = new WeakMap<JsonSchema, boolean>();

function repeats(schema: JsonSchema): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const found = JSON.stringify(schema).includes('"x-mcp-header":');
  known.set(schema, found);
  return found;
}
