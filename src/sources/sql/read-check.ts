import type { Dialect } from './model.js';
import { checkTokens } from './read-checks/check-tokens.js';
import { readCondition } from './read-checks/read-condition.js';
import type { CheckFacets } from './read-checks/facets.js';

/**
 * What a check (as the database prints it, without CHECK) says of the values of one column other than null, as keywords of
 * JSON Schema: those of numbers hold for a column of numbers only, those of text for one of text. Every keyword follows from
 * the check; what is not understood gives none. Undefined where that leaves nothing.
 */
export function checkFacets(
  expression: string,
  column: string,
  dialect: Dialect,
): CheckFacets | undefined {
  if (expression.length > 10_000) return undefined;
  const tokens = checkTokens(expression, dialect);
  const condition = tokens && readCondition(tokens, column, dialect);
  if (condition?.kind !== 'facets') return undefined;
  return Object.keys(condition.facets).length > 0 ? condition.facets : undefined;
}
