import { expect, it } from 'vitest';
import { read, readFast, table, tableNames } from '../support/postgres-reading.js';

it('runs blocks of code, and says of them where it only parses', async () => {
  const block = "DO $$ BEGIN\n EXECUTE 'CREATE TABLE made (id integer)'; END $$;";
  const exact = await read(block);
  expect(exact.findings).toEqual([]);
  expect(table(exact, 'made').origin.position).toEqual({ line: 1, column: 1 });
  const fast = await readFast('CREATE TABLE a (id integer);', block);
  expect(tableNames(fast)).toEqual(['a']);
  expect(fast.findings).toMatchObject([
    {
      code: 'MCP814',
      severity: 'warning',
      origin: { file: '2.sql', position: { line: 1, column: 1 } },
    },
  ]);
});
