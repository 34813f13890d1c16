import type { Extent } from './scan-json.js';

type Measured = { nodes: number; height: number };

/**
 * Depth and number of values of a parsed document, with every object that occurs in several places (a YAML alias)
 * counted in each of them. Each shared object is walked once, so nine levels of laughs cost nine steps. An object that
 * contains itself has infinitely many values. Iterative: depth costs no stack.
 */
export function measureDocument(value: unknown): Extent {
  if (!isContainer(value)) return { depth: 0, nodes: 1 };
  const known = new Map<object, Measured | 'open'>([[value, 'open']]);
  const stack = [frame(value)];
  for (;;) {
    const top = stack[stack.length - 1]!;
    const next = top.items.pop();
    if (next === undefined) {
      const measured = { nodes: top.nodes, height: top.height };
      known.set(top.holder, measured);
      stack.pop();
      if (stack.length === 0) return { depth: measured.height, nodes: measured.nodes };
      add(stack[stack.length - 1]!, measured);
      continue;
    }
    const seen = known.get(next);
    if (seen === 'open') return { depth: Infinity, nodes: Infinity };
    if (seen !== undefined) {
      add(top, seen);
      continue;
    }
    known.set(next, 'open');
    stack.push(frame(next));
  }
}

type Frame = Measured & { holder: object; items: object[] };

function frame(holder: object): Frame {
  const values: unknown[] = Array.isArray(holder) ? holder : Object.values(holder);
  const items = values.filter(isContainer);
  return { holder, items, nodes: 1 + values.length - items.length, height: 1 };
}

function add(to: Frame, inner: Measured): void {
  to.nodes += inner.nodes;
  to.height = Math.max(to.height, inner.height + 1);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
