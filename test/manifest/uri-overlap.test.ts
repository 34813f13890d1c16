import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isWithin, sharedUri } from '../../src/blueprint/uri-overlap.js';
import { uriMatcher } from '../../templates/src/runtime/offers/uri-template.js';

it.each([
  ['a://{x}/b', 'a://c/{y}', 'a://c/b'],
  ['a://{x}', 'a://{y}', 'a://x'],
  ['notes://{id}', 'notes://{folder}/{id}', undefined],
  ['a://{x}.md', 'a://read{y}', 'a://read.md'],
  ['a://{x}.md', 'a://{y}.txt', undefined],
  ['a://{x}-{y}', 'a://b-{z}-c', 'a://b-x-c'],
  ['a://{+path}', 'a://b/{x}/d', 'a://b/x/d'],
  ['a://{+path}/z', 'a://{x}/{y}', 'a://x/z'],
  ['a://b{?q}', 'a://b', 'a://b'],
  ['a://b{?q}', 'a://b{?other}', 'a://b'],
  ['a://b{?q}', 'a://c{?q}', undefined],
  ['a://{x}{?q}', 'a://b/c', undefined],
  ['a://b', 'a://b', 'a://b'],
  ['a://b', 'a://bc', undefined],
  ['a://{x}', 'b://{x}', undefined],
  ['a://b{/x}', 'a://b/c', 'a://b/c'],
  ['a://b{#x}', 'a://b{?x}', 'a://b'],
])('%s and %s share %s', (a, b, shared) => {
  expect(sharedUri(a, b)).toBe(shared);
  expect(sharedUri(b, a) === undefined).toBe(shared === undefined);
});

it.each([
  ['a://c/{y}', 'a://{x}/{y}', true],
  ['a://{x}/{y}', 'a://c/{y}', false],
  ['a://{x}/b', 'a://c/{y}', false],
  ['a://{x}/{y}', 'a://{+z}', true],
  ['a://{+z}', 'a://{x}/{y}', false],
  ['a://b', 'a://b{?q}', true],
  ['a://b{?q}', 'a://b', false],
  ['a://{x}', 'a://{y}', true],
  ['a://{x}-{y}', 'a://{z}', true],
  ['a://{z}', 'a://{x}-{y}', false],
  ['b://{x}', 'a://{+x}', false],
])('%s is within %s: %s', (inner, outer, is) => {
  expect(isWithin(inner, outer)).toBe(is);
});

it('is bounded for templates of many variables', () => {
  const many = `a://${'{+x}b'.repeat(40)}`;
  expect(sharedUri(many, `${many}c`)).toBeUndefined();
  expect(isWithin(many, `${many}{y}`)).toBe(false);
});

const template = fc
  .array(fc.constantFrom('b', 'c', '/', '-', '{x}', '{+x}'), { minLength: 1, maxLength: 5 })
  .chain((parts) => fc.constantFrom('', '{?q}').map((query) => `a://${parts.join('')}${query}`));
const uri = fc
  .array(fc.constantFrom('b', 'c', '/', '-', 'z'), { minLength: 1, maxLength: 6 })
  .chain((parts) => fc.constantFrom('', '?q=b').map((query) => `a://${parts.join('')}${query}`));

it('agrees with how the server reads URIs', () => {
  fc.assert(
    fc.property(template, template, fc.array(uri, { maxLength: 20 }), (a, b, uris) => {
      const [left, right] = [uriMatcher(a), uriMatcher(b)];
      const shared = sharedUri(a, b);
      // Of a query the server takes what the template names; which is not looked at here.
      if (shared !== undefined && !shared.includes('?')) {
        expect([left(shared), right(shared)]).not.toContain(undefined);
      }
      for (const one of uris) {
        const [isLeft, isRight] = [left(one) !== undefined, right(one) !== undefined];
        if (isLeft && isRight) expect(shared).toBeDefined();
        if (isLeft && !isRight) expect(isWithin(a, b)).toBe(false);
      }
    }),
  );
});
