import type { ObjectFacets } from './alternative.js';
import { narrowing, shifting, widening } from './effect.js';
import type { Pair } from './graph.js';
import { pointerKey } from './json.js';
import type { Meaning } from './meaning.js';
import { isFreeForm, memberNames, memberOf, otherMembers, type Member } from './members.js';
import { compareCounts } from './pair-scalars.js';

/** Puts a pair of inner schemas at a pointer. */
export type LinkInner = (pointer: string, before: Meaning, after: Meaning) => void;

const TEXT = { type: 'string' };

/**
 * Compares two objects by the members that they list. A member that an open object does not list counts as none: who adds an
 * optional one loosens, who removes one takes it away, whatever a validator says of unlisted members.
 */
export function compareObjects(
  pair: Pair,
  before: ObjectFacets,
  after: ObjectFacets,
  { link, isRoot }: { link: LinkInner; isRoot: boolean },
): void {
  const wasFree = isFreeForm(before) && !isRoot;
  const isFree = isFreeForm(after) && !isRoot;
  if (wasFree !== isFree && memberNames(before, after).length > 0) {
    const code = isFree ? 'members-unlisted' : 'members-listed';
    pair.effects.push(shifting(code, { pointer: '/properties', isSure: false }));
  }
  const named = [...before.required, ...after.required];
  const names = [...new Set([...memberNames(before, after), ...named])].sort();
  for (const name of names) {
    compareMember(pair, name, { before, after, wasFree, isFree, link });
  }
  compareOthers(pair, before, after, link);
  comparePatternMembers(pair, before, after, link);
  compareDependent(pair, before, after);
  if (before.names.length + after.names.length > 0) {
    link('/propertyNames', [...before.names, TEXT], [...after.names, TEXT]);
  }
  // What is required counts already.
  const low = Math.max(before.low, after.low <= before.required.size ? after.low : 0);
  const least = Math.max(after.low, before.low <= after.required.size ? before.low : 0);
  const counts = ['minProperties', 'maxProperties'] as const;
  pair.effects.push(...compareCounts({ ...before, low }, { ...after, low: least }, counts));
}

type Sides = {
  before: ObjectFacets;
  after: ObjectFacets;
  wasFree: boolean;
  isFree: boolean;
  link: LinkInner;
};

function compareMember(pair: Pair, name: string, sides: Sides): void {
  const { before, after, wasFree, isFree, link } = sides;
  const [old, now] = [memberOf(before, name), memberOf(after, name)];
  const pointer = `/properties${pointerKey(name)}`;
  const wasRequired = before.required.has(name);
  const isRequired = after.required.has(name);
  if (isListed(old)) {
    if (now.isForbidden || !(now.isDeclared || now.isCovered)) {
      if (!isFree || now.isForbidden) {
        pair.effects.push((wasRequired ? shifting : narrowing)('member-removed', { pointer }));
      }
      return;
    }
    link(pointer, old.parts, now.parts);
  } else if (isListed(now)) {
    if (old.isForbidden || !old.isCovered) {
      if (isRequired && !wasRequired)
        pair.effects.push(shifting('member-added-required', { pointer }));
      else if (!wasFree || old.isForbidden)
        pair.effects.push(widening('member-added', { pointer }));
      return;
    }
    link(pointer, old.parts, now.parts);
  }
  if (isRequired && !wasRequired)
    pair.effects.push(narrowing('member-became-required', { pointer }));
  if (wasRequired && !isRequired)
    pair.effects.push(widening('member-became-optional', { pointer }));
}

function isListed(member: Member): boolean {
  return member.isDeclared && !member.isForbidden;
}

function compareOthers(
  pair: Pair,
  before: ObjectFacets,
  after: ObjectFacets,
  link: LinkInner,
): void {
  const [old, now] = [otherMembers(before), otherMembers(after)];
  const pointer = '/additionalProperties';
  if (old.isForbidden && now.isForbidden) return;
  if (old.isForbidden) pair.effects.push(widening('opened', { pointer }));
  else if (now.isForbidden) pair.effects.push(narrowing('closed', { pointer }));
  else if (old.isCovered || now.isCovered) link(pointer, old.parts, now.parts);
}

/** Members by pattern are compared where the patterns are the same; otherwise nothing is certain. */
function comparePatternMembers(
  pair: Pair,
  before: ObjectFacets,
  after: ObjectFacets,
  link: LinkInner,
): void {
  const [old, now] = [patternsOf(before), patternsOf(after)];
  const sources = [...new Set([...old.keys(), ...now.keys()])].sort();
  const isSame = sources.every((source) => old.has(source) && now.has(source));
  if (!isSame) {
    pair.effects.push(
      shifting('condition-changed', { pointer: '/patternProperties', isSure: false }),
    );
    return;
  }
  for (const source of sources) {
    const pointer = `/patternProperties${pointerKey(source)}`;
    link(pointer, old.get(source) ?? [], now.get(source) ?? []);
  }
}

function patternsOf({ shapes }: ObjectFacets): Map<string, Meaning> {
  const found = new Map<string, Meaning>();
  for (const { source, part } of shapes.flatMap(({ patterns }) => patterns)) {
    found.set(source, [...(found.get(source) ?? []), part]);
  }
  return found;
}

function compareDependent(pair: Pair, before: ObjectFacets, after: ObjectFacets): void {
  const [old, now] = [dependencies(before), dependencies(after)];
  const added = now.filter((one) => !old.includes(one) && !isRequiredIn(before, one));
  const removed = old.filter((one) => !now.includes(one) && !isRequiredIn(after, one));
  const pointer = '/dependentRequired';
  if (added.length > 0) pair.effects.push(narrowing('dependency-added', { pointer, after: added }));
  if (removed.length > 0) {
    pair.effects.push(widening('dependency-removed', { pointer, before: removed }));
  }
}

/** `a → b` for every member that asks for another. */
function dependencies({ dependent }: ObjectFacets): string[] {
  return [...dependent]
    .flatMap(([name, others]) => [...others].map((one) => `${name} → ${one}`))
    .sort();
}

function isRequiredIn({ required }: ObjectFacets, dependency: string): boolean {
  return required.has(dependency.slice(dependency.lastIndexOf(' → ') + 3));
}
