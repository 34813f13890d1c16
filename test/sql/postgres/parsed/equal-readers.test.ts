import { expect, it } from 'vitest';
import type { ColumnModel, DatabaseModel } from '../../../../src/sources/sql/model.js';
import { read, readFast } from '../../support/postgres-reading.js';
import { WIDE_SCHEMAS } from './wide-schema.js';

/** What views show only a database tells. */
function withoutShown(model: DatabaseModel): DatabaseModel {
  const plain = ({ shows: _, ...column }: ColumnModel): ColumnModel => column;
  const tables = model.tables.map((table) => ({ ...table, columns: table.columns.map(plain) }));
  return { ...model, tables };
}

it.each(Object.entries(WIDE_SCHEMAS))('reads %s as a database does', async (_, text) => {
  const exact = await read(text);
  const fast = await readFast(text);
  expect({ skipped: exact.skipped, findings: exact.findings }).toEqual({
    skipped: [],
    findings: [],
  });
  expect(fast).toEqual({ ...exact, model: withoutShown(exact.model) });
});
