import type { SqlSource } from '../blueprint/database.js';
import type { Blueprint, Source } from '../blueprint/types.js';
import type { ProjectContext } from './context.js';
import { offersOverview } from './offers-overview.js';
import { binName, httpUrl } from './package-name.js';
import { settingsOf } from './settings.js';
import { embeddedDriver } from './sql-drivers.js';
import { guardsOf } from './sql-guards.js';

/** What `README.md` shows. No counts: the file belongs to the user, and they would grow old in it. */
export function readmeView(context: ProjectContext): object {
  const { blueprint } = context;
  const { server } = blueprint;
  const databases = blueprint.sources.filter((source) => source.kind === 'sql');
  const served = databases.find(({ database }) => database.dialect !== 'sqlite');
  const looked = served ?? databases[0];
  const embedded = looked && embeddedAddress(looked);
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
    hasPaths: blueprint.sources.some(namesPaths),
    desktop: { mcpServers: { [name]: absolute ?? { url: httpUrl } } },
    places: placesIn(context, databases.length > 0),
    hasDatabases: databases.length > 0,
    databases: databases.length === 1 ? 'the database' : 'the databases',
    hasRequests: blueprint.sources.some(({ kind }) => kind === 'http'),
    inputs: inputsOf(blueprint),
    needsServer: served !== undefined,
    freeQuery: guardsOf(blueprint).length > 0,
    seedCommand: `${embedded ?? ''} npm run seed`,
    startCommand: `${embedded ?? ''} npm start`,
  };
}

/** Whether settings of the source name files or folders. */
function namesPaths(source: Source): boolean {
  return source.kind === 'files' || (source.kind === 'sql' && source.database.dialect === 'sqlite');
}

/** Where what lies that people look for. */
function placesIn(
  { blueprint, toolFiles, handlers }: ProjectContext,
  hasDatabases: boolean,
): { path: string; what: string }[] {
  const isPerTool = toolFiles.length === blueprint.tools.length;
  const tools = isPerTool
    ? 'one file per tool: its purpose, its arguments, its request'
    : 'the tools, one file per group: purpose, arguments, request';
  const runtime =
    'everything that is the same for all tools: requests, credentials, limits, transports';
  const handlersAre =
    'functions of yours that run as tools or in place of some; tests in test/handlers/';
  return [
    { path: 'mcp.yaml', what: 'what the server is made from: edit it, then regenerate' },
    { path: 'specs/', what: 'what it is made from, pinned' },
    ...(hasDatabases
      ? [{ path: 'src/generated/tables/', what: 'the tables and columns that callers see' }]
      : []),
    { path: 'src/generated/tools/', what: tools },
    { path: 'src/generated/types/', what: 'types of arguments and results' },
    ...(handlers.length > 0 ? [{ path: 'src/handlers/', what: handlersAre }] : []),
    { path: 'src/runtime/', what: runtime },
    { path: 'test/generated/', what: 'tests over an example call of every tool' },
    {
      path: 'server.json',
      what: 'what registries of MCP servers are told, with registryName of mcp.yaml',
    },
  ];
}

/** How many sources are made from an input of their own; of others every word stands in `mcp.yaml`. */
function inputsOf({ sources }: Blueprint): Record<'one' | 'several', boolean> {
  const inputs = sources.filter(({ origin }) => origin.path.length === 0);
  return { one: inputs.length === 1, several: inputs.length > 1 };
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
