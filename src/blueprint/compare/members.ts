import type { ObjectFacets } from './alternative.js';
import { saying } from './facets.js';
import { isNothing, LISTED_ELSEWHERE, type Part } from './meaning.js';

/** What an object says of one of its members. */
export type Member = {
  /** Named among the properties of a shape. */
  isDeclared: boolean;
  /** Some schema for members of any name, or of a pattern, speaks of it. */
  isCovered: boolean;
  /** Objects with this member are refused. */
  isForbidden: boolean;
  parts: Part[];
};

const known = new WeakMap<ObjectFacets, Map<string, Member>>();

/** Follows JSON Schema 2020-12 §10.3.2: `additionalProperties` is for what the same schema does not name otherwise. */
export function memberOf(object: ObjectFacets, name: string): Member {
  const members = known.get(object) ?? new Map<string, Member>();
  known.set(object, members);
  const member = members.get(name) ?? readMember(object, name);
  members.set(name, member);
  return member;
}

function readMember(object: ObjectFacets, name: string): Member {
  const member: Member = { isDeclared: false, isCovered: false, isForbidden: false, parts: [] };
  for (const { properties, patterns, additional } of object.shapes) {
    const own = properties.get(name);
    const matching = patterns.filter(({ matches }) => matches(name));
    if (own !== undefined) member.isDeclared ||= own !== LISTED_ELSEWHERE;
    if (matching.length > 0) member.isCovered = true;
    const said = [...(own === undefined ? [] : [own]), ...matching.map(({ part }) => part)];
    if (said.length === 0 && additional !== undefined) said.push(additional);
    if (said.length > 0 && own === undefined && additional !== undefined) {
      member.isCovered ||= saying(additional).length > 0;
    }
    member.parts.push(...said.flatMap(saying));
  }
  member.isForbidden = member.parts.some(isNothing);
  return member;
}

/** What holds for members that are neither named nor match a pattern. */
export function otherMembers(object: ObjectFacets): Member {
  const said = object.shapes.map(({ additional }) => additional).filter((one) => one !== undefined);
  const parts = said.flatMap(saying);
  return {
    isDeclared: false,
    isCovered: parts.length > 0,
    isForbidden: parts.some(isNothing),
    parts,
  };
}

/** Names of all members that are listed, sorted. */
export function memberNames(...objects: readonly ObjectFacets[]): string[] {
  const names = new Set<string>();
  for (const { shapes } of objects) {
    for (const { properties } of shapes) for (const name of properties.keys()) names.add(name);
  }
  return [...names].sort();
}

/** Takes members of any name and says nothing of them. */
export function isFreeForm(object: ObjectFacets): boolean {
  return object.shapes.every(
    ({ properties, patterns, additional }) =>
      properties.size === 0 && patterns.length === 0 && saying(additional).length === 0,
  );
}
