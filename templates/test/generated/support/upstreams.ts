import { readFile } from 'node:fs/promises';
import type {
  CallToolResult,
  Prompt,
  Resource,
  ResourceTemplateType,
} from '@modelcontextprotocol/server';
import { upstreams } from '../../../src/generated/upstreams.js';
import { createCatalogue } from '../../../src/runtime/catalogue.js';
import { createServerFactory } from '../../../src/runtime/serve/create-server.js';
import type { McpUpstream } from '../../../src/runtime/mcp/upstream.js';
import { listenHttp } from '../../../src/runtime/serve/serve-http.js';
import type { ServerTool } from '../../../src/runtime/tool.js';
import { snapshots } from '../snapshots.js';

type Snapshot = {
  tools: ServerTool[];
  resources: Resource[];
  templates: ResourceTemplateType[];
  prompts: Prompt[];
};

/** Servers in this process that list what the pinned ones listed, and say what they were called with. */
export async function startUpstreams() {
  const started = await Promise.all(
    Object.entries(upstreams).map(async ([id, upstream]) => {
      const { listener, called, described } = await startFake(id);
      const connections: McpUpstream['connections'] = [{ type: 'http', url: listener.url }];
      return { id, listener, called, described, upstream: { ...upstream, connections } };
    }),
  );
  return {
    /** The same servers, reached there. */
    upstreams: Object.fromEntries(started.map(({ id, upstream }) => [id, upstream])),
    called: Object.fromEntries(started.map(({ id, called }) => [id, called])),
    /** From now on tools are listed with other descriptions. */
    change: () => {
      for (const { described } of started) described.suffix = ' And more.';
    },
    close: () => Promise.all(started.map(({ listener }) => listener.close(1_000))),
  };
}

async function startFake(id: string) {
  const file = new URL(`../../../../${snapshots[id]}`, import.meta.url);
  const snapshot = JSON.parse(await readFile(file, 'utf8')) as Snapshot;
  const called: { name: string; args: unknown }[] = [];
  const described = { suffix: '' };
  const offers = [{ resources: snapshot.resources, templates: snapshot.templates, read }];
  const prompts = [{ prompts: snapshot.prompts, get: () => ({ messages: [] }) }];
  const answer = (tool: ServerTool, args: unknown): CallToolResult => {
    called.push({ name: tool.name, args });
    return { content: [{ type: 'text', text: `answered by ${id}` }] };
  };
  const listener = await listenHttp({
    factory: () => {
      const tools = snapshot.tools.map((tool) => ({
        ...tool,
        ...(described.suffix !== '' && { description: tool.description + described.suffix }),
      }));
      const catalogue = createCatalogue(tools, offers, prompts);
      return createServerFactory(
        { name: id, title: id, version: '1.0.0', transports: ['http'] },
        catalogue,
        async (tool, args) => answer(tool, args),
      )();
    },
    env: {},
    host: '127.0.0.1',
    port: 0,
    maxBodyBytes: 1_000_000,
  });
  return { listener, called, described };
}

function read(uri: string) {
  return [{ uri, text: `read ${uri}` }];
}
