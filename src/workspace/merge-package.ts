type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A place where both sides changed the same value: the user's stays. */
export type MergeConflict = { path: string[] };

/**
 * Three-way merge of JSON by key: `base` is what was generated last time, `mine` what is on disk, `theirs` what is
 * generated now. Line merges would conflict on neighbouring dependencies. Where both sides changed one value the user's
 * is kept and reported. Keys keep the user's order; new ones come last. Throws a SyntaxError for text that is not JSON.
 */
export function mergePackage(base: string, mine: string, theirs: string) {
  const conflicts: MergeConflict[] = [];
  const merged = merge(parse(base), parse(mine), parse(theirs), [], conflicts);
  return { text: `${JSON.stringify(merged, null, 2)}\n`, conflicts };
}

function merge(
  base: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  path: string[],
  conflicts: MergeConflict[],
): Json | undefined {
  if (same(base, theirs) || same(mine, theirs)) return mine;
  if (same(base, mine)) return theirs;
  if (isObject(mine) && isObject(theirs)) {
    const from = isObject(base) ? base : {};
    const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
    const entries = [...keys].map((key): [string, Json | undefined] => [
      key,
      merge(own(from, key), own(mine, key), own(theirs, key), [...path, key], conflicts),
    ]);
    return Object.fromEntries(
      entries.filter((entry): entry is [string, Json] => entry[1] !== undefined),
    );
  }
  conflicts.push({ path });
  return mine;
}

function own(holder: { [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(holder, key) ? holder[key] : undefined;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): Json {
  return JSON.parse(text) as Json;
}
