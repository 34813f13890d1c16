import { isAbsent, isRecord, presentEntries, wireText } from './wire-text.js';

/**
 * The leaves of a value under bracketed names: `a[b][c]`, `a[0][b]`. OpenAPI leaves lists and
 * deeper levels of `deepObject` open; numbered items are what PHP, Rack, qs and Stripe-like APIs
 * read without ambiguity.
 */
export function nestedPairs(name: string, value: unknown): [name: string, text: string][] {
  if (isAbsent(value)) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => nestedPairs(`${name}[${index}]`, item));
  }
  if (isRecord(value)) {
    return presentEntries(value).flatMap(([key, member]) => nestedPairs(`${name}[${key}]`, member));
  }
  return [[name, wireText(value)]];
}
