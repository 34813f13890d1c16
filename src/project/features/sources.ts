import type { HttpSource, Source } from '../../blueprint/types.js';
import type { Feature } from '../context.js';
import type { FileSpec } from '../file-spec.js';
import { ownKey } from '../own-keys.js';

/** What stands behind the tools, and for each kind of source what it needs to know. */
export const sources: Feature = ({ blueprint }) => {
  const apis = blueprint.sources.filter((source) => source.kind === 'http');
  const kinds = new Set(blueprint.sources.map(({ kind }) => kind));
  const offers = OFFERS.filter(({ data }) => (blueprint[data] ?? []).length > 0);
  const used: Made[] = [...KINDS.filter(({ kind }) => kinds.has(kind)), ...offers];
  return [
    {
      path: 'src/generated/backends.ts',
      owner: 'managed',
      template: 'src/generated/backends.ts.hbs',
      view: {
        imports: used
          .flatMap(({ create, module, data, dataModule }) => [
            { names: [create], from: module },
            { names: [data], from: dataModule },
          ])
          .sort((a, b) => (a.from < b.from ? -1 : 1)),
        runtimeFrom: '../runtime/backend.js',
        types: ['BackendFactory'],
        calls: used.map(({ create, data }) => ({ create, data })),
      },
    },
    ...(apis.length > 0 ? [apisFile(apis)] : []),
  ];
};

type Made = { create: string; module: string; data: string; dataModule: string };

/** What mcp.yaml declares besides. */
const OFFERS = [
  {
    create: 'resourcesBackend',
    module: '../runtime/offers/own-resources.js',
    data: 'resources',
    dataModule: './resources.js',
  },
  {
    create: 'promptsBackend',
    module: '../runtime/offers/own-prompts.js',
    data: 'prompts',
    dataModule: './prompts.js',
  },
  {
    create: 'toolsetsBackend',
    module: '../runtime/toolsets/toolsets-backend.js',
    data: 'toolsets',
    dataModule: './toolsets.js',
  },
] as const;

/** What answers for each kind of source, and the generated data that it is made from. */
const KINDS: (Made & { kind: Source['kind'] })[] = [
  {
    kind: 'http',
    create: 'httpBackend',
    module: '../runtime/http/http-backend.js',
    data: 'sources',
    dataModule: './sources.js',
  },
  {
    kind: 'sql',
    create: 'sqlBackend',
    module: '../runtime/sql/sql-backend.js',
    data: 'databases',
    dataModule: './databases.js',
  },
  {
    kind: 'files',
    create: 'fileBackend',
    module: '../runtime/files/file-backend.js',
    data: 'folders',
    dataModule: './folders.js',
  },
  {
    kind: 'mcp',
    create: 'mcpBackend',
    module: '../runtime/mcp/mcp-backend.js',
    data: 'upstreams',
    dataModule: './upstreams.js',
  },
];

function apisFile(apis: HttpSource[]): FileSpec {
  return {
    path: 'src/generated/sources.ts',
    owner: 'managed',
    template: 'src/generated/sources.ts.hbs',
    view: {
      sources: Object.fromEntries(apis.map((source) => [ownKey(source.id), shown(source)])),
    },
  };
}

function shown({ id, servers, securitySchemes, given, settings }: HttpSource): object {
  const schemes = Object.entries(securitySchemes).map(([name, scheme]) => [ownKey(name), scheme]);
  const secrets = new Set(settings.flatMap(({ env, secret }) => (secret ? [env] : [])));
  const values = given?.map((value) =>
    'env' in value && secrets.has(value.env) ? { ...value, secret: true } : value,
  );
  return {
    id,
    servers,
    securitySchemes: Object.fromEntries(schemes),
    ...(values && { given: values }),
  };
}
