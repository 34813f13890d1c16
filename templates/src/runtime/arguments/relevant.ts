import type { JsonSchema } from '../tool.js';
import type { OutputUnit } from './compile.js';
import { locate, readPointer } from './locate.js';
import { isObject } from './schema.js';

/**
 * An error that says something by itself. `types` and `values` hold what would have been accepted. Two keywords are not
 * of JSON Schema: `unknown` for a name that no schema allows, `oneOfRequired` for alternatives of required names.
 */
export type Leaf = OutputUnit & { types?: string[]; values?: unknown[] };

/** They only announce the errors that follow them. */
const WRAPPERS = new Set(
  `$ref properties patternProperties additionalProperties unevaluatedProperties items prefixItems unevaluatedItems
   allOf if dependentSchemas`.split(/\s+/),
);

/** What is inside them says nothing to the caller. */
const OPAQUE = new Set(['contains', 'propertyNames', 'not']);

/** More problems than an answer shows. */
const MAX_LEAVES = 24;

/** How far off a branch is, by what is wrong with it: a wrong tag means that another branch was meant. */
const COST: Record<string, number> = { const: 10, enum: 10, unknown: 3, required: 2 };

/** The errors that matter, in order; of alternatives that all fail, only those of the nearest. */
export function relevant(errors: readonly OutputUnit[], schema: JsonSchema): Leaf[] {
  return reduce(placeForbidden(errors), schema);
}

function reduce(errors: readonly OutputUnit[], schema: JsonSchema): Leaf[] {
  const leaves: Leaf[] = [];
  for (let index = 0; index < errors.length; index += 1) {
    const error = errors[index];
    if (error === undefined) continue;
    if (error.keyword === 'additionalProperties' && isDeclared(errors[index + 1], error, schema)) {
      index += nested(errors, index).length;
      continue;
    }
    if (WRAPPERS.has(error.keyword)) continue;
    const choice = error.keyword === 'anyOf' || error.keyword === 'oneOf';
    if (!choice && !OPAQUE.has(error.keyword)) {
      leaves.push(withExpected(error, schema));
      continue;
    }
    const inside = nested(errors, index);
    index += inside.length;
    const matchedSeveral = error.keyword === 'oneOf' && !error.error.includes('(0 matches)');
    leaves.push(...(choice && !matchedSeveral ? nearest(error, inside, schema) : [error]));
  }
  // More are never shown, and looking at each beside each would take long.
  const shown = leaves.slice(0, MAX_LEAVES);
  return shown.filter((leaf) => leaf.keyword !== 'unknown' || !isExplained(leaf, shown));
}

// The validator holds a declared property that is not valid for an additional one as well.
function isDeclared(
  inside: OutputUnit | undefined,
  { keywordLocation }: OutputUnit,
  schema: JsonSchema,
): boolean {
  const { properties } = locate(schema, keywordLocation);
  const name = readPointer(inside?.instanceLocation ?? '').at(-1);
  return name !== undefined && isObject(properties) && Object.hasOwn(properties, name);
}

function isExplained(unknown: Leaf, leaves: readonly Leaf[]): boolean {
  const { instanceLocation: at } = unknown;
  return leaves.some(
    ({ keyword, instanceLocation: other }) =>
      keyword !== 'unknown' && (other === at || other.startsWith(`${at}/`)),
  );
}

/** The errors after the one at `index` that come from inside its keyword. */
function nested(errors: readonly OutputUnit[], index: number): OutputUnit[] {
  const location = errors[index]?.keywordLocation ?? '';
  const isInside = ({ keyword, keywordLocation }: OutputUnit) =>
    keywordLocation.startsWith(`${location}/`) ||
    (keyword === 'unknown' && keywordLocation === location);
  let end = index + 1;
  for (let next = errors[end]; next !== undefined && isInside(next); next = errors[end]) end += 1;
  return errors.slice(index + 1, end);
}

function nearest(choice: OutputUnit, inside: readonly OutputUnit[], schema: JsonSchema): Leaf[] {
  const byBranch = new Map<string, OutputUnit[]>();
  for (const error of inside) {
    const branch =
      error.keywordLocation.slice(choice.keywordLocation.length + 1).split('/')[0] ?? '';
    byBranch.set(branch, [...(byBranch.get(branch) ?? []), error]);
  }
  const branches = [...byBranch.values()].map((errors) => reduce(errors, schema));
  const ofOtherType = (leaf: Leaf) =>
    leaf.keyword === 'type' && leaf.instanceLocation === choice.instanceLocation;

  const fitting = branches.filter((leaves) => !leaves.some(ofOtherType));
  if (fitting.length === 0) {
    const types = branches.flatMap((leaves) =>
      leaves.filter(ofOtherType).flatMap((l) => l.types ?? []),
    );
    return [{ ...choice, keyword: 'type', types: [...new Set(types)] }];
  }
  return merged(choice, fitting) ?? fitting.reduce((a, b) => (cost(b) < cost(a) ? b : a));
}

/** One error for branches that fail in the same way; undefined when they do not. */
function merged(choice: OutputUnit, branches: readonly Leaf[][]): Leaf[] | undefined {
  if (branches.length < 2) return undefined;
  const all = branches.flat();
  const here = all.every((leaf) => leaf.instanceLocation === choice.instanceLocation);
  if (here && all.every(({ keyword }) => keyword === 'enum' || keyword === 'const')) {
    return [{ ...choice, keyword: 'enum', values: all.flatMap((leaf) => leaf.values ?? []) }];
  }
  if (here && all.every(({ keyword }) => keyword === 'required')) {
    const names = branches.map((leaves) => leaves[0]?.values ?? []);
    return [{ ...choice, keyword: 'oneOfRequired', values: names }];
  }
  return undefined;
}

function cost(leaves: readonly Leaf[]): number {
  return leaves.reduce((sum, { keyword }) => sum + (COST[keyword] ?? 1), 0);
}

function withExpected(error: OutputUnit, schema: JsonSchema): Leaf {
  const { type, enum: values, const: constant, required } = locate(schema, error.keywordLocation);
  switch (error.keyword) {
    case 'type':
      return { ...error, types: [type].flat().map(String) };
    case 'enum':
      return { ...error, values: Array.isArray(values) ? values : [] };
    case 'const':
      return { ...error, values: [constant] };
    case 'required':
      return { ...error, values: Array.isArray(required) ? required : [] };
    default:
      return error;
  }
}

// The validator gives `false` schemas the location of the value; the error before it has the schema's.
function placeForbidden(errors: readonly OutputUnit[]): OutputUnit[] {
  return errors.map((error, index) => {
    if (error.keyword !== 'false') return error;
    const keywordLocation = errors[index - 1]?.keywordLocation ?? error.keywordLocation;
    return { ...error, keyword: 'unknown', keywordLocation };
  });
}
