/** What is known of the values of a column, as keywords of JSON Schema. */
export type CheckFacets = {
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  enum?: (string | number)[];
  pattern?: string;
};

/** What a condition says of a column that is not null: `never` cannot hold then, `facets` has to hold (none, where unknown). */
export type Condition = { kind: 'never' } | { kind: 'facets'; facets: CheckFacets };

export const ANYTHING: Condition = { kind: 'facets', facets: {} };
export const NEVER: Condition = { kind: 'never' };

export function facets(known: CheckFacets): Condition {
  return { kind: 'facets', facets: known };
}

/** Both hold. */
export function both(a: Condition, b: Condition): Condition {
  if (a.kind === 'never' || b.kind === 'never') return NEVER;
  const [one, other] = [a.facets, b.facets];
  const values =
    one.enum && other.enum ? one.enum.filter((value) => other.enum?.includes(value)) : undefined;
  if (values?.length === 0) return NEVER;
  return facets({
    ...other,
    ...one,
    ...stricter(one, other, ['minimum', 'exclusiveMinimum', 'minLength'], Math.max),
    ...stricter(one, other, ['maximum', 'exclusiveMaximum', 'maxLength'], Math.min),
    ...(values && { enum: values }),
  });
}

/** One of them holds: lists of values add up, of anything else nothing follows. */
export function either(a: Condition, b: Condition): Condition {
  if (a.kind === 'never') return b;
  if (b.kind === 'never') return a;
  if (!a.facets.enum || !b.facets.enum) return ANYTHING;
  return facets({ enum: [...new Set([...a.facets.enum, ...b.facets.enum])] });
}

type Bound = Exclude<keyof CheckFacets, 'enum' | 'pattern'>;

function stricter(
  one: CheckFacets,
  other: CheckFacets,
  bounds: Bound[],
  choose: (a: number, b: number) => number,
): CheckFacets {
  const chosen: CheckFacets = {};
  for (const bound of bounds) {
    const [a, b] = [one[bound], other[bound]];
    if (a !== undefined && b !== undefined) chosen[bound] = choose(a, b);
  }
  return chosen;
}
