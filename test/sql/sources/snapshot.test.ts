import { expect, it } from 'vitest';
import type { ColumnType, DatabaseModel, TableModel } from '../../../src/sources/sql/model.js';
import { isSnapshot, readSnapshot, writeSnapshot } from '../../../src/sources/sql/snapshot.js';
import { InputError } from '../../../src/diagnostics/diagnostic.js';

const text: ColumnType = { kind: 'text', sql: 'character varying(20)', length: 20 };

// Every field that a model can have, so that none is forgotten when it is written or read.
const table: Required<TableModel> = {
  ...{ schema: 'shop', name: 'orders', kind: 'table', comment: 'What was bought' },
  columns: [
    {
      ...{ name: 'id', type: { kind: 'bigint', sql: 'bigint', unsigned: true }, nullable: false },
      ...{ default: 'nextval(1)', identity: 'by default', autoIncrement: true, comment: 'Key' },
    },
    {
      name: 'tags',
      type: {
        kind: 'array',
        sql: 'mood[]',
        element: { kind: 'enum', sql: 'mood', enumName: 'mood' },
      },
      ...{ nullable: true, generated: 'stored' },
    },
    {
      name: 'price',
      type: { kind: 'decimal', sql: 'money', domain: 'money', precision: 10, scale: 2, values: [] },
      nullable: true,
    },
  ],
  primaryKey: ['id'],
  uniques: [{ name: 'u', columns: ['tags'], constraint: true }],
  partialUniques: [{ name: 'p', definition: 'UNIQUE (id) WHERE true' }],
  foreignKeys: [
    {
      ...{ name: 'f', columns: ['id'], onDelete: 'CASCADE', onUpdate: 'NO ACTION' },
      references: { schema: 'shop', table: 'orders', columns: ['id'] },
    },
  ],
  checks: [{ name: 'c', expression: '(id > 0)' }],
  indexes: [{ name: 'i', columns: ['id'] }],
  partitioned: true,
  partitionOf: { schema: 'shop', name: 'all_orders' },
  inherits: [{ name: 'base' }],
  rowLevelSecurity: true,
  triggers: ['audit'],
  strict: true,
  withoutRowid: true,
  origin: { file: 'postgres://host/db', path: [] },
};

const model: Required<DatabaseModel> = {
  dialect: 'postgres',
  defaultSchema: 'public',
  tables: [table],
  enums: [{ schema: 'shop', name: 'mood', values: ['a', 'b'], comment: 'How it is' }],
  domains: [
    {
      ...{ schema: 'shop', name: 'money', base: text, nullable: true, comment: 'Exact' },
      checks: [{ expression: '(value >= 0)' }],
    },
  ],
  functions: [
    {
      ...{ schema: 'shop', name: 'f', kind: 'function', volatility: 'stable', comment: 'Adds' },
      arguments: [{ name: 'a', type: text, hasDefault: true, mode: 'inout' }],
      returns: 'integer',
    },
  ],
};

it('a snapshot gives the model back, each table with its place in the file', () => {
  const written = writeSnapshot(model);
  expect(isSnapshot(written)).toBe(true);
  expect(written).not.toContain('postgres://');
  const read = readSnapshot(written, 'specs/shop.json');
  expect(read.tables[0]?.origin).toEqual({ file: 'specs/shop.json', path: ['tables', 0] });
  const { origin: _, ...rest } = table;
  expect({ ...read, tables: read.tables.map(({ origin: __, ...each }) => each) }).toEqual({
    ...model,
    tables: [rest],
  });
  expect(writeSnapshot(read)).toBe(written);
});

it('a snapshot that was changed into something else is refused at its place', () => {
  const broken = writeSnapshot(model).replace('"kind": "table"', '"kind": "chair"');
  let found: unknown;
  try {
    readSnapshot(broken, 'specs/shop.json');
  } catch (error) {
    found = error;
  }
  expect(found).toBeInstanceOf(InputError);
  const [first] = (found as InputError).diagnostics;
  expect([first?.code, first?.origin?.path]).toEqual(['MCP845', ['tables', 0, 'kind']]);
});
