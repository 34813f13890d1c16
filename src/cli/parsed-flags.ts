import { usageError } from './usage-error.js';

/** yargs loses a lone hyphen among positional arguments: this stands for it. */
export const STDIN = '\0-';

/** The key with its value, or nothing, to be spread. */
export function optional<Key extends string, Value>(key: Key, value: Value | undefined) {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]: Value });
}

/** The value of a flag that may be given once. Throws an InputError (MCP603). */
export function single(parsed: Record<string, unknown>, key: string): string | undefined {
  const value = parsed[key];
  if (Array.isArray(value)) throw usageError(`--${key} is given more than once`);
  if (value === '') throw usageError(`--${key} is empty`);
  return typeof value === 'string' ? value : undefined;
}

/** The values of a flag that may be repeated. Throws an InputError (MCP603). */
export function list(parsed: Record<string, unknown>, key: string): string[] {
  const value = parsed[key];
  const items = (Array.isArray(value) ? value.map(String) : [value])
    .filter((item): item is string => typeof item === 'string')
    .map((item) => (item === STDIN ? '-' : item));
  if (items.includes('')) throw usageError(`--${key} is empty`);
  return items;
}
