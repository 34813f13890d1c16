import type { ObjectView } from './object-view.js';

/** Longest sentence about alternatives that is worth its tokens. */
const MAX_SENTENCE = 200;

/**
 * What has to come together among fields that became arguments, in sentences: their schema stands for one field each and
 * cannot say it. `argumentOf` names the argument of a field, undefined where there is none. `isExpected` says whether fields
 * have to be sent at all.
 */
export function describeFields(
  { needs, together, required }: ObjectView,
  argumentOf: (field: string) => string | undefined,
  isExpected: boolean,
): string {
  const known = (fields: readonly string[]): string[] | undefined => {
    const names = fields.filter((field) => !required.has(field)).map(argumentOf);
    return names.includes(undefined) ? undefined : (names as string[]);
  };
  const choices = (isExpected ? needs : []).flatMap((alternatives) => {
    // An alternative with a field that nobody can give is none.
    const groups = alternatives.map(known).filter((group) => group !== undefined);
    const needsNothing = groups.length === 0 || groups.some((group) => group.length === 0);
    return needsNothing ? [] : [choice(distinct(groups))];
  });
  const pairs = together.flatMap(([field, others]) => {
    const argument = argumentOf(field);
    const also = known(others) ?? [];
    if (argument === undefined || also.length === 0) return [];
    return [`${required.has(field) ? 'Needs' : `With ${argument} also`} ${also.join(' and ')}.`];
  });
  return [...new Set([...choices, ...pairs])].join(' ');
}

function choice(groups: readonly string[][]): string {
  const isPlain = groups.every(({ length }) => length === 1);
  const sentence = `Needs ${groups.map((group) => group.join(' and ')).join(isPlain ? ' or ' : ', or ')}.`;
  return sentence.length > MAX_SENTENCE ? 'Needs some of its optional arguments.' : sentence;
}

function distinct(groups: readonly string[][]): string[][] {
  return [...new Map(groups.map((group) => [group.join(' '), group])).values()];
}
