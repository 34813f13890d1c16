import { expect, it } from 'vitest';
import type { ColumnType } from '../../../src/sources/sql/model.js';
import { sampleNumber } from '../../../src/sources/sql/sample/sample-number.js';

const WHOLE = { kind: 'integer', sql: 'integer' } as const;
const EXACT = { kind: 'decimal', sql: 'numeric(4,2)', precision: 4, scale: 2 } as const;
const three = (kind: string, type: ColumnType, facets: object) =>
  [0, 1, 2].map((index) => sampleNumber(kind, type, facets, index));

it.each([
  ['from one upwards', {}, [1, 2, 3]],
  ['from the lower bound upwards', { exclusiveMinimum: 6.5 }, [7, 8, 9]],
  ['below zero', { exclusiveMaximum: 0 }, [-1, -2, -3]],
  ['on both sides of one', { minimum: -1, maximum: 1 }, [1, 0, -1]],
  ['the only one there is', { minimum: 5, maximum: 5 }, [5, 5, 5]],
])('whole numbers: %s', (_, facets, values) => {
  expect(three('integer', WHOLE, facets)).toEqual(values);
});

it('fractions where no whole number is between the bounds', () => {
  const share = { exclusiveMinimum: 0, exclusiveMaximum: 1 };
  expect(three('decimal', EXACT, share)).toEqual(['0.10', '0.20', '0.30']);
  expect(three('float', WHOLE, { minimum: 0.25, maximum: 0.75 })).toEqual([0.3, 0.35, 0.4]);
});

it('what the digits of a type hold', () => {
  const digit = { ...EXACT, precision: 1, scale: 0 } as const;
  expect([8, 9].map((index) => sampleNumber('decimal', digit, {}, index))).toEqual(['9', '0']);
  const part = { ...EXACT, precision: 2, scale: 2 } as const;
  expect(three('decimal', part, {})).toEqual(['0', '0', '0']);
  expect(three('decimal', part, { exclusiveMinimum: 0 })).toEqual(['0.10', '0.20', '0.30']);
});
