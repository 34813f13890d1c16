import type { Alternative } from './alternative.js';
import { pairAt, type Union } from './graph.js';
import { isObject, valuesWithout } from './json.js';
import { isFreeForm, memberNames, memberOf } from './members.js';
import { valuesOf } from './values.js';

/** What became of the alternatives: those that changed, by index before and after, those that went and those that came. */
export type Matching = {
  equal: [number, number][];
  changed: [number, number][];
  removed: number[];
  added: number[];
};

/** Least likeness, from 0 to 1, at which an alternative is taken for a changed one and not for another. */
const LIKE = 0.4;

/**
 * Finds for every alternative of before what it has become. One whose values another one allows as well has neither been removed
 * nor changed: it is part of that one.
 */
export function matchAlternatives(union: Union): Matching {
  const equal: [number, number][] = [...union.equal];
  const freeA = new Set(indexes(union.before).filter((a) => !union.equal.has(a)));
  const taken = new Set(union.equal.values());
  const freeB = new Set(indexes(union.after).filter((b) => !taken.has(b)));
  const changed: [number, number][] = [];
  const pairUp = (list: [number, number][], a: number, b: number): void => {
    list.push([a, b]);
    freeA.delete(a);
    freeB.delete(b);
  };
  const narrows = (a: number, b: number): boolean => pairAt(union, a, b)?.notSubset ?? true;
  const widens = (a: number, b: number): boolean => pairAt(union, a, b)?.notSuperset ?? true;
  const pairWhere = (isFit: (a: number, b: number) => boolean): void => {
    for (const a of [...freeA]) {
      const b = [...freeB].find((index) => isFit(a, index));
      if (b === undefined) continue;
      pairUp(narrows(a, b) || widens(a, b) ? changed : equal, a, b);
    }
  };
  pairWhere((a, b) => !narrows(a, b) && !widens(a, b));
  pairWhere((a, b) => !narrows(a, b));
  for (const a of [...freeA]) {
    if (indexes(union.after).some((b) => !narrows(a, b))) freeA.delete(a);
  }
  pairWhere((a, b) => !widens(a, b));
  for (const b of [...freeB]) {
    if (indexes(union.before).some((a) => !widens(a, b))) freeB.delete(b);
  }
  const likely = [...freeA].flatMap((a) =>
    [...freeB]
      // Where there is no pair, the two are known to have nothing in common.
      .filter((b) => pairAt(union, a, b) !== undefined)
      .map((b) => ({ a, b, like: likeness(union.before[a]!, union.after[b]!) })),
  );
  likely.sort((x, y) => y.like - x.like || x.a - y.a || x.b - y.b);
  for (const { a, b, like } of likely) {
    if (like >= LIKE && freeA.has(a) && freeB.has(b)) pairUp(changed, a, b);
  }
  return { equal, changed, removed: [...freeA], added: [...freeB] };
}

function indexes(list: readonly unknown[]): number[] {
  return list.map((_, index) => index);
}

/** 1 where a member says that both are of one kind, 0 where it says that they are not, else the share of common members. */
function likeness(a: Alternative, b: Alternative): number {
  if (a.type !== 'object' || b.type !== 'object') return a.type === b.type ? 0.5 : 0;
  const [namesA, namesB] = [memberNames(a), memberNames(b)];
  const common = namesA.filter((name) => namesB.includes(name));
  for (const name of common) {
    const kindA = valuesOf(memberOf(a, name).parts.filter(isObject));
    const kindB = valuesOf(memberOf(b, name).parts.filter(isObject));
    if (kindA?.length !== 1 || kindB?.length !== 1) continue;
    return valuesWithout(kindA, kindB).length === 0 ? 1 : 0;
  }
  // What takes any member may have become anything.
  if (isFreeForm(a) || isFreeForm(b)) return 0.5;
  return common.length / new Set([...namesA, ...namesB]).size;
}
