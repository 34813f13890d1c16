import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Backend, BackendFactory } from '../backend.js';
import { log } from '../log.js';
import type { ServerTool } from '../tool.js';
import { readToolsets } from './read-toolsets.js';
import { switchTool } from './switch-tool.js';
import type { Toolset } from './toolset.js';

/**
 * Sets of tools that are switched while the server runs, by a tool of its own. That is offered over stdio, where one client has
 * the process for itself; requests over HTTP belong to nobody, so there the sets are those that the server was started with.
 */
export function toolsetsBackend(toolsets: readonly Toolset[]): BackendFactory {
  return ({ env, transport, announce }): Backend => {
    const on = readToolsets(toolsets, env);
    const setsOf = new Map<string, Toolset[]>();
    for (const toolset of toolsets) {
      for (const tool of toolset.tools) setsOf.set(tool, [...(setsOf.get(tool) ?? []), toolset]);
    }
    const isOn = (tool: ServerTool) => {
      const sets = setsOf.get(tool.name);
      return sets === undefined || sets.some(({ name }) => on.has(name));
    };
    const own = transport === 'stdio' ? switchTool(toolsets) : undefined;
    log.info('toolsets', { on: [...on].join(', ') || 'none' });

    const change = ({ enable = [], disable = [] }: Switches): CallToolResult => {
      const both = enable.filter((name) => disable.includes(name));
      if (both.length > 0) return failure(`Switch ${both.join(', ')} on or off, not both.`);
      for (const name of enable) on.add(name);
      for (const name of disable) on.delete(name);
      if (enable.length + disable.length > 0) announce?.('tools');
      const now = toolsets.map(({ name, description, tools }) => ({
        ...{ name, description, enabled: on.has(name), tools },
      }));
      const structured = { toolsets: now };
      const text = JSON.stringify(structured);
      return { content: [{ type: 'text', text }], structuredContent: structured };
    };

    return {
      serves: (tool) => own !== undefined && tool === own,
      problems: () => [],
      call: async (_, args) => {
        const result = change(args);
        return { result, data: () => result.structuredContent };
      },
      ...(own && { tools: [own], changing: ['tools'] }),
      shows: isOn,
      refusal: (tool) => {
        if (isOn(tool)) return undefined;
        const names = (setsOf.get(tool.name) ?? []).map(({ name }) => name);
        const sets = names.length === 1 ? `toolset ${names[0]}` : `toolsets ${names.join(', ')}`;
        const way = own
          ? `Call ${own.name} with {"enable":["${names[0]}"]} first.`
          : `Whoever runs this server switches it on with MCP_TOOLSETS.`;
        return `${tool.name} was not called: it belongs to the ${sets}, which ${names.length === 1 ? 'is' : 'are'} off. ${way}`;
      },
      close: async () => {},
    };
  };
}

type Switches = { enable?: string[]; disable?: string[] };

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}
