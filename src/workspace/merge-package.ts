type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A place where both sides changed the same value: the user's stays. Values are undefined where the key was removed. */
export type MergeConflict = { path: string[]; mine: unknown; theirs: unknown };

/** Objects that npm keeps sorted. */
const SORTED = /^(?:dev|peer|optional)?dependencies$/i;

/**
 * Three-way merge of JSON by key: `base` is what was generated last time, `mine` what is on disk, `theirs` what is
 * generated now. Line merges would conflict on neighbouring dependencies. Where both sides changed one value the user's
 * is kept and reported. Keys keep the user's order and the text the user's indentation; new keys come last, save in lists
 * of dependencies that are sorted. Throws a SyntaxError for text that is not JSON.
 */
export function mergePackage(base: string, mine: string, theirs: string) {
  const conflicts: MergeConflict[] = [];
  const merged = merge(parse(base), parse(mine), parse(theirs), [], conflicts);
  return { text: `${JSON.stringify(merged, null, indentOf(mine))}\n`, conflicts };
}

/** A package.json with another version, in the indentation that it has. */
export function setVersion(text: string, version: string): string {
  const manifest = parse(text);
  if (!isObject(manifest)) return text;
  const next = { ...manifest, version };
  return `${JSON.stringify(next, null, indentOf(text))}\n`;
}

/** A package-lock.json (lockfileVersion 2 and 3) with another version of the package itself. Throws as `mergePackage`. */
export function setLockVersion(text: string, version: string): string {
  const lock = parse(text);
  if (!isObject(lock) || !('version' in lock)) return text;
  const packages = own(lock, 'packages');
  const root = isObject(packages) ? own(packages, '') : undefined;
  if (isObject(packages) && isObject(root)) packages[''] = { ...root, version };
  return `${JSON.stringify({ ...lock, version }, null, indentOf(text))}\n`;
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
    const entries = ordered(keys, mine, path).map((key): [string, Json | undefined] => [
      key,
      merge(own(from, key), own(mine, key), own(theirs, key), [...path, key], conflicts),
    ]);
    return Object.fromEntries(
      entries.filter((entry): entry is [string, Json] => entry[1] !== undefined),
    );
  }
  conflicts.push({ path, mine, theirs });
  return mine;
}

function ordered(keys: Set<string>, mine: object, path: readonly string[]): string[] {
  const isSorted = Object.keys(mine).every(
    (key, index, all) => index === 0 || all[index - 1]! < key,
  );
  return SORTED.test(path.at(-1) ?? '') && isSorted ? [...keys].sort() : [...keys];
}

function indentOf(text: string): string {
  return /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
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
  return JSON.parse(text.replace(/^\ufeff/, '')) as Json;
}
