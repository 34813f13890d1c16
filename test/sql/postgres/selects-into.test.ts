import { expect, it } from 'vitest';
import { selectsInto } from '../../../src/sources/sql/postgres/selects-into.js';
import { read } from '../support/postgres-reading.js';

it.each([
  ['SELECT * INTO kept FROM t', true],
  ['WITH a AS (SELECT 1) SELECT * INTO TEMP kept FROM a', true],
  ["SELECT run('insert it into t')", false],
  ['SELECT $x$ a into b $x$, "into" FROM t -- into', false],
  ['WITH a AS (INSERT INTO t VALUES (1) RETURNING *) SELECT * FROM a', false],
  ['DO $$ BEGIN SELECT 1 INTO x; END $$', false],
])('%s', (text, into) => {
  expect(selectsInto(text)).toBe(into);
});

it('one that fails is a table that is missing, not a call without effect', async () => {
  const reading = await read(`CREATE TABLE t (id integer);
SELECT * INTO kept FROM nowhere;
SELECT set_up('into nothing');`);
  expect(reading.skipped).toMatchObject([
    { what: 'SELECT * INTO kept FROM nowhere', reason: 'relation "nowhere" does not exist' },
  ]);
  expect(reading.findings.map(({ code }) => code)).toEqual(['MCP811']);
});
