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

it('reads a table like its parent, and lists of booleans, as a database does', async () => {
  const text = `CREATE TABLE parent (id integer NOT NULL, kind text DEFAULT 'a', CHECK (id > 0));
    CREATE TABLE child (LIKE parent INCLUDING ALL) INHERITS (parent);
    ALTER TABLE child ALTER COLUMN kind SET DEFAULT 'b';
    CREATE TABLE days (id integer PRIMARY KEY, on_duty boolean[] DEFAULT '{t,f}');`;
  const exact = await read(text);
  expect(exact.model.tables[0]!.columns.map((column) => [column.name, column.default])).toEqual([
    ['id', undefined],
    ['kind', "'b'::text"],
  ]);
  expect(exact.model.tables[1]!.columns[1]!.default).toBe("'{t,f}'::boolean[]");
  expect(await readFast(text)).toEqual(exact);
});
