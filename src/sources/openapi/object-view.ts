import { referenceName } from '../../blueprint/close-schema.js';
import type { JsonSchema } from '../../blueprint/types.js';

/** An object schema seen as a list of fields. */
export type ObjectView = {
  properties: Record<string, JsonSchema>;
  required: ReadonlySet<string>;
  /** True where members beyond the declared ones are described or expressly allowed. */
  isOpen: boolean;
  /** Each a list of alternatives, one of which has to be there: the names that it requires. */
  needs: string[][][];
  /** A name, and those that must be there with it. */
  together: [string, string[]][];
};

/** Most named schemas that one object may be composed of. */
const MAX_NAMES = 300;

/**
 * The fields of a schema, through references and `allOf`; undefined where it is not simply an object
 * (an array, a scalar, a choice between shapes, or recursive composition).
 */
export function objectView(
  schema: JsonSchema,
  named: ReadonlyMap<string, JsonSchema>,
  known: Map<string, ObjectView | undefined> = new Map(),
): ObjectView | undefined {
  const name = referenceName(schema);
  if (name !== undefined) {
    const target = named.get(name);
    if (!target || known.has(name) || known.size > MAX_NAMES) return known.get(name);
    // What composes itself is no plain object; what is used again is looked into once.
    known.set(name, undefined);
    known.set(name, objectView(target, named, known));
    return known.get(name);
  }
  if (schema['if'] !== undefined || schema['not'] !== undefined) return undefined;
  const types = [schema['type']].flat();
  if (schema['type'] !== undefined && !types.includes('object')) return undefined;
  const view: ObjectView & { required: Set<string> } = {
    properties: { ...(schema['properties'] as Record<string, JsonSchema> | undefined) },
    required: new Set(schema['required'] as string[] | undefined),
    isOpen:
      typeof schema['additionalProperties'] === 'object' || schema['additionalProperties'] === true,
    needs: [],
    together: Object.entries((schema['dependentRequired'] ?? {}) as Record<string, string[]>),
  };
  view.isOpen ||= schema['patternProperties'] !== undefined;
  for (const branch of (schema['allOf'] as JsonSchema[] | undefined) ?? []) {
    const inner = objectView(branch, named, known);
    if (!inner) return undefined;
    view.properties = { ...inner.properties, ...view.properties };
    for (const field of inner.required) view.required.add(field);
    view.isOpen ||= inner.isOpen;
    view.needs.push(...inner.needs);
    view.together.push(...inner.together);
  }
  const choices = (schema['anyOf'] as JsonSchema[] | undefined) ?? [];
  const alternatives = choices.map((choice) => requiredOnly(choice, view.properties, named, known));
  if (alternatives.includes(undefined)) return undefined;
  if (choices.length > 0) view.needs.push(alternatives as string[][]);
  return view;
}

/** What a branch requires that only says which of the declared fields must come together: the upstream checks that. */
function requiredOnly(
  branch: JsonSchema,
  properties: Record<string, JsonSchema>,
  named: ReadonlyMap<string, JsonSchema>,
  known: Map<string, ObjectView | undefined>,
): string[] | undefined {
  const { not: _, ...rest } = branch;
  const view = objectView(rest, named, known);
  const isDeclared = (key: string) => Object.hasOwn(properties, key);
  if (view === undefined || !Object.keys(view.properties).every(isDeclared)) return undefined;
  return [...view.required];
}

/** The schema itself or, for a chain of bare references, what it ends in. */
export function resolved(schema: JsonSchema, named: ReadonlyMap<string, JsonSchema>): JsonSchema {
  let at = schema;
  for (let step = 0; step < 50; step += 1) {
    const name = referenceName(at);
    const target = name === undefined ? undefined : named.get(name);
    if (!target) return at;
    at = target;
  }
  return {};
}
