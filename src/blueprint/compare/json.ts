/** A JSON text that is the same for equal values: members sorted by name. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(JSON.stringify(value));
  return JSON.stringify(value, (_, inner: unknown) => (isObject(inner) ? sorted(inner) : inner));
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, object[key]]),
  );
}

/** A plain object, as opposed to an array, null or a scalar. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same list without values that are equal as JSON. */
export function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [canonicalJson(value), value])).values()];
}

/** Whether a list has a value that is equal as JSON. */
export function hasValue(values: readonly unknown[], value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return values.includes(value);
  const text = canonicalJson(value);
  return values.some((one) => typeof one === 'object' && canonicalJson(one) === text);
}

/** The values of `from` that `without` has no equal of. */
export function valuesWithout(from: readonly unknown[], without: readonly unknown[]): unknown[] {
  const excluded = new Set(without.map(canonicalJson));
  return from.filter((value) => !excluded.has(canonicalJson(value)));
}

/** One key of a JSON pointer with its slash (RFC 6901 §3). */
export function pointerKey(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
