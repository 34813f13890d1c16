import { VALUE_TYPES, type Alternative, type Condition } from './alternative.js';
import { concerns, condition, conditionsOf, unordered } from './conditions.js';
import { areDisjoint } from './disjoint.js';
import { facetsOf, shapeOf } from './facets.js';
import {
  isAnything,
  isNothing,
  isPart,
  LISTED_ELSEWHERE,
  type Meaning,
  type Part,
  type Root,
} from './meaning.js';
import { targetOf } from './notes.js';
import { mergeAlternatives, valuesOf } from './values.js';

type Raw = Record<string, unknown>;

/** One way through the choices of a schema: all of `raws` and `conditions` hold. */
type Way = { raws: Raw[]; conditions: Condition[]; path: string };

/** Most ways that are told apart; a schema with more is compared as a whole. */
const MAX_WAYS = 300;

const ANYTHING: Way = { raws: [], conditions: [], path: '' };

/** Brings a meaning to its alternatives; what is inside of members and items is left for later. */
export function expand(root: Root, meaning: Meaning): Alternative[] {
  const ways = meaning.reduce<Way[]>(
    (found, part) => product(found, waysOf(root, part, new Set()), condition('allOf', [part])),
    [ANYTHING],
  );
  return mergeAlternatives(ways.flatMap(alternativesOf));
}

function waysOf(root: Root, part: Part, active: ReadonlySet<Part>): Way[] {
  if (isNothing(part)) return [];
  if (typeof part === 'boolean') return [ANYTHING];
  const inside = new Set([...active, part]);
  let ways: Way[] = [{ raws: [ownOf(part)], conditions: conditionsOf(part), path: '' }];
  if (part['$ref'] !== undefined) {
    const target = targetOf(root, part);
    const whole = condition('$ref', target === undefined ? [] : [target]);
    ways = product(ways, referred(root, part, inside), whole);
  }
  for (const branch of parts(part['allOf'])) {
    ways = product(ways, waysOf(root, branch, inside), condition('allOf', [branch]));
  }
  const choices = parts(part['anyOf']);
  if (choices.length > 0) {
    ways = product(ways, choose(root, choices, 'anyOf', inside), unordered('anyOf', choices));
  }
  const single = parts(part['oneOf']);
  if (single.length > 0) {
    ways = product(ways, chooseOne(root, single, inside), unordered('oneOf', single));
  }
  const { unevaluatedProperties } = part;
  if (unevaluatedProperties === undefined || isAnything(unevaluatedProperties)) return ways;
  return ways.map((way) => withoutOthers(way, unevaluatedProperties));
}

/** Without what is followed apart. */
function ownOf(part: Raw): Raw {
  const { $ref, allOf, anyOf, oneOf, $defs, ...own } = part;
  const isWhole = [$ref, allOf, anyOf, oneOf, $defs].every((value) => value === undefined);
  return isWhole ? part : own;
}

function referred(root: Root, part: Raw, active: ReadonlySet<Part>): Way[] {
  const target = targetOf(root, part);
  if (target !== undefined && !active.has(target)) return waysOf(root, target, active);
  return [{ ...ANYTHING, conditions: [condition('$ref', [], String(part['$ref']))] }];
}

function choose(
  root: Root,
  branches: readonly Part[],
  keyword: string,
  active: ReadonlySet<Part>,
): Way[] {
  return branches.flatMap((branch, index) =>
    waysOf(root, branch, active).map((way) => ({
      ...way,
      path: `/${keyword}/${index}${way.path}`,
    })),
  );
}

/** Where no value fits two branches, one of them is the same as any of them. */
function chooseOne(root: Root, branches: readonly Part[], active: ReadonlySet<Part>): Way[] {
  const each = branches.map((branch) => waysOf(root, branch, active).flatMap(alternativesOf));
  const areApart = each.every((some, index) =>
    each.slice(index + 1).every((others) => areDisjoint(root, some, others)),
  );
  if (areApart) return choose(root, branches, 'oneOf', active);
  return [{ ...ANYTHING, conditions: [unordered('oneOf', branches)] }];
}

/**
 * `unevaluatedProperties` beside members that can all be listed is `additionalProperties` for them
 * (JSON Schema 2020-12 §11.3).
 */
function withoutOthers(way: Way, unevaluated: unknown): Way {
  const shapes = way.raws.map(shapeOf);
  const isListed = way.conditions.every(({ keyword }) => keyword === 'not');
  if (!isListed || !isPart(unevaluated)) {
    return {
      ...way,
      conditions: [...way.conditions, condition('unevaluatedProperties', [unevaluated])],
    };
  }
  if (shapes.some(({ additional }) => additional !== undefined)) return way;
  const names = shapes.flatMap(({ properties }) => [...properties.keys()]);
  const patterns = shapes.flatMap((shape) => shape.patterns.map(({ source }) => source));
  const others: Raw = {
    properties: Object.fromEntries(names.map((name) => [name, LISTED_ELSEWHERE])),
    patternProperties: Object.fromEntries(patterns.map((source) => [source, LISTED_ELSEWHERE])),
    additionalProperties: unevaluated,
  };
  return { ...way, raws: [...way.raws, others] };
}

/** Both hold. Beyond the limit the second one is kept as a condition instead, which `whole` is. */
function product(first: readonly Way[], second: readonly Way[], whole: Condition): Way[] {
  if (first.length * second.length > MAX_WAYS) {
    return first.map((way) => ({ ...way, conditions: [...way.conditions, whole] }));
  }
  return first.flatMap((a) =>
    second.map((b) => ({
      raws: [...a.raws, ...b.raws],
      conditions: [...a.conditions, ...b.conditions],
      path: a.path + b.path,
    })),
  );
}

function alternativesOf({ raws, conditions, path }: Way): Alternative[] {
  const types = VALUE_TYPES.filter((type) =>
    raws.every((raw) => raw['type'] === undefined || typesIn(raw).has(type)),
  );
  const values = valuesOf(raws);
  return types.map((type) => ({
    ...facetsOf(type, raws),
    ...(values && { values }),
    path,
    raws,
    conditions: conditions.filter((one) => concerns(one, type)),
  })) as Alternative[];
}

function typesIn({ type }: Raw): Set<unknown> {
  const names = Array.isArray(type) ? (type as unknown[]) : [type];
  return new Set(names.map((name) => (name === 'integer' ? 'number' : name)));
}

function parts(value: unknown): Part[] {
  return Array.isArray(value) ? value.filter(isPart) : [];
}
