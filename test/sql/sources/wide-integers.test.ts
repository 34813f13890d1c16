import { describe, expect, it } from 'vitest';
import { structuredRows } from '../../../templates/src/runtime/sql/structured-rows.js';
import { RESULTS, rowSchema, writeSchemas } from '../../../src/sources/sql/tools/row-schemas.js';
import type { SqlTable } from '../../../src/blueprint/database.js';
import type { TableModel } from '../../../src/sources/sql/model.js';

const table: SqlTable = { name: 't', columns: { id: { kind: 'integer', type: 'INTEGER' } } };
const model: TableModel = {
  ...{ name: 't', kind: 'table', uniques: [], foreignKeys: [], checks: [], indexes: [] },
  columns: [{ name: 'id', type: { kind: 'integer', sql: 'INTEGER' }, nullable: false }],
  origin: { file: 'x.sql', path: [] },
};

describe('whole numbers that no double holds', () => {
  it('are texts under the name of their column in SQLite, whose INTEGER has 64 bits', () => {
    const row = rowSchema(table, 'sqlite');
    expect(row).toMatchObject({ properties: { id: { type: ['integer', 'string'] } } });
    const rows = [{ id: '9007199254740993' }, { id: 7 }];
    const data = { rows, truncated: false };
    expect(structuredRows(data, RESULTS.page(row))).toEqual(data);
    expect(writeSchemas(table, model, 'sqlite').create).toMatchObject({
      properties: { id: { type: ['integer', 'string'] } },
    });
  });

  it('are not in columns of 32 bits', () => {
    for (const dialect of ['postgres', 'mysql'] as const) {
      const id = { type: 'integer' };
      expect(rowSchema(table, dialect)).toMatchObject({ properties: { id } });
      expect(writeSchemas(table, model, dialect).create).toMatchObject({ properties: { id } });
    }
  });
});
