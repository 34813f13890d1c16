import type { SqlDatabase } from '../../../blueprint/database.js';
import type { TableModel } from '../model.js';
import { facetsOf } from '../read-checks/column-facets.js';
import type { CheckFacets } from '../read-checks/facets.js';

/** Kinds whose values checks bound. */
export const BOUNDED: ReadonlySet<string> = new Set([
  'text',
  'integer',
  'bigint',
  'decimal',
  'float',
]);

/** By table and column, in the names of callers: what checks and lengths say of it beside a list of values. */
export type ColumnBounds = (table: string, column: string) => CheckFacets;

/** Looks up the bounds of columns; none of kinds whose values are not compared here. */
export function columnBounds(
  { tables, dialect }: SqlDatabase,
  models: ReadonlyMap<string, TableModel>,
): ColumnBounds {
  return (table, column) => {
    const { kind, name = column } = tables[table]!.columns[column]!;
    if (!BOUNDED.has(kind)) return {};
    const model = models.get(table)!;
    const { enum: _, ...bounds } = facetsOf(model, name, dialect);
    const { length } = model.columns.find((one) => one.name === name)!.type;
    if (kind !== 'text' || length === undefined) return bounds;
    return { ...bounds, maxLength: Math.min(length, bounds.maxLength ?? length) };
  };
}
