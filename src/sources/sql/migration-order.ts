/** Whether a file undoes a migration: `x.down.sql`, `x/down.sql`, Flyway's `U2__x.sql`, `down/x.sql`, Sqitch's `revert` and `verify`. */
export function isUndo(path: string): boolean {
  const segments = path.split('/');
  const file = segments.pop() ?? '';
  if (/^U\d[\d._]*__/.test(file) || /(^|[._-])down\.[a-z.]+$/i.test(file)) return true;
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

type Segment = { rank: number; parts: (string | bigint)[] };

function segmentKey(segment: string): Segment {
  const version = /^[VB](\d[\d._]*)__/.exec(segment)?.[1];
  const isRepeatable = /^R__/.test(segment);
  const text = version === undefined ? segment : `${version.replace(/[._]+$/, '')} ${segment}`;
  const parts = text
    .toLowerCase()
    .split(version === undefined ? /(\d+)/ : /(\d+)|[._]/)
    .filter((part) => part !== undefined && part !== '')
    .map((part) => (/^\d+$/.test(part) ? BigInt(part) : part));
  return { rank: isRepeatable ? 1 : 0, parts };
}

function compareKeys(one: readonly Segment[], other: readonly Segment[]): number {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const order = compareSegments(one[at]!, other[at]!);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

function compareSegments(one: Segment, other: Segment): number {
  if (one.rank !== other.rank) return one.rank - other.rank;
  for (let at = 0; at < Math.min(one.parts.length, other.parts.length); at += 1) {
    const [a, b] = [one.parts[at]!, other.parts[at]!];
    if (a === b) continue;
    if (typeof a !== typeof b) return typeof a === 'bigint' ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return one.parts.length - other.parts.length;
}
