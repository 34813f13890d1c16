import { expect, it } from 'vitest';
import { uriMatcher } from '../../templates/src/runtime/offers/uri-template.js';

it('S12 reads no path of more than 2,000 characters, and a query of any length', () => {
  const match = uriMatcher('a://{+x}/{+y}/z{?q}');
  expect(match(`a://b/c/z?q=${'d'.repeat(5_000)}`)?.['q']).toHaveLength(5_000);
  expect(match(`a://${'b/'.repeat(997)}z`)).toMatchObject({ y: 'b' });
  expect(match(`a://${'b/'.repeat(998)}z`)).toBeUndefined();
});
