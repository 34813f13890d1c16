import fc from 'fast-check';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { printTypeAlias } from '../../src/render/types/print-type.js';
import type { TypeNode } from '../../src/render/types/type-node.js';

const options = { printWidth: 100, singleQuote: true, trailingComma: 'all' } as const;

const name = fc
  .oneof(
    fc.constantFrom(
      'string',
      'number',
      'boolean',
      'null',
      'unknown',
      'Pet',
      'Record<string, unknown>',
    ),
    fc.stringMatching(/^[A-Z][a-z]{0,80}$/),
  )
  .map((text): TypeNode => ({ kind: 'name', text }));
const literal = fc
  .oneof(fc.string({ maxLength: 50 }), fc.integer(), fc.boolean())
  .map((value): TypeNode => ({ kind: 'literal', value }));
const key = fc.oneof(
  fc.constantFrom('id', 'a-b', '__proto__', '1'),
  fc.stringMatching(/^[a-z_]{1,60}$/),
);

const { type } = fc.letrec<{ type: TypeNode }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 5, depthSize: 'large' },
    name,
    literal,
    fc.record({ kind: fc.constant('array' as const), item: tie('type') }),
    fc.record({
      kind: fc.constant('union' as const),
      members: operands(tie('type'), 'union'),
    }),
    fc.record({
      kind: fc.constant('intersection' as const),
      members: operands(tie('type'), 'intersection'),
    }),
    fc.record({
      kind: fc.constant('object' as const),
      members: fc.uniqueArray(
        fc.record({
          key,
          optional: fc.boolean(),
          comment: fc.constantFrom('', 'Text.'),
          type: tie('type'),
        }),
        { selector: (member) => member.key, maxLength: 5 },
      ),
    }),
  ),
}));

/** Nested types of the same kind are one type by then. */
function operands(
  member: fc.Arbitrary<TypeNode>,
  kind: TypeNode['kind'],
): fc.Arbitrary<TypeNode[]> {
  return fc.array(
    member.filter((node) => node.kind !== kind),
    { minLength: 2, maxLength: 5 },
  );
}

describe('printTypeAlias', () => {
  it('is left alone by prettier', async () => {
    await fc.assert(
      fc.asyncProperty(type, async (node) => {
        const source = `${printTypeAlias('Subject', node, '')}\n`;
        expect(await format(source, { ...options, parser: 'babel-ts' })).toBe(source);
      }),
      { numRuns: 300 },
    );
  });
});
