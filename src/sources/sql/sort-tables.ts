import type { TableModel } from './model.js';

/** Tables by schema and name, by code unit: the same on every machine. */
export function sortTables(tables: readonly TableModel[]): TableModel[] {
  return [...tables].sort(
    (one, other) => compare(one.schema ?? '', other.schema ?? '') || compare(one.name, other.name),
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
