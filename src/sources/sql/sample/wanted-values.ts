import type { SqlDatabase } from '../../../blueprint/database.js';
import type { TableModel } from '../model.js';
import { facetsOf } from '../read-checks/column-facets.js';
import { callerNames, type SampleLink } from './sample-links.js';

/** By table and column, in the names of callers: the only values that it may have, or that those that refer to it may have. */
export type FixedValues = ReadonlyMap<string, ReadonlyMap<string, readonly (string | number)[]>>;

/** Of columns of other kinds no values are listed for callers either. */
const KINDS: ReadonlySet<string> = new Set(['text', 'enum', 'integer']);

/** The values to which types and checks bind columns. */
export function fixedValues(
  { tables, dialect }: SqlDatabase,
  models: ReadonlyMap<string, TableModel>,
): FixedValues {
  return new Map(
    Object.entries(tables).map(([name, table]) => {
      const model = models.get(name)!;
      const fixed = [...callerNames(table)].flatMap(([real, column]) => {
        const { kind, values = [] } = table.columns[column]!;
        const found = facetsOf(model, real, dialect).enum ?? values;
        return found.length > 0 && KINDS.has(kind) ? [[column, found] as const] : [];
      });
      return [name, new Map(fixed)];
    }),
  );
}

/**
 * What the columns that others refer to have to hold for those to have anything to refer to: a parent's name that a child's check
 * compares with 'main' is 'main' in some row. `order` has parents first, so that a child passes on what its own children want.
 */
export function wantedValues(
  order: readonly string[],
  { tables }: SqlDatabase,
  fixed: FixedValues,
  links: ReadonlyMap<string, readonly SampleLink[]>,
): FixedValues {
  const wanted = new Map<string, Map<string, (string | number)[]>>();
  for (const name of [...order].reverse()) {
    for (const { columns, target, targetColumns } of links.get(name) ?? []) {
      if (target === name) continue;
      const own = wanted.get(target) ?? new Map<string, (string | number)[]>();
      wanted.set(target, own);
      columns.forEach((column, position) => {
        const key = targetColumns[position]!;
        const values = wanted.get(name)?.get(column) ?? fixed.get(name)?.get(column) ?? [];
        const allowed = fixed.get(target)?.get(key);
        const possible = values
          .map((value) => asKind(value, tables[target]!.columns[key]!.kind))
          .filter((value) => allowed?.includes(value) ?? true);
        if (possible.length > 0) own.set(key, [...new Set([...(own.get(key) ?? []), ...possible])]);
      });
    }
  }
  return wanted;
}

/** Whole numbers of 64 bits are texts in the rows, those of 32 are none. */
function asKind(value: string | number, kind: string): string | number {
  return kind === 'integer' && /^-?\d+$/.test(String(value)) ? Number(value) : String(value);
}
