import type { SqlColumn, SqlDatabase } from '../../../blueprint/database.js';
import type { ColumnModel, TableModel } from '../model.js';
import { facetsOf } from '../read-checks/column-facets.js';
import type { CheckFacets } from '../read-checks/facets.js';
import { columnBounds, type ColumnBounds } from './column-bounds.js';
import { fitsFacets } from './fits-facets.js';
import { callerNames, parentsFirst, type SampleLink } from './sample-links.js';
import { sampleValue } from './sample-value.js';
import { fixedValues, wantedValues, type FixedValues } from './wanted-values.js';

/** Most rows in each table: enough for pages, order and relations to be seen. */
const SAMPLE_ROWS = 3;
/** There are more where those that refer to a table need more values of it. */
const MOST_ROWS = 10;

export type SampleRow = Record<string, unknown>;

export type SampleTable = {
  /** As callers name it. */
  table: string;
  /** By the names of callers; masked columns too. */
  values: SampleRow[];
};

/**
 * Made-up rows for every table, parents before children, so that every foreign key finds its row: row n of a table refers to
 * row n of the other one. There are fewer where a key has fewer values. A `spare` row is not stored: the example of what to
 * create.
 */
export function sampleRows(
  database: SqlDatabase,
  models: ReadonlyMap<string, TableModel>,
  links: ReadonlyMap<string, SampleLink[]>,
): { tables: SampleTable[]; spare: Map<string, SampleRow> } {
  const order = parentsFirst(sampledTables(database), links);
  const fixed = fixedValues(database, models);
  const wanted = wantedValues(order, database, models, fixed, links);
  const boundsOf = columnBounds(database, models);
  const stored = new Map<string, SampleRow[]>();
  const spare = new Map<string, SampleRow>();
  for (const name of order) {
    const keys = keysOf(name, database, models);
    const own = { links: links.get(name) ?? [], keys };
    const makeRow = rowMaker(name, { database, models, ...own, stored, fixed, wanted, boundsOf });
    const counts = [...(wanted.get(name)?.values() ?? [])].map(({ length }) => length);
    const most = Math.min(Math.max(SAMPLE_ROWS, ...counts), MOST_ROWS);
    const rows = Array.from({ length: most + 1 }, (_, index) => makeRow(index));
    const distinct = rows.slice(0, firstRepeat(rows, keys));
    // Where nothing else is left, the example takes the place of the last one.
    const last = distinct.length > 1 ? distinct.pop() : undefined;
    stored.set(name, distinct);
    if (last) spare.set(name, last);
  }
  return { tables: order.map((table) => ({ table, values: stored.get(table)! })), spare };
}

/** SQLite has no two tables whose names differ by their case alone, and no schemas; without the others. */
export function sampledTables({ tables, dialect }: SqlDatabase): string[] {
  const names = Object.keys(tables);
  if (dialect === 'postgres') return names;
  const first = new Map(
    [...names].reverse().map((name) => [tables[name]!.name.toLowerCase(), name]),
  );
  return names.filter((name) => first.get(tables[name]!.name.toLowerCase()) === name);
}

type Making = {
  database: SqlDatabase;
  models: ReadonlyMap<string, TableModel>;
  links: readonly SampleLink[];
  keys: readonly string[][];
  /** Rows of the tables that came before. */
  stored: ReadonlyMap<string, readonly SampleRow[]>;
  fixed: FixedValues;
  wanted: FixedValues;
  boundsOf: ColumnBounds;
};

