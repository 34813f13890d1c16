import { canBacktrack } from '../../../blueprint/backtracking.js';
import type { Dialect, TableModel } from '../model.js';
import { checkFacets } from '../read-check.js';
import { ANYTHING, both, facets, type CheckFacets } from './facets.js';

/** What is known of the columns of a table: asked for by everything that is made of it. */
const known = new WeakMap<TableModel, Map<string, CheckFacets>>();

/** The bounds that the checks of a table put on one of its columns. */
export function facetsOf(table: TableModel, column: string, dialect: Dialect): CheckFacets {
  const columns = known.get(table) ?? new Map<string, CheckFacets>();
  known.set(table, columns);
  const key = `${dialect} ${column}`;
  const found = columns.get(key) ?? readFacets(table, column, dialect);
  columns.set(key, found);
  return found;
}

function readFacets(table: TableModel, column: string, dialect: Dialect): CheckFacets {
  const all = table.checks
    .map(({ expression }) => checkFacets(expression, column, dialect) ?? {})
    .map(facets)
    .reduce(both, ANYTHING);
  if (all.kind === 'never') return {};
  const { pattern, ...rest } = all.facets;
  // The database matches it anyway: here it runs only where no value can make it slow.
  return pattern === undefined || canBacktrack(pattern) ? rest : all.facets;
}
