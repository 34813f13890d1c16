import { describe, expect, test } from 'vitest';
import { canBacktrack, withoutBounds } from '../../src/sources/openapi/schema/backtracking.js';
import { judgePattern } from '../../src/sources/openapi/schema/pattern.js';

describe('canBacktrack', () => {
  const harmless = [
    '^[a-z]+$',
    '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$',
    '^([0-9A-Fa-f]{2}[:-]?){5}([0-9A-Fa-f]{2})$',
    '^([0-9a-f]{40}(?:[0-9a-f]{24})?)$',
    '^\\p{L}{1,64}$',
    '^\\u{1F600}{3}[{}]+?$',
    '^(?<year>\\d{4})-(?!00)\\d{2}(?<=\\d)$',
    '^(?:a+){0}b*$',
    '^[)(*+]*$',
    '^\\d+\\.\\d+\\.\\d+$',
    '[a-z]+_token_[0-9]+',
    '^[a-z]+:|^\\w+@[a-z]+$',
  ];
  test.each(harmless)('%s', (pattern) => {
    expect(canBacktrack(pattern)).toBe(false);
  });

  const suspicious = [
    '^(a+)+$',
    '^(?:a|a)*$',
    '^(?:a?){50}$',
    `^${'a?'.repeat(30)}${'a'.repeat(30)}$`,
    `^${'a{0,9}'.repeat(8)}$`,
    '^\\d+\\.?\\d+$',
    '^\\d+\\.{0,1}\\d+$',
    '^\\w+_\\w+$',
    '^\\d+\\d\\d+$',
    // What comes before can end in many places, for each of which the rest is read again.
    '^a*a+,a+,$',
    '^(?:\\d+\\.)+\\d+\\.$',
    '^(?:a|b)\\d+,\\d+$',
    '(?<=\\d+,)\\d+$',
    '^(?=.*\\d)(?=.*[a-z]).{8,}$',
    '^([a-z]+)-\\1$',
    '^(?<word>[a-z])\\k<word>*$',
    '^(?:\\1){0}a+a+$',
    '^(?:a{1,30}){2,}$',
    '^(?:[a-z]+[0-9]?){1,3}$',
  ];
  test.each(suspicious)('%s', (pattern) => {
    expect(canBacktrack(pattern)).toBe(true);
  });
});

describe('judgePattern', () => {
  const table: [string, boolean][] = [
    ['^[A-Z]{1,10}-[0-9]{1,10}-[a-z]{1,10}-[A-Z]{1,10}$', true],
    ['^[a-z0-9]+(?:-[a-z0-9]+){0,9}$', true],
    ['^(a+)+$', false],
    // Finite, and all the same beyond what a server can try.
    ['^(?:a{1,9}){1,9}$', false],
    [`^${'a{0,9}'.repeat(8)}$`, false],
  ];
  test.each(table)('%s', (pattern, usable) => {
    expect(judgePattern(pattern).usable).toBe(usable);
  });
});

test('only wide bounds are taken away', () => {
  expect(withoutBounds('^[{1,9}]a{2,40}?b{3}c{0,2}d{4,}\\{1,9}$')).toBe(
    '^[{1,9}]a{2,}?b{3}c{0,2}d{4,}\\{1,9}$',
  );
});
