/** Longer names are compared no further: the cost grows with the square of the length. */
const LONGEST = 64;

/** The candidate that `name` most likely stands for (case and `-_.` aside), or undefined when none is near. */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = simplify(name);
  const limit = Math.floor(wanted.length / 3);
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const found = distance(wanted, simplify(candidate), bestDistance);
    if (found >= bestDistance) continue;
    best = candidate;
    bestDistance = found;
  }
  return best;
}

function simplify(name: string): string {
  return name.slice(0, LONGEST).toLowerCase().replace(/[-_.]/g, '');
}

/** Edits (insert, delete, replace, swap neighbours) from `a` to `b`; any number of `limit` or more means "not below the limit". */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replace = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const remove = (previous[column] ?? 0) + 1;
      const insert = (current[column - 1] ?? 0) + 1;
      const swapped =
        column > 1 && row > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swap = swapped ? (beforePrevious[column - 2] ?? 0) + 1 : insert;
      current.push(Math.min(replace, remove, insert, swap));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? limit;
}
