import type { SqlDatabase } from '../../../blueprint/database.js';
import type { TableModel } from '../model.js';
import { facetsOf } from '../read-checks/column-facets.js';
import { both, facets, type CheckFacets } from '../read-checks/facets.js';
import { BOUNDED, columnBounds } from './column-bounds.js';
import { fitsFacets } from './fits-facets.js';
import { callerNames, type SampleLink } from './sample-links.js';
import { sampleValue } from './sample-value.js';

type Values = readonly (string | number)[];

/** By table and column, in the names of callers: the only values that it may have, or that those that refer to it may have. */
export type FixedValues = ReadonlyMap<string, ReadonlyMap<string, Values>>;

/** Of columns of other kinds no values are listed for callers either. */
const KINDS: ReadonlySet<string> = new Set(['text', 'enum', 'integer']);

/** For the rows of a table and the example of one more. */
const ENOUGH = 4;
/** For each of the children that cannot do with the same ones. */
const FEW = 2;

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

/** What those that refer to a column want of it: some of these values, or values within these bounds. */
type Demands = { values: Set<string | number>; bounds: CheckFacets[] };

/**
 * What the columns that others refer to have to hold for those to have anything to refer to: a parent's name that a child's check
 * compares with 'main' is 'main' in some row, a number that a child wants above 100 is 101. `order` has parents first, so that a
 * child passes on what its own children want.
 */
export function wantedValues(
  order: readonly string[],
  database: SqlDatabase,
  models: ReadonlyMap<string, TableModel>,
  fixed: FixedValues,
  links: ReadonlyMap<string, readonly SampleLink[]>,
): FixedValues {
  const boundsOf = columnBounds(database, models);
  const demands = new Map<string, Map<string, Demands>>();
  const wanted = new Map<string, Map<string, Values>>();
  for (const name of [...order].reverse()) {
    wanted.set(name, new Map());
    for (const [column, own] of demands.get(name) ?? []) {
      const values = meet(name, column, own);
      if (values.length > 0) wanted.get(name)!.set(column, values);
    }
    for (const { columns, target, targetColumns } of links.get(name) ?? []) {
      if (target === name) continue;
      columns.forEach((column, position) => {
        const { values, bounds } = demandsOn(target, targetColumns[position]!);
        const only = wanted.get(name)!.get(column) ?? fixed.get(name)?.get(column) ?? [];
        const { kind } = database.tables[target]!.columns[targetColumns[position]!]!;
        for (const value of only) values.add(asKind(value, kind));
        if (only.length === 0) bounds.push(boundsOf(name, column));
      });
    }
  }
  return wanted;

  function demandsOn(table: string, column: string): Demands {
    const ofTable = demands.get(table) ?? new Map<string, Demands>();
    demands.set(table, ofTable);
    const found = ofTable.get(column) ?? { values: new Set(), bounds: [] };
    ofTable.set(column, found);
    return found;
  }

  /** No values where those that the column would have anyway do. */
  function meet(table: string, column: string, own: Demands): Values {
    const allowed = fixed.get(table)?.get(column);
    const limits = boundsOf(table, column);
    const listed = [...own.values].filter(
      (value) => (allowed?.includes(value) ?? true) && fitsFacets(value, limits),
    );
    const facts = database.tables[table]!.columns[column]!;
    // Whoever has a list of values has no others, and of other kinds no bounds are known.
    if (allowed || !BOUNDED.has(facts.kind)) return listed;
    const real = facts.name ?? column;
    const model = models.get(table)!.columns.find(({ name }) => name === real)!;
    const within = (bounds: CheckFacets, count: number): Values =>
      Array.from({ length: count }, (_, index) =>
        sampleValue(column, facts, model, bounds, index),
      ).filter((value): value is string | number => fitsFacets(value as string, bounds));
    const usual = listed.length > 0 ? listed : within(limits, ENOUGH);
    const unmet = own.bounds.filter((bounds) => !usual.some((value) => fitsFacets(value, bounds)));
    const isEnough = listed.length > 0 || usual.every(fitsAll(own.bounds));
    if (unmet.length === 0 && isEnough) return listed;
    const common = own.bounds.map(facets).reduce(both, facets(limits));
    const shared = common.kind === 'facets' ? within(common.facets, ENOUGH) : [];
    if (shared.length > 0) return [...new Set([...listed, ...shared])];
    const each = unmet.flatMap((bounds) => {
      const one = both(facets(limits), facets(bounds));
      return one.kind === 'facets' ? within(one.facets, FEW) : [];
    });
    if (each.length === 0) return listed;
    return [...new Set([...(listed.length > 0 ? listed : usual.slice(0, FEW)), ...each])];
  }
}

const fitsAll =
  (bounds: readonly CheckFacets[]) =>
  (value: string | number): boolean =>
    bounds.every((one) => fitsFacets(value, one));

/** Whole numbers of 64 bits are texts in the rows, those of 32 are none. */
function asKind(value: string | number, kind: string): string | number {
  return kind === 'integer' && /^-?\d+$/.test(String(value)) ? Number(value) : String(value);
}
