import type { Backend, BackendFactory } from '../backend.js';
import { createAvailability, readCheckMs } from '../changes/availability.js';
import { createRedactor } from '../http/redact.js';
import { log } from '../log.js';
import { readResultLimit } from '../calls/result-limit.js';
import type { ServerTool } from '../tool.js';
import { secretsOf } from './fill-in.js';
import { isThere } from './is-there.js';
import { createLink, type UpstreamLink } from './link.js';
import { mcpPrompts } from './mcp-prompts.js';
import { mcpResources } from './mcp-resources.js';
import { isUpstreamTool } from './mcp-tool.js';
import type { McpUpstream } from './upstream.js';

const LISTS = ['tools', 'resources', 'prompts'] as const;

/** The other MCP servers behind tools, resources and prompts. What a caller proves itself with is never handed on. */
export function mcpBackend(upstreams: Record<string, McpUpstream>): BackendFactory {
  return ({ env, userAgent, announce }): Backend => {
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
    const hiding = all.filter(({ upstream }) => upstream.whenUnavailable === 'hide');
    const availability = createAvailability(
      hiding.map(({ upstream }) => upstream.id),
      (id, signal) => isThere(links.get(id)!, signal),
      {
        everyMs: readCheckMs(env),
        changed: (id, there) => {
          log.info(there ? 'upstream appeared' : 'upstream disappeared', { upstream: id });
          for (const list of LISTS) announce?.(list);
        },
      },
    );
    const isShown = ({ upstream }: UpstreamLink) => availability.has(upstream.id);
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
      ...(hiding.length > 0 && {
        changing: LISTS,
        shows: (tool: ServerTool) => !isUpstreamTool(tool) || availability.has(tool.mcp.source),
        begin: availability.begin,
      }),
      resources: mcpResources(all, maxChars, isShown),
      prompts: mcpPrompts(all, maxChars, isShown),
      health: () => Object.fromEntries([...links].map(([id, link]) => [id, link.health()])),
      redact,
      close: async () => {
        availability.close();
        await Promise.all(all.map(({ close }) => close()));
      },
    };
  };
}
