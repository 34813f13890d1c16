import type { JsonSchema } from '../../blueprint/types.js';

const COMBINATORS = ['allOf', 'anyOf', 'oneOf'] as const;

/**
 * A type alias must not come back to itself through nothing but names, unions and intersections (TypeScript 2456), which
 * schemas may. Takes prepared schemas by type name; leaves out the references that close such circles.
 */
export function breakCycles(schemas: Map<string, JsonSchema>): Map<string, JsonSchema> {
  const state = new Map<string, 'open' | 'done'>();
  const cuts = new Map<string, Set<string>>();
  const visit = (name: string): void => {
    // An explicit stack: chains of names can be longer than the call stack.
    const stack = [{ name, next: namesAround(schemas.get(name)).values() }];
    state.set(name, 'open');
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const { value, done } = top.next.next();
      if (done === true) {
        state.set(top.name, 'done');
        stack.pop();
        continue;
      }
      if (state.get(value) === 'open')
        cuts.set(top.name, (cuts.get(top.name) ?? new Set()).add(value));
      else if (!state.has(value) && schemas.has(value)) {
        state.set(value, 'open');
        stack.push({ name: value, next: namesAround(schemas.get(value)).values() });
      }
    }
  };
  for (const name of schemas.keys()) if (!state.has(name)) visit(name);
  if (cuts.size === 0) return schemas;
  return new Map(
    [...schemas].map(([name, schema]) => {
      const names = cuts.get(name);
      return [
        name,
        names === undefined ? schema : (without(schema, names) ?? { tsType: 'unknown' }),
      ];
    }),
  );
}

/** Names of the types that a prepared schema's own type is made of directly. */
export function namesAround(
  schema: JsonSchema | undefined,
  names = new Set<string>(),
): Set<string> {
  if (schema === undefined) return names;
  if (typeof schema.tsType === 'string') names.add(schema.tsType);
  for (const keyword of COMBINATORS) {
    for (const part of (schema[keyword] as JsonSchema[] | undefined) ?? [])
      namesAround(part, names);
  }
  return names;
}

function without(schema: JsonSchema, names: Set<string>): JsonSchema | undefined {
  if (typeof schema.tsType === 'string') return names.has(schema.tsType) ? undefined : schema;
  const rest = { ...schema };
  let removed = false;
  for (const keyword of COMBINATORS) {
    const parts = schema[keyword] as JsonSchema[] | undefined;
    if (parts === undefined) continue;
    const kept = parts.map((part) => without(part, names)).filter((part) => part !== undefined);
    removed ||= kept.length < parts.length;
    if (kept.length > 0) rest[keyword] = kept;
    else delete rest[keyword];
  }
  const empty = !COMBINATORS.some((keyword) => keyword in rest) && rest.type === undefined;
  return removed && empty ? undefined : rest;
}
