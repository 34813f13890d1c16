import { listedOffers } from '../../blueprint/listed-offers.js';
import { listCost } from '../../blueprint/list-cost.js';
import { recordedTools } from '../../blueprint/surface.js';
import type { SqlSource } from '../../blueprint/database.js';
import type { Blueprint, Source } from '../../blueprint/types.js';
import type { Feature, ProjectContext } from '../context.js';
import { binName, httpUrl } from '../package-name.js';
import { embeddedDriver } from '../sql-drivers.js';
import { guardsOf } from '../sql-guards.js';
import { settingsOf, type ShownSetting } from '../settings.js';
import { offersOverview } from '../offers-overview.js';
import { toolsOverview } from '../tools-overview.js';
import { toolsetsOverview } from '../toolsets-overview.js';

/** What people read: how to set up and use the server, and what its tools are. */
export const docs: Feature = (context) => {
  const cost = listCost(context.blueprint);
  const settings = settingsOf(context.blueprint);
  return [
    {
      path: 'README.md',
      owner: 'seed',
      template: 'README.md.hbs',
      view: readme(context),
    },
    {
      path: '.env.example',
      owner: 'seed',
      template: '.env.example.hbs',
      view: { settings: settings.map(withFile), hasSecrets: settings.some(({ secret }) => secret) },
    },
    {
      path: 'SETTINGS.md',
      owner: 'managed',
      template: 'SETTINGS.md.hbs',
      view: {
        ...kindsOf(context.blueprint),
        auth: context.blueprint.auth !== undefined,
        freeQuery: guardsOf(context.blueprint).length > 0,
        ...changesIn(context.blueprint),
        asks: context.handlers.length > 0,
      },
    },
    {
      path: 'TOOLS.md',
      owner: 'managed',
      template: 'TOOLS.md.hbs',
      view: {
        ...toolsOverview(context.blueprint),
        ...offersOverview(context.blueprint),
        ...toolsetsOverview(context.blueprint),
        cost,
        atStartVerb: cost.atStart?.tools === 1 ? 'is' : 'are',
      },
    },
    {
      path: 'mcp.tools.json',
      owner: 'managed',
      template: 'config.json.hbs',
      view: {
        content: { tools: recordedTools(context.blueprint), ...offerLists(context.blueprint) },
      },
    },
  ];
};

/** Resources, templates and prompts as their lists show them; nothing where there are none. */
function offerLists(blueprint: Blueprint): object {
  const { resources, prompts } = listedOffers(blueprint);
  const fixed = resources.filter(({ uri }) => !uri.includes('{'));
  const templates = resources
    .filter(({ uri }) => uri.includes('{'))
    .map(({ uri, ...facts }) => ({ uriTemplate: uri, ...facts }));
  return {
    ...(fixed.length > 0 && { resources: fixed }),
    ...(templates.length > 0 && { resourceTemplates: templates }),
    ...(prompts.length > 0 && { prompts }),
  };
}

/** What of the server comes and goes while it runs. */
function changesIn({ sources, toolsets = [] }: Blueprint): Record<string, boolean> {
  const hides = sources.some((source) => {
    const facts = source.kind === 'mcp' ? source.upstream : 'database' in source && source.database;
    return facts !== false && facts.whenUnavailable === 'hide';
  });
  return { hides, toolsets: toolsets.length > 0, changes: hides || toolsets.length > 0 };
}

/** Which kinds of sources there are, each by its name. */
function kindsOf({ sources }: Blueprint): Record<Source['kind'], boolean> {
  const has = (kind: Source['kind']) => sources.some((source) => source.kind === kind);
  return { http: has('http'), sql: has('sql'), files: has('files'), mcp: has('mcp') };
}

/** A file that is looked for says so. */
function withFile(setting: ShownSetting): ShownSetting {
  const { description, env, file } = setting;
  if (file === '') return setting;
  return { ...setting, description: `${description}; read from ${file} unless ${env} is set` };
}

// No counts: the file belongs to the user, and they would grow old in it.
function readme({ blueprint, toolFiles }: ProjectContext): object {
  const { server, tools } = blueprint;
  const databases = blueprint.sources.filter((source) => source.kind === 'sql');
  const served = databases.find(({ database }) => database.dialect !== 'sqlite');
  const embedded = served && embeddedAddress(served);
  const name = binName(server.name);
  const stdio = server.transports.includes('stdio');
  const absolute = stdio
    ? { command: 'node', args: ['/absolute/path/to/this/folder/dist/main.js'] }
    : undefined;
  return {
    title: server.title,
    description: server.description,
    ...offered(blueprint),
    hasDescription: server.description.trim() !== '',
    settings: settingsOf(blueprint),
    hasSettings: settingsOf(blueprint).length > 0,
    stdio,
    auth: blueprint.auth !== undefined,
    http: server.transports.includes('http'),
    both: server.transports.length > 1,
    desktop: { mcpServers: { [name]: absolute ?? { url: httpUrl } } },
    toolPerFile: toolFiles.length === tools.length,
    hasDatabases: databases.length > 0,
    needsServer: served !== undefined,
    freeQuery: guardsOf(blueprint).length > 0,
    seedCommand: `${embedded ?? ''} npm run seed`,
    startCommand: `${embedded ?? ''} npm start`,
  };
}

/** Which of them there are; what they are stands in TOOLS.md, which is kept up to date. */
function offered(blueprint: Blueprint): { hasResources: boolean; hasPrompts: boolean } {
  const { hasResources, hasPrompts } = offersOverview(blueprint);
  return { hasResources, hasPrompts };
}

/** Where the database of a first look lies, as a shell sets it. */
function embeddedAddress({ id, database }: SqlSource): string {
  return `${database.env}=${embeddedDriver(database.dialect)}:./data/${id}`;
}
