import { accepts } from './accepts.js';
import type { Alternative } from './alternative.js';
import { pairAt, type Pair, type Union } from './graph.js';
import {
  leastObject,
  OTHER_MEMBER,
  sampleAlternative,
  sampleBeyond,
  type Forms,
} from './samples.js';

/** Which way is looked: for values that were lost from before to after, or won. */
export type Direction = 'lost' | 'won';

/** How far the way to a difference may be, and how many values are tried. */
const MAX_STEPS = 12;
const MAX_VALUES = 60;

/** Least of what `sampleAlternative` makes: its depth is counted up to 3. */
const SHALLOW = 2;

/**
 * Whether some value of one alternative fits none of the other side: a proof that values were lost or won. False where none is
 * found, which proves nothing. The differences that were found lead to the values that are tried.
 */
export function hasWitness(
  union: Union,
  index: number,
  direction: Direction,
  [before, after]: readonly [Forms, Forms],
): boolean {
  const isLost = direction === 'lost';
  const alternative = (isLost ? union.before : union.after)[index]!;
  const others = isLost ? union.after : union.before;
  const [own, other] = isLost ? [before, after] : [after, before];
  const fitsNone = (value: unknown): boolean =>
    accepts(alternative, own, value) === true &&
    others.every((one) => accepts(one, other, value) === false);
  if (sampleAlternative(alternative, own, 0).some(fitsNone)) return true;
  return others.some((_, at) => {
    const pair = isLost ? pairAt(union, index, at) : pairAt(union, at, index);
    return pair !== undefined && valuesBehind(pair, direction, own, new Set()).some(fitsNone);
  });
}

/** Values of one side that the differences in `pair` concern. */
function valuesBehind(
  pair: Pair,
  direction: Direction,
  own: Forms,
  active: ReadonlySet<Pair>,
): unknown[] {
  const isHere = direction === 'lost' ? pair.notSubset : pair.notSuperset;
  if (!isHere || active.has(pair) || active.size > MAX_STEPS) return [];
  const inside = new Set([...active, pair]);
  const alternatives = direction === 'lost' ? pair.before : pair.after;
  const values: unknown[] = [];
  if (pair.effects.some((effect) => (direction === 'lost' ? effect.narrows : effect.widens))) {
    const others = direction === 'lost' ? pair.after : pair.before;
    values.push(
      ...alternatives.flatMap((one) => sampleBeyond(one, others, own)),
      ...alternatives.flatMap((one) => sampleAlternative(one, own, SHALLOW)),
    );
  }
  for (const link of pair.links) {
    const inner = valuesBehind(link.pair, direction, own, inside);
    values.push(...inner.flatMap((value) => wrap(value, link.pointer, alternatives, own)));
    if (values.length > MAX_VALUES) break;
  }
  for (const union of pair.unions) {
    for (const row of union.pairs.values()) {
      for (const one of row.values()) values.push(...valuesBehind(one, direction, own, inside));
    }
  }
  return values.slice(0, MAX_VALUES);
}

/** The value of a member or an item put into the least object or array that can hold it. */
function wrap(
  value: unknown,
  pointer: string,
  alternatives: readonly Alternative[],
  own: Forms,
): unknown[] {
  if (pointer === '') return [value];
  const [, keyword, key = ''] = pointer.split('/');
  if (keyword === 'items') return [[value]];
  if (keyword !== 'properties' && keyword !== 'additionalProperties') return [];
  const name = keyword === 'properties' ? unescaped(key) : OTHER_MEMBER;
  return alternatives.flatMap((one) => {
    const least = one.type === 'object' && !one.values ? leastObject(one, own, 0) : undefined;
    return least === undefined ? [] : [{ ...least, [name]: value }];
  });
}

function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
