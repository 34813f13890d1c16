import { recordedOffers } from '../../blueprint/recorded-offers.js';
import { listCost } from '../../blueprint/list-cost.js';
import { recordedTools } from '../../blueprint/surface.js';
import type { Blueprint, Source } from '../../blueprint/types.js';
import type { Feature } from '../context.js';
import { guardsOf } from '../sql-guards.js';
import { settingsOf, type ShownSetting } from '../settings.js';
import { offersOverview } from '../offers-overview.js';
import { readmeView } from '../readme-view.js';
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
      view: readmeView(context),
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
        sessions: context.blueprint.sessions,
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

/** Resources, templates and prompts; nothing where there are none. */
function offerLists(blueprint: Blueprint): object {
  const { resources, prompts } = recordedOffers(blueprint);
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
