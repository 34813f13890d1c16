import type { SqlSource } from './database.js';
import type { Prompt, Resource } from './offers.js';
import type { Blueprint, Source } from './types.js';

/** As `resources/list` and `resources/templates/list` show it; which of the two its URI says. */
export type ListedResource = {
  uri: string;
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;
};

/** As `prompts/list` shows it. */
export type ListedPrompt = {
  name: string;
  title?: string;
  description?: string;
  arguments?: { name: string; title?: string; description?: string; required?: boolean }[];
};

export type ListedOffers = { resources: ListedResource[]; prompts: ListedPrompt[] };

/** Everything that callers can read or be prompted with, by URI and by name. */
export function listedOffers({
  sources,
  resources,
  prompts,
}: Pick<Blueprint, 'sources' | 'resources' | 'prompts'>): ListedOffers {
  const ofSources = sources.map(sourceOffers);
  return {
    resources: [...resources.map(ownResource), ...ofSources.flatMap((one) => one.resources)].sort(
      (a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0),
    ),
    prompts: [...prompts.map(ownPrompt), ...ofSources.flatMap((one) => one.prompts)].sort((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
    ),
  };
}

/** What a source gives to be read besides its tools: the emitted runtime lists the same. */
export function sourceOffers(source: Source): ListedOffers {
  switch (source.kind) {
    case 'files':
      return { resources: [fileTemplate(source.id)], prompts: [] };
    case 'sql':
      return { resources: databaseResources(source), prompts: [] };
    case 'mcp': {
      const { resources, templates, prompts } = source.upstream;
      return {
        resources: [...resources, ...templates].map(({ listed }) => {
          const { uriTemplate, uri = uriTemplate, ...facts } = listed;
          return { uri, ...facts } as ListedResource;
        }),
        prompts: prompts.map(({ listed }) => listed as ListedPrompt),
      };
    }
    case 'http':
      return { resources: [], prompts: [] };
    default:
      throw new TypeError(`not a kind of source: ${JSON.stringify((source as Source).kind)}`);
  }
}

function fileTemplate(id: string): ListedResource {
  return {
    uri: `files://${encodeURIComponent(id)}/{+path}`,
    name: `${id}-file`,
    title: `A file of ${id}`,
  };
}

function databaseResources({ id, database: { tables } }: SqlSource): ListedResource[] {
  const base = `db://${encodeURIComponent(id)}`;
  const hasValues = Object.values(tables).some(({ columns }) =>
    Object.values(columns).some(({ values, masked }) => values !== undefined && !masked),
  );
  const json = 'application/json';
  return [
    {
      uri: `${base}/schema`,
      name: `${id}-schema`,
      title: `Tables of ${id}`,
      mimeType: 'text/plain',
    },
    {
      uri: `${base}/tables/{table}`,
      name: `${id}-table`,
      title: `A table of ${id}`,
      mimeType: json,
    },
    ...(hasValues
      ? [
          {
            uri: `${base}/tables/{table}/columns/{column}/values`,
            name: `${id}-values`,
            title: `Values of an enum column of ${id}`,
            mimeType: json,
          },
        ]
      : []),
  ];
}

function ownResource({ uri, name, title, description, mimeType }: Resource): ListedResource {
  return {
    uri,
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(mimeType !== undefined && { mimeType }),
  };
}

function ownPrompt({ name, title, description, arguments: all }: Prompt): ListedPrompt {
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    arguments: all,
  };
}
