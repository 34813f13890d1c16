import { isObject, pointerKey } from './json.js';
import { isPart, type Meaning, type Part } from './meaning.js';
import { bareText } from './text.js';

type Raw = Record<string, unknown>;

/** What makes more of a schema than itself and its members: these are compared by what they mean. */
const COMPOSED = [
  '$ref',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'patternProperties',
  'propertyNames',
];

/**
 * The schemas inside of two that differ at most in words, each with where it stands; undefined where that is not certain by their
 * text alone. It saves taking both apart.
 */
export function innerPairs(
  before: Meaning,
  after: Meaning,
  isStable: (text: string) => boolean,
): { pointer: string; parts: [Part, Part] }[] | undefined {
  const [a, b] = [before[0], after[0]];
  if (before.length !== 1 || after.length !== 1 || !isObject(a) || !isObject(b)) return undefined;
  if (COMPOSED.some((keyword) => a[keyword] !== undefined)) return undefined;
  const text = bareText(a);
  if (text !== bareText(b) || !isStable(text)) return undefined;
  const others = partsInside(b);
  // The same text has the same places.
  return partsInside(a).map(({ pointer, part }, index) => ({
    pointer,
    parts: [part, others[index]!.part],
  }));
}

/** Members and items in the order and at the places in which alternatives are compared. */
function partsInside(raw: Raw): { pointer: string; part: Part }[] {
  const { properties, additionalProperties, prefixItems, items } = raw;
  const members = Object.entries(isObject(properties) ? properties : {}).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const first = Array.isArray(prefixItems) ? prefixItems : [];
  const inside: { pointer: string; part: unknown }[] = [
    ...first.map((part: unknown, index) => ({ pointer: `/prefixItems/${index}`, part })),
    { pointer: '/items', part: items },
    ...members.map(([name, part]) => ({ pointer: `/properties${pointerKey(name)}`, part })),
    { pointer: '/additionalProperties', part: additionalProperties },
  ];
  return inside.filter((one): one is { pointer: string; part: Part } => isPart(one.part));
}
