import { expect, it } from 'vitest';
import { read, readFast } from '../../support/postgres-reading.js';
import { WIDE_SCHEMAS } from './wide-schema.js';

it.each(Object.entries(WIDE_SCHEMAS))('reads %s as a database does', async (_, text) => {
  const exact = await read(text);
  const fast = await readFast(text);
  expect({ skipped: exact.skipped, findings: exact.findings }).toEqual({
    skipped: [],
    findings: [],
  });
  expect(fast).toEqual(exact);
});
