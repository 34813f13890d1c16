import fc from 'fast-check';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { jsonStyle, printExpanded, printLiteral } from '../../src/render/literal.js';

const options = { printWidth: 100, singleQuote: true, trailingComma: 'all' } as const;

const key = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('type', 'id', 'description', 'properties', 'a-b', '1', 'items'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z_]{1,90}$/) },
);
const text = fc.oneof(
  fc.string({ maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.stringMatching(/^[ a-z'"\\]{60,110}$/),
);
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 7, depthSize: 'large' },
    fc.oneof(
      text,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(fc.integer(), { maxLength: 40 }),
    fc.array(tie('data'), { maxLength: 5 }),
    fc.dictionary(key, tie('data'), { maxKeys: 6 }),
    fc.dictionary(key, tie('data'), { maxKeys: 6 }),
  ),
}));

describe('printLiteral', () => {
  it.each([
    [{}, '{}'],
    [[], '[]'],
    [{ a: 1, 'b-c': "it's", d: undefined }, `{ a: 1, 'b-c': "it's" }`],
    [
      [
        { a: 1, b: 2 },
        { a: 2, b: 3 },
      ],
      '[\n  { a: 1, b: 2 },\n  { a: 2, b: 3 },\n]',
    ],
    [{ longer: 'x'.repeat(95) }, `{\n  longer:\n    '${'x'.repeat(95)}',\n}`],
    [{ key: 'x'.repeat(95) }, `{\n  key: '${'x'.repeat(95)}',\n}`],
    [JSON.parse('{"__proto__":1}'), "{ ['__proto__']: 1 }"],
    [[-0, 1e21, 1e-7], '[0, 1e21, 1e-7]'],
  ])('prints %j', (value, want) => {
    expect(printLiteral(value)).toBe(want);
  });

  it('is left alone by prettier and evaluates to the same data', async () => {
    await fc.assert(
      fc.asyncProperty(data, async (value) => {
        const source = `const a = ${printExpanded({ value })};\n`;
        expect(await format(source, { ...options, parser: 'babel-ts' })).toBe(source);
        expect(Function(`"use strict"; ${source} return a.value;`)()).toEqual(normal(value));
      }),
      { numRuns: 150 },
    );
  });

  it('is left alone by prettier as JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, data), async (value) => {
        const source = `${printExpanded(value, 0, jsonStyle)}\n`;
        expect(await format(source, { ...options, parser: 'json' })).toBe(source);
        expect(JSON.parse(source)).toEqual(normal(value));
      }),
      { numRuns: 150 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('a')])(
    'refuses %s',
    (value) => {
      expect(() => printLiteral({ value })).toThrow(TypeError);
    },
  );
});

/** What JSON makes of a value: -0 is 0. */
function normal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
