import type { Backend, BackendFactory } from '../backend.js';
import { createRedactor } from '../http/redact.js';
import { readResultLimit } from '../result-limit.js';
import { secretsOf } from './fill-in.js';
import { createLink } from './link.js';
import { mcpPrompts } from './mcp-prompts.js';
import { mcpResources } from './mcp-resources.js';
import { isUpstreamTool } from './mcp-tool.js';
import type { McpUpstream } from './upstream.js';

/** The other MCP servers behind tools, resources and prompts. What a caller proves itself with is never handed on. */
export function mcpBackend(upstreams: Record<string, McpUpstream>): BackendFactory {
  return ({ env, userAgent }): Backend => {
    const links = new Map(
      Object.entries(upstreams).map(([id, one]) => [id, createLink(one, env, userAgent)]),
    );
    const all = [...links.values()];
    const maxChars = readResultLimit(env);
    const { redact } = createRedactor(
      Object.values(upstreams).flatMap(({ connections }) =>
        connections.flatMap((connection) => secretsOf(connection, env)),
      ),
    );
    // Loaded with the first call: what lists need is less.
    const load = () => import('./call-mcp-tool.js');
    return {
      serves: isUpstreamTool,
      problems: (tool) =>
        isUpstreamTool(tool) ? (links.get(tool.mcp.source)?.problems ?? ['It has no server.']) : [],
      call: async (tool, args, signal, extra = {}) => {
        const link = isUpstreamTool(tool) ? links.get(tool.mcp.source) : undefined;
        if (!isUpstreamTool(tool) || link === undefined) {
          throw new TypeError(`${tool.name} is of no other server`);
        }
        const { callMcpTool } = await load();
        return callMcpTool(tool, args, { link, signal, maxResultChars: maxChars, extra });
      },
      prepare: async () => {
        await Promise.all([load(), import('@modelcontextprotocol/client')]);
      },
      resources: mcpResources(all, maxChars),
      prompts: mcpPrompts(all, maxChars),
      health: () => Object.fromEntries([...links].map(([id, link]) => [id, link.health()])),
      redact,
      close: async () => {
        await Promise.all(all.map(({ close }) => close()));
      },
    };
  };
}
