import { cutText } from '../http/clean-text.js';
import { linesOf } from './text.js';

const CONTEXT = 3;
/** Beyond this many different lines, what lies between is shown as replaced in whole. */
const MAX_EDITS = 300;

type Change = { kind: ' ' | '-' | '+'; line: string };

/** The difference of two texts as `diff -u` shows it; empty where there is none. At most `max` characters. */
export function unifiedDiff(before: string, after: string, name: string, max: number): string {
  if (before === after) return '';
  const changes = changesOf(linesOf(before), linesOf(after));
  const hunks = hunksOf(changes).map((hunk) => hunkText(changes, hunk));
  const text = `--- ${name}\n+++ ${name}\n${hunks.join('')}`;
  return text.length > max ? `${cutText(text, max)}\n… the rest of the difference is cut` : text;
}

function changesOf(before: readonly string[], after: readonly string[]): Change[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) {
    start += 1;
  }
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const same = (line: string): Change => ({ kind: ' ', line });
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

/** The shortest way from one to the other (Myers, An O(ND) Difference Algorithm, 1986). */
function middle(before: readonly string[], after: readonly string[]): Change[] {
  const most = Math.min(before.length + after.length, MAX_EDITS);
  const reach = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trail.push(new Map(reach));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = isDown(reach, diagonal, edits)
        ? reach.get(diagonal + 1)!
        : reach.get(diagonal - 1)! + 1;
      let y = x - diagonal;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x += 1;
        y += 1;
      }
      reach.set(diagonal, x);
      if (x >= before.length && y >= after.length) return backwards(before, after, trail);
    }
  }
  return [
    ...before.map((line): Change => ({ kind: '-', line })),
    ...after.map((line): Change => ({ kind: '+', line })),
  ];
}

function isDown(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  return diagonal !== edits && reach.get(diagonal - 1)! < reach.get(diagonal + 1)!;
}

function backwards(
  before: readonly string[],
  after: readonly string[],
  trail: readonly ReadonlyMap<number, number>[],
): Change[] {
  const changes: Change[] = [];
  let x = before.length;
  let y = after.length;
  for (let edits = trail.length - 1; edits >= 0; edits -= 1) {
    const reach = trail[edits]!;
    const diagonal = x - y;
    const previous = isDown(reach, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const fromX = edits === 0 ? 0 : reach.get(previous)!;
    const fromY = edits === 0 ? 0 : fromX - previous;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      changes.push({ kind: ' ', line: before[x]! });
    }
    if (edits === 0) break;
    if (x === fromX) changes.push({ kind: '+', line: after[(y -= 1)]! });
    else changes.push({ kind: '-', line: before[(x -= 1)]! });
  }
  return changes.reverse();
}

type Hunk = { from: number; to: number };

function hunksOf(changes: readonly Change[]): Hunk[] {
  const hunks: Hunk[] = [];
  changes.forEach(({ kind }, index) => {
    if (kind === ' ') return;
    const last = hunks.at(-1);
    const to = Math.min(index + CONTEXT + 1, changes.length);
    if (last !== undefined && index - CONTEXT <= last.to) last.to = to;
    else hunks.push({ from: Math.max(index - CONTEXT, 0), to });
  });
  return hunks;
}

function hunkText(changes: readonly Change[], { from, to }: Hunk): string {
  const count = (part: readonly Change[], other: '+' | '-') =>
    part.filter(({ kind }) => kind !== other).length;
  const above = changes.slice(0, from);
  const inside = changes.slice(from, to);
  const range = (other: '+' | '-') => {
    const length = count(inside, other);
    return `${count(above, other) + (length === 0 ? 0 : 1)},${length}`;
  };
  const lines = inside.map(({ kind, line }) =>
    line.endsWith('\n') ? kind + line : `${kind}${line}\n\\ No newline at end of file\n`,
  );
  return `@@ -${range('+')} +${range('-')} @@\n${lines.join('')}`;
}
