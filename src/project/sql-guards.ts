import { callOf } from '../blueprint/binding.js';
import type { SqlDatabase } from '../blueprint/database.js';
import type { Blueprint } from '../blueprint/types.js';

type Dialect = SqlDatabase['dialect'];

/** Which guards there are differs from project to project. */
export const AVAILABLE_GUARDS = 'src/runtime/sql/guard/available.ts';

/** Files below `src/runtime/sql/guard/`, which are named like the dialects of drivers: also that of the embedded database. */
const GUARDS: Record<Dialect, Dialect[]> = {
  postgres: ['postgres'],
  mysql: ['mysql', 'sqlite'],
  sqlite: ['sqlite'],
};

/** The guards that a project needs: of databases on which callers run statements of their own. */
export function guardsOf({ sources, tools }: Blueprint): Dialect[] {
  const queried = new Set(
    tools.flatMap((tool) => {
      const call = callOf(tool);
      const isQuery = call?.kind === 'sql' && ['query', 'explain'].includes(call.action);
      return isQuery ? [call.source] : [];
    }),
  );
  const guards = sources.flatMap((source) =>
    source.kind === 'sql' && queried.has(source.id) ? GUARDS[source.database.dialect] : [],
  );
  return [...new Set(guards)].sort();
}
