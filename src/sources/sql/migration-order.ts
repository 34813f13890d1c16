/** Whether a file undoes a migration: `x.down.sql`, `x/down.sql`, Flyway's `U2__x.sql`, `down/x.sql`, Postgrator's `1.undo.x.sql`, Sqitch's `revert` and `verify`. */
export function isUndo(path: string): boolean {
  const segments = path.split('/');
  const file = segments.pop() ?? '';
  if (/^U\d[\d._]*__/.test(file) || /(^|[._-])down\.[a-z.]+$/i.test(file)) return true;
  if (/^\d+\.undo\./i.test(file) || /\.(undo|rollback)\.sql$/i.test(file)) return true;
  return segments.some((folder) => /^(down|downs|revert|verify|rollback)$/i.test(folder));
}

/**
 * Migrations in the order in which they run: numbers in names count as numbers, Flyway's `V1.2__x` by version and its
 * repeatable `R__x` last, folders with what is in them.
 */
export function inMigrationOrder(paths: readonly string[]): string[] {
  const keyed = paths.map((path) => ({ path, key: path.split('/').map(segmentKey) }));
  return keyed.sort((one, other) => compareKeys(one.key, other.key)).map(({ path }) => path);
}

type Segment = { rank: number; version: bigint[]; parts: (string | bigint)[] };

function segmentKey(segment: string): Segment {
  const version = /^[VB](\d[\d._]*)__/.exec(segment)?.[1] ?? '';
  const parts = segment
    .toLowerCase()
    .split(/(\d+)/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? BigInt(part) : part));
  return {
    rank: /^R__/.test(segment) ? 1 : 0,
    version: (version.match(/\d+/g) ?? []).map(BigInt),
    parts,
  };
}

function compareKeys(one: readonly Segment[], other: readonly Segment[]): number {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const order = compareSegments(one[at]!, other[at]!);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

function compareSegments(one: Segment, other: Segment): number {
  return (
    one.rank - other.rank ||
    compareLists(one.version, other.version) ||
    compareLists(one.parts, other.parts)
  );
}

/** The shorter of two that begin alike comes first, and numbers before words. */
function compareLists(
  one: readonly (string | bigint)[],
  other: readonly (string | bigint)[],
): number {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const [a, b] = [one[at]!, other[at]!];
    if (a === b) continue;
    if (typeof a !== typeof b) return typeof a === 'bigint' ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return one.length - other.length;
}
