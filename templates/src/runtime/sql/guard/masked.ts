import { MASK } from '../cells.js';
import type { NamedTable } from '../names.js';

/**
 * Masked columns of the tables that a statement reads, where it speaks of them: as `table.column`. A condition on one is
 * compared with the mask, which no result tells.
 */
export function maskedAmong(
  tables: readonly NamedTable[],
  isNamed: (column: string) => boolean,
): string[] {
  const found = tables.flatMap(({ name: table, table: { columns } }) =>
    Object.entries(columns)
      .filter(([column, { masked }]) => masked && isNamed(column))
      .map(([column]) => `${table}.${column}`),
  );
  return [...new Set(found)];
}

/** Whether one of them is a view. */
export function anyView(tables: readonly NamedTable[]): boolean {
  return tables.some(({ table: { isView } }) => isView === true);
}

/** What the answer says of them. */
export function maskedNotes(columns: readonly string[]): string[] {
  if (columns.length === 0) return [];
  const [is, have] = columns.length === 1 ? ['is', 'it has'] : ['are', 'they have'];
  return [
    `${columns.join(', ')} ${is} masked: for this statement ${have} the value ${MASK} in every row, also in conditions, joins, groups and order. That says nothing about the data.`,
  ];
}
