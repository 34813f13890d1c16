import type { ServerOptions, Tool } from '@modelcontextprotocol/server';
import type { NeededSetting } from './settings/needed-settings.js';
import type { PromptProvider } from './prompts.js';
import type { ResourceProvider } from './resources.js';
import type { SecretSetting } from './settings/secret-files.js';
import type { ServerTool } from './tool.js';

export type TransportName = 'stdio' | 'http';

/** What the server says of itself, and the transports that it can be started with. */
export type ServerInfo = {
  name: string;
  title: string;
  version: string;
  instructions?: string;
  transports: TransportName[];
  /** Settings that may lie in files. */
  secrets?: SecretSetting[];
  /** Settings without which it does not start. */
  needs?: NeededSetting[];
};

/** Everything that the server offers. Built once; lists are kept as they are sent. */
export type Catalogue = {
  tools: ReadonlyMap<string, ServerTool>;
  toolList: readonly Tool[];
  resources: readonly ResourceProvider[];
  prompts: readonly PromptProvider[];
  /** How long lists may be kept that change sooner than others. */
  cacheHints?: ServerOptions['cacheHints'];
};

/** Indexes the tools in the order given. Throws when two have the same name. */
export function createCatalogue(
  tools: readonly ServerTool[],
  resources: readonly ResourceProvider[] = [],
  prompts: readonly PromptProvider[] = [],
): Catalogue {
  const byName = new Map<string, ServerTool>();
  for (const tool of tools) {
    if (byName.has(tool.name)) throw new Error(`two tools are named ${tool.name}`);
    byName.set(tool.name, tool);
  }
  return Object.freeze({
    tools: byName,
    toolList: Object.freeze(tools.filter(({ unlisted }) => unlisted !== true).map(listed)),
    resources: Object.freeze([...resources]),
    prompts: Object.freeze([...prompts]),
  });
}

/** The same with a list of those tools that `shows` lets be seen. */
export function withShown(catalogue: Catalogue, shows: (tool: ServerTool) => boolean): Catalogue {
  const { tools, toolList } = catalogue;
  const shown = toolList.filter(({ name }) => {
    const tool = tools.get(name);
    return tool !== undefined && shows(tool);
  });
  return Object.freeze({ ...catalogue, toolList: Object.freeze(shown) });
}

function listed(tool: ServerTool): Tool {
  const { name, title, description, inputSchema, outputSchema, annotations } = tool;
  return Object.freeze({
    name,
    ...(title !== undefined && { title }),
    description,
    inputSchema: inputSchema as Tool['inputSchema'],
    ...(outputSchema !== undefined && { outputSchema: outputSchema as Tool['outputSchema'] }),
    ...(annotations !== undefined && { annotations }),
  });
}
