import type { CheckFacets } from '../read-checks/facets.js';

/** Whether checks let a value be in a column; numbers may be texts, as those of 64 bits are. */
export function fitsFacets(value: string | number, facets: CheckFacets): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = facets;
  const text = String(value);
  if (facets.enum && !facets.enum.some((one) => String(one) === text)) return false;
  const number = Number(value);
  if (minimum !== undefined && !(number >= minimum)) return false;
  if (maximum !== undefined && !(number <= maximum)) return false;
  if (exclusiveMinimum !== undefined && !(number > exclusiveMinimum)) return false;
  if (exclusiveMaximum !== undefined && !(number < exclusiveMaximum)) return false;
  if (text.length < (facets.minLength ?? 0)) return false;
  if (text.length > (facets.maxLength ?? Infinity)) return false;
  return facets.pattern === undefined || matches(text, facets.pattern);
}

/** Whether the pattern of a check finds something in a text; false for one that cannot be run. */
export function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return false;
  }
}