function rowMaker(
  name: string,
  { database, models, links, keys, stored, fixed, wanted, boundsOf }: Making,
): (index: number) => SampleRow {
  const table = database.tables[name]!;
  const columns = columnsOf(table, models.get(name)!, database.dialect);
  const numbers = parentNumbers(name, { links, stored, fixed, boundsOf });
  const valueOf = ({ column, facts, model, facets }: SampleColumn, index: number): unknown => {
    const values = wanted.get(name)?.get(column);
    if (values === undefined) return sampleValue(column, facts, model, facets, index);
    const isKey = keys.some((key) => key.length === 1 && key[0] === column);
    if (!isKey) return values[index % values.length];
    const all = [...new Set([...values, ...(fixed.get(name)?.get(column) ?? [])])];
    if (fixed.get(name)?.has(column)) return all[index % all.length];
    return values[index] ?? sampleValue(column, facts, model, facets, index);
  };
  return (index) => {
    const row: SampleRow = Object.fromEntries(
      columns.map((column) => [column.column, valueOf(column, index)]),
    );
    const number = numbers[index % numbers.length];
    for (const { columns: own, target, targetColumns } of links) {
      const parent = target === name ? undefined : stored.get(target)?.[number ?? index];
      own.forEach((column, position) => {
        const key = targetColumns[position]!;
        if (parent) row[column] = parent[key];
        else if (table.columns[column]?.nullable) row[column] = null;
        else if (target === name) row[column] = row[key];
      });
    }
    return row;
  };
}

/**
 * Which rows of its parents a table may refer to. All parents are those of one number, or columns that two foreign keys share
 * would have to be two things; without those whose keys the table itself does not allow.
 */
function parentNumbers(
  name: string,
  { links, stored, fixed, boundsOf }: Pick<Making, 'links' | 'stored' | 'fixed' | 'boundsOf'>,
): number[] {
  const parents = links.filter(({ target }) => target !== name && stored.has(target));
  if (parents.length === 0) return [];
  const most = Math.min(...parents.map(({ target }) => stored.get(target)!.length));
  const all = Array.from({ length: most }, (_, index) => index);
  const fitting = all.filter((number) =>
    parents.every(({ columns, target, targetColumns }) =>
      columns.every((column, position) => {
        const value = stored.get(target)![number]![targetColumns[position]!];
        if (value === null || value === undefined) return true;
        const allowed = fixed.get(name)?.get(column);
        if (allowed) return allowed.some((one) => String(one) === String(value));
        return fitsFacets(value as string | number, boundsOf(name, column));
      }),
    ),
  );
  return fitting.length > 0 ? fitting : all;
}

type SampleColumn = { column: string; facts: SqlColumn; model: ColumnModel; facets: CheckFacets };

/** The columns that are given values: the database computes the others. */
function columnsOf(
  { columns }: SqlDatabase['tables'][string],
  table: TableModel,
  dialect: SqlDatabase['dialect'],
): SampleColumn[] {
  const models = new Map(table.columns.map((model) => [model.name, model]));
  return Object.entries(columns).flatMap(([column, facts]) => {
    const model = models.get(facts.name ?? column)!;
    if (model.generated) return [];
    return [{ column, facts, model, facets: facetsOf(table, model.name, dialect) }];
  });
}

/** Columns, by the names of callers, that no two rows have alike. */
function keysOf(
  name: string,
  { tables }: SqlDatabase,
  models: ReadonlyMap<string, TableModel>,
): string[][] {
  const { primaryKey = [], uniques } = models.get(name)!;
  const names = callerNames(tables[name]!);
  return (
    [primaryKey, ...uniques.map(({ columns }) => columns)]
      .filter((key) => key.length > 0 && key.every((column) => names.has(column)))
      .map((key) => key.map((column) => names.get(column)!))
      // Of some keys there is a second index: it is no other key.
      .filter((key, index, all) => index === all.findIndex((one) => String(one) === String(key)))
  );
}

/** How many rows at the beginning have all keys for themselves; upper and lower case are one, as in many collations. */
function firstRepeat(rows: readonly SampleRow[], keys: readonly string[][]): number {
  const seen = new Set<string>();
  const index = rows.findIndex((row) =>
    keys.some((key) => {
      const values = key.map((column) => row[column]);
      if (values.some((value) => value === null || value === undefined)) return false;
      const text = JSON.stringify([key, values]).toLowerCase();
      const isTaken = seen.has(text);
      seen.add(text);
      return isTaken;
    }),
  );
  return index < 0 ? rows.length : index;
}
