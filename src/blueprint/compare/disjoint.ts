import type { Alternative, ObjectFacets } from './alternative.js';
import { isObject, valuesWithout } from './json.js';
import type { Part, Root } from './meaning.js';
import { memberOf } from './members.js';
import { targetOf } from './notes.js';
import { fitsScalar, valuesOf } from './values.js';

/** Whether it is certain that no value fits an alternative of each. */
export function areDisjoint(
  root: Root,
  some: readonly Alternative[],
  others: readonly Alternative[],
): boolean {
  return some.every((a) => others.every((b) => isApart(root, a, root, b)));
}

/** Whether it is certain that no value fits both; each refers to schemas of its own root. */
export function isApart(rootA: Root, a: Alternative, rootB: Root, b: Alternative): boolean {
  if (a.type !== b.type) return true;
  if (a.values && b.values) return valuesWithout(a.values, b.values).length === a.values.length;
  if (a.values && isScalar(a)) return a.values.every((value) => !fitsScalar(b, value));
  if (b.values && isScalar(b)) return b.values.every((value) => !fitsScalar(a, value));
  if (a.type === 'number' && b.type === 'number') return a.high < b.low || b.high < a.low;
  return a.type === 'object' && b.type === 'object' && haveOtherKinds(rootA, a, rootB, b);
}

function isScalar({ type }: Alternative): boolean {
  return type !== 'array' && type !== 'object';
}

/** A member that both require and that never has the same value in both, or that one requires and the other forbids. */
function haveOtherKinds(rootA: Root, a: ObjectFacets, rootB: Root, b: ObjectFacets): boolean {
  return [...a.required, ...b.required].some((name) => {
    const [inA, inB] = [memberOf(a, name), memberOf(b, name)];
    if (a.required.has(name) && inB.isForbidden) return true;
    if (b.required.has(name) && inA.isForbidden) return true;
    if (!a.required.has(name) || !b.required.has(name)) return false;
    const [kindsA, kindsB] = [constants(rootA, inA.parts), constants(rootB, inB.parts)];
    return (
      kindsA !== undefined &&
      kindsB !== undefined &&
      valuesWithout(kindsA, kindsB).length === kindsA.length
    );
  });
}

/** The values that parts list themselves or where they refer to; choices are not followed. */
function constants(root: Root, parts: readonly Part[]): unknown[] | undefined {
  const raws = parts.filter(isObject).flatMap((part) => {
    const target = targetOf(root, part);
    return isObject(target) ? [part, target] : [part];
  });
  return valuesOf(raws);
}
