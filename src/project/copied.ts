import type { Blueprint } from '../blueprint/types.js';
import { reachedFrom, type Reached } from './runtime-files.js';
import { driversOf } from './sql-drivers.js';
import { AVAILABLE_GUARDS, guardsOf } from './sql-guards.js';

/** What user code is written with, whether a generated file uses it or not. */
const OFFERED = ['handler.ts', 'hooks.ts', 'tool.ts'];

const BACKENDS: Record<string, string[]> = {
  http: ['http/http-backend.ts'],
  sql: ['sql/sql-backend.ts', 'sql/sample.ts'],
  files: ['files/file-backend.ts'],
  mcp: ['mcp/mcp-backend.ts'],
};

/** Which drivers there are differs from project to project. */
export const AVAILABLE_DRIVERS = 'src/runtime/sql/drivers/available.ts';

const FOR_ALL = [
  'arguments.test.ts',
  'run.ts',
  'support/brief.ts',
  'support/call.ts',
  'support/clients.ts',
];

const FOR_KIND: Record<string, string[]> = {
  http: [
    'errors.test.ts',
    'requests.test.ts',
    'support/apis.ts',
    'support/arrival.ts',
    'support/upstream.ts',
  ],
  sql: [
    'databases.test.ts',
    'demo.ts',
    'support/databases.ts',
    'support/free-queries.ts',
    'support/refusals.ts',
  ],
  files: ['folders.test.ts', 'support/folders.ts'],
  mcp: ['upstreams.test.ts', 'support/upstreams.ts'],
};

/** Files that are copied as they are, as far as this project uses them, and the packages that they import. */
export type Copied = { runtime: string[]; tests: string[]; packages: string[] };

export function copiedFiles(blueprint: Blueprint): Copied {
  const kinds = [...new Set(blueprint.sources.map(({ kind }) => kind))];
  const { resources, prompts, toolsets = [] } = blueprint;
  const tests = [
    ...FOR_ALL,
    toolsets.length > 0 ? 'toolsets.test.ts' : 'protocol.test.ts',
    ...kinds.flatMap((kind) => FOR_KIND[kind] ?? []),
    ...(resources.length > 0 ? ['resources.test.ts'] : []),
    ...(prompts.length > 0 ? ['prompts.test.ts'] : []),
    ...(resources.length + prompts.length > 0 ? ['support/offers.ts'] : []),
  ].map((file) => `test/generated/${file}`);
  const runtime = [
    ...OFFERED,
    ...kinds.flatMap((kind) => BACKENDS[kind] ?? []),
    ...(blueprint.auth === undefined ? [] : ['auth/bearer-auth.ts']),
    ...(blueprint.sessions === undefined ? [] : ['sessions/http-sessions.ts']),
    ...(toolsets.length > 0 ? ['toolsets/toolsets-backend.ts'] : []),
    ...(blueprint.resources.length > 0 ? ['offers/own-resources.ts'] : []),
    ...(blueprint.prompts.length > 0 ? ['offers/own-prompts.ts'] : []),
    ...(blueprint.tools.some(({ binding }) => binding.kind === 'steps')
      ? ['steps/steps-tool.ts']
      : []),
    ...driversOf(dialectsOf(blueprint)).map((driver) => `sql/drivers/${driver}.ts`),
    ...guardsOf(blueprint).map((guard) => `sql/guard/${guard}.ts`),
  ].map((file) => `src/runtime/${file}`);
  const generated = [AVAILABLE_DRIVERS, AVAILABLE_GUARDS];
  const used: Reached = reachedFrom(['src/runtime/start.ts', ...runtime], generated);
  const tested: Reached = reachedFrom(tests, generated);
  return {
    runtime: [...new Set([...used.files, ...tested.files])].sort(),
    tests,
    packages: used.packages,
  };
}

/** Of the databases, each once. */
export function dialectsOf({ sources }: Blueprint) {
  const dialects = sources.flatMap((source) =>
    source.kind === 'sql' ? [source.database.dialect] : [],
  );
  return [...new Set(dialects)].sort();
}
