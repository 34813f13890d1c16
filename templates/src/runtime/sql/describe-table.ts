import type { SqlColumn, SqlDatabase, SqlTable } from './database.js';
import { keysOf, relationsOf, rowKey } from './names.js';
import { operatorsOf } from './operators.js';

const MAX_VALUES = 100;

/** A table as callers may know it: columns, keys, relations and what may be written. */
export function describeTable(
  database: Pick<SqlDatabase, 'tables'>,
  name: string,
  table: SqlTable,
): Record<string, unknown> {
  const key = rowKey(table);
  const uniques = keysOf({ ...table, key: undefined });
  const relations = [...relationsOf(database, table)].map(
    ([relation, { table: other, columns, many }]) => ({
      name: relation,
      table: other,
      columns: Object.fromEntries(columns),
      ...(many && { many }),
    }),
  );
  const writes = table.isView ? [] : (table.writes ?? []);
  return {
    table: name,
    ...(table.description !== undefined && { description: table.description }),
    ...(table.isView && { view: true }),
    columns: Object.entries(table.columns).map(([column, facts]) => describeColumn(column, facts)),
    ...(key !== undefined && { key }),
    ...(uniques.length > 0 && { uniques }),
    ...(relations.length > 0 && { relations }),
    ...(writes.length > 0 && { writes }),
  };
}

function describeColumn(name: string, column: SqlColumn): Record<string, unknown> {
  const { values } = column;
  const rest = (values?.length ?? 0) - MAX_VALUES;
  return {
    name,
    type: column.type,
    kind: column.kind,
    ...(column.nullable && { nullable: true }),
    ...(column.hasDefault && { default: true }),
    ...(column.readOnly && { read_only: true }),
    ...(column.masked && { masked: true }),
    ...(values !== undefined && { values: values.slice(0, MAX_VALUES) }),
    ...(rest > 0 && { more_values: rest }),
    ...(column.description !== undefined && { description: column.description }),
  };
}

/** The operators for the kinds of columns that these tables have. */
export function describeOperators(tables: readonly SqlTable[]): Record<string, readonly string[]> {
  const columns = tables.flatMap((table) => Object.values(table.columns));
  const kinds = [...new Set(columns.map(({ kind }) => kind))].sort();
  return Object.fromEntries(kinds.map((kind) => [kind, operatorsOf({ kind })]));
}
