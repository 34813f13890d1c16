import { expect, it } from 'vitest';
import { compileGlob } from '../../templates/src/runtime/files/glob.js';

it.each([
  ['**/node_modules/**', 'a/node_modules/b/c.js', true],
  ['**/node_modules/**', 'node_modules', true],
  ['**/node_modules/**', 'my_node_modules/x', false],
  ['node_modules/', 'node_modules/x', true],
  ['*.key', 'a/b/c.key', true],
  ['a/**/z', 'a/z', true],
  ['a/**/z', 'a/b/c/z', true],
  ['a/**/z', 'a/b/c/y', false],
  ['a*b*c', 'aXbXbc', true],
  ['**', 'anything/at/all', true],
  ['[', '[', true],
  ['[a-c]x', 'bx', true],
  ['😀?', '😀😀', true],
  ['a?', 'a', false],
])('%s and %s: %s', (pattern, path, want) => {
  expect(compileGlob(pattern)(path.split('/'))).toBe(want);
});

it('takes no longer for patterns that make others go back', () => {
  const stars = compileGlob(`${'a*'.repeat(400)}b`);
  expect(stars(['a'.repeat(255)])).toBe(false);
  const folders = compileGlob(`${'**/a/'.repeat(150)}b`);
  expect(folders(Array.from({ length: 128 }, () => 'a'))).toBe(false);
});
