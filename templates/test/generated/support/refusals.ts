import { databases } from '../../../src/generated/databases.js';
import type { SqlTool } from '../../../src/runtime/sql/sql-tool.js';

/** What is wrong, the arguments that make it so, and what the error has to name. */
export type Refusal = [what: string, changed: Record<string, unknown>, said: RegExp];

/** Calls that a tool refuses before or when it asks its database. */
export function refusals({ sql }: SqlTool, args: Record<string, unknown>): Refusal[] {
  const found = byAction(sql.action);
  const table = 'table' in sql ? sql.table : args['table'];
  if (typeof table !== 'string') return found;
  const columns = Object.entries(databases[sql.source]!.tables[table]!.columns);
  const masked = columns.find(([, column]) => column.masked)?.[0];
  if (masked !== undefined && sql.action === 'list') {
    const where = [{ column: masked, operator: 'is null' }];
    found.push(['a condition on a masked column', { where }, /where/]);
    found.push(['an order by a masked column', { order: [{ column: masked }] }, /order/]);
  }
  const fixed = columns.find(([, { readOnly, masked: unseen }]) => readOnly ?? unseen)?.[0];
  if (fixed !== undefined && (sql.action === 'create' || sql.action === 'update')) {
    const values = { [fixed]: 'x' };
    found.push(['a value for a column that is not written', { values }, /values|written/]);
  }
  if (args['table'] !== undefined) {
    found.push(['a table that there is not', { table: 'no_such_table' }, /table/]);
  }
  return found;
}

function byAction(action: SqlTool['sql']['action']): Refusal[] {
  const unknown = { column: 'no_such_column' };
  const missing: Refusal = ['a row without its key', { key: {} }, /key/];
  const wrongKey: Refusal = [
    'a key that there is not',
    { key: { no_such_column: 1 } },
    /key|column/,
  ];
  const wrongValue: Refusal = [
    'a value for a column that there is not',
    { values: { no_such_column: 1 } },
    /no_such_column|values/,
  ];
  switch (action) {
    case 'list':
      return [
        ['an operator that there is not', { where: [{ ...unknown, operator: '~' }] }, /where/],
        ['a field that there is not', { fields: ['no_such_column'] }, /fields|no_such_column/],
        ['an order that there is not', { order: [unknown] }, /order|no_such_column/],
        ['a relation that there is not', { include: ['no_such_relation'] }, /include|relation/],
        ['a cursor of something else', { cursor: 'no-cursor' }, /cursor/],
        ['no rows', { limit: 0 }, /limit/],
      ];
    case 'get':
      return [missing, wrongKey];
    case 'create':
      return [wrongValue];
    case 'update':
      return [missing, wrongKey, wrongValue, ['no values', { values: {} }, /values/]];
    case 'delete':
      return [missing, wrongKey];
    case 'related':
      return [
        missing,
        ['a relation that there is not', { relation: 'no_such_relation' }, /no_such_relation/],
      ];
    case 'aggregate':
      return [
        ['no figure', { measures: [] }, /measures/],
        [
          'a figure of a column that there is not',
          { measures: [{ ...unknown, function: 'max' }] },
          /no_such_column|measures/,
        ],
        ['a group that there is not', { group_by: ['no_such_column'] }, /no_such_column|group_by/],
      ];
    case 'search':
      return [
        ['a column that there is not', { columns: ['no_such_column'] }, /no_such_column/],
        ['no words', { text: '' }, /text/],
      ];
    case 'describe':
      return [['a table that there is not', { tables: ['no_such_table'] }, /table/]];
    default:
      return [];
  }
}
