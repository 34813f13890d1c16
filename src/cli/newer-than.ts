/**
 * Whether one semantic version comes after another (2.0.0 §11); a prerelease before its release. False for what is no
 * version: nothing is refused for a reason that is not understood.
 */
export function newerThan(version: string, other: string): boolean {
  const a = parsed(version);
  const b = parsed(other);
  if (!a || !b) return false;
  for (const index of [0, 1, 2]) {
    const difference = a.core[index]! - b.core[index]!;
    if (difference !== 0) return difference > 0;
  }
  return comparePrerelease(a.pre, b.pre) > 0;
}

function parsed(version: string): { core: number[]; pre: string[] } | undefined {
  const found = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/.exec(version);
  if (!found) return undefined;
  return { core: found.slice(1, 4).map(Number), pre: found[4]?.split('.') ?? [] };
}

function comparePrerelease(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = comparePart(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function comparePart(a: string, b: string): number {
  const numbers = [a, b].map((part) => /^\d+$/.test(part));
  if (numbers[0] && numbers[1]) return Number(a) - Number(b);
  if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
