import type { Feature } from '../context.js';
import { runtimeFiles } from '../runtime-files.js';

/** What user code is written with, whether a generated file uses it or not. */
const OFFERED = ['handler.ts', 'hooks.ts', 'tool.ts'];

const BACKENDS: Record<string, string> = {
  http: 'http/http-backend.ts',
  sql: 'sql/sql-backend.ts',
};

/** The half of the server that is the same for all: copied as it is, as far as this one uses it. */
export const runtime: Feature = ({ blueprint }) => {
  const kinds = [...new Set(blueprint.sources.map(({ kind }) => kind))];
  const roots = [...OFFERED, ...kinds.map((kind) => BACKENDS[kind]!)];
  const files = runtimeFiles([
    'src/main.ts',
    'test/generated/protocol.test.ts',
    'test/generated/arguments.test.ts',
    'test/generated/support/clients.ts',
    ...roots.map((file) => `src/runtime/${file}`),
  ]);
  return files.map((path) => ({ path, owner: 'managed', copy: path }));
};
