import { Validator } from '@cfworker/json-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/blueprint/compare.js';
import type { JsonSchema } from '../../src/blueprint/types.js';
import { likeSchema, schema, VALUES } from './support/small-world.js';
import { closed, schemaChanges } from './support/surface.js';

/** How many pairs are tried; more where one has the time. */
const RUNS = Number(process.env['COMPARE_RUNS'] ?? 60);

const pair = fc.oneof(
  fc.tuple(schema, schema),
  schema.chain((first) => fc.tuple(fc.constant(first), likeSchema(first))),
  schema.chain((first) => fc.tuple(likeSchema(first), fc.constant(first))),
);

/** The first value that one schema allows and the other refuses. */
function lostValue(before: JsonSchema, after: JsonSchema): { value: unknown } | undefined {
  const [old, now] = [new Validator(before, '2020-12'), new Validator(after, '2020-12')];
  const index = VALUES.findIndex(
    (value) => old.validate(value).valid && !now.validate(value).valid,
  );
  return index < 0 ? undefined : { value: VALUES[index] };
}

function argumentChanges(before: JsonSchema, after: JsonSchema): Change[] {
  return schemaChanges('input', closed({ x: before }), closed({ x: after }));
}

const isLoss = (change: Change): boolean =>
  change.class === 'breaking' || change.class === 'unknown';

describe('in a small world, where every value can be tried', { timeout: 600_000 }, () => {
  it('what refuses a value that was allowed is breaking or unknown', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        if (argumentChanges(before, after).some(isLoss)) return;
        expect(lostValue(before, after)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  it('what is breaking refuses a value that was allowed', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const breaking = argumentChanges(before, after).filter((one) => one.class === 'breaking');
        if (breaking.length === 0) return;
        const lost = lostValue(before, after);
        expect({ breaking, isLost: lost !== undefined }).toEqual({ breaking, isLost: true });
      }),
      { numRuns: RUNS },
    );
  });

  it('what changes nothing allows the same values', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        if (argumentChanges(before, after).length > 0) return;
        expect(lostValue(before, after)).toBeUndefined();
        expect(lostValue(after, before)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  it('members that an open object lists are safe to give as long as nothing else is said', () => {
    fc.assert(
      fc.property(pair, ([before, after]) => {
        if (argumentChanges(opened(before), opened(after)).some(isLoss)) return;
        // What the closed schema allows has no members but those that are listed.
        expect(lostValue(before, opened(after))).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  it('a schema is the same as itself, written otherwise', () => {
    fc.assert(
      fc.property(
        schema,
        fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        (one, choices) => {
          expect(
            schemaChanges('input', closed({ x: one }), rewritten(closed({ x: one }), choices)),
          ).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

/** The same schema, its objects open. */
function opened(one: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(one).replaceAll(/,"additionalProperties":false/g, ''),
  ) as JsonSchema;
}

/** The same meaning: members in another order, parts put into `$defs`, types in lists or in `anyOf`, values as `const`. */
function rewritten(root: JsonSchema, choices: readonly boolean[]): JsonSchema {
  const defs: Record<string, JsonSchema> = {};
  let at = 0;
  const choose = (): boolean => choices[(at += 1) % choices.length] ?? false;
  const rewrite = (one: JsonSchema, isRoot: boolean): JsonSchema => {
    const copy: JsonSchema = Object.fromEntries(Object.entries(one).reverse());
    const { properties, items, anyOf, type } = copy;
    if (properties) {
      const members = Object.entries(properties as Record<string, JsonSchema>).reverse();
      copy['properties'] = Object.fromEntries(
        members.map(([name, inner]) => [name, rewrite(inner, false)]),
      );
    }
    if (items) copy['items'] = rewrite(items as JsonSchema, false);
    if (anyOf)
      copy['anyOf'] = (anyOf as JsonSchema[]).map((inner) => rewrite(inner, false)).reverse();
    if (Array.isArray(copy['enum']) && choose()) {
      copy['anyOf'] = copy['enum'].map((value: unknown) => ({ const: value }));
      delete copy['enum'];
    } else if (Array.isArray(type) && choose()) {
      copy['anyOf'] = type.map((name) => ({ type: name as string }));
      delete copy['type'];
    }
    if (isRoot || !choose()) return copy;
    const name = `Def${Object.keys(defs).length}`;
    defs[name] = copy;
    return choose() ? { $ref: `#/$defs/${name}` } : { allOf: [{ $ref: `#/$defs/${name}` }] };
  };
  const schemaOf = rewrite(root, true);
  return { ...schemaOf, $defs: defs };
}
