import { expect, it } from 'vitest';
import { read, readFast, table } from '../support/postgres-reading.js';

const TEXT = `CREATE TABLE t (
  a integer CHECK (a > 0),
  b integer CONSTRAINT later CHECK (b > 0) NOT ENFORCED,
  CHECK (a < 9) NOT ENFORCED,
  CONSTRAINT both_given CHECK (a <> b)
);
ALTER TABLE t ADD CONSTRAINT new_rows CHECK (b < 9) NOT VALID;`;

it.each([
  ['a server', read],
  ['the fast reader', readFast],
])(
  'checks that are off do not count for %s, and those that hold for new rows do',
  async (_, by) => {
    const { checks } = table(await by(TEXT), 't');
    expect(checks.map(({ name }) => name).toSorted()).toEqual([
      'both_given',
      'new_rows',
      't_a_check',
    ]);
  },
);
