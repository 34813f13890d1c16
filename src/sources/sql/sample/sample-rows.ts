import type { SqlDatabase } from '../../../blueprint/database.js';
import type { TableModel } from '../model.js';
import { facetsOf } from '../tools/column-schema.js';
import { sampleValue } from './sample-value.js';

/** Rows in each table: enough for pages, order and relations to be seen. */
export const SAMPLE_ROWS = 3;

export type SampleTable = {
  /** As callers name it. */
  table: string;
  /** By the names of callers; masked columns too. */
  values: Record<string, unknown>[];
};

/** A foreign key between exposed tables, by the names of callers. */
export type SampleLink = { columns: string[]; target: string; targetColumns: string[] };

/**
 * Made-up rows for every table, parents before children, so that every foreign key finds its row: row n of a table refers to
 * row n of the other one. One row more than is stored is made for each: the example of what to create.
 */
export function sampleRows(
  database: SqlDatabase,
  models: ReadonlyMap<string, TableModel>,
): {
  tables: SampleTable[];
  spare: Map<string, Record<string, unknown>>;
  links: Map<string, SampleLink[]>;
} {
  const links = new Map(
    Object.keys(database.tables).map((name) => [name, linksOf(name, database, models)] as const),
  );
  const order = parentsFirst([...links.keys()], links);
  const made = new Map<string, Record<string, unknown>[]>();
  for (const name of order) {
    const rows = Array.from({ length: SAMPLE_ROWS + 1 }, (_, index) =>
      sampleRow(name, index, { database, models, links, made }),
    );
    made.set(name, rows);
  }
  return {
    tables: order.map((table) => ({ table, values: made.get(table)!.slice(0, SAMPLE_ROWS) })),
    spare: new Map(order.map((table) => [table, made.get(table)![SAMPLE_ROWS]!])),
    links,
  };
}

type Making = {
  database: SqlDatabase;
  models: ReadonlyMap<string, TableModel>;
  links: ReadonlyMap<string, SampleLink[]>;
  made: ReadonlyMap<string, Record<string, unknown>[]>;
};

function sampleRow(
  name: string,
  index: number,
  { database, models, links, made }: Making,
): Record<string, unknown> {
  const table = database.tables[name]!;
  const model = models.get(name)!;
  const row: Record<string, unknown> = {};
  for (const [column, facts] of Object.entries(table.columns)) {
    const found = model.columns.find((candidate) => candidate.name === (facts.name ?? column))!;
    if (found.generated) continue;
    const facets = facetsOf(model, found.name, database.dialect);
    row[column] = sampleValue(column, facts, found, facets, index);
  }
  for (const { columns, target, targetColumns } of links.get(name) ?? []) {
    const parents = target === name ? undefined : made.get(target);
    // The spare row is not stored, so nothing refers to it.
    const parent = parents?.[index % SAMPLE_ROWS];
    columns.forEach((column, position) => {
      const key = targetColumns[position]!;
      if (parent) row[column] = parent[key];
      else if (table.columns[column]?.nullable) row[column] = null;
      else row[column] = target === name ? row[key] : row[column];
    });
  }
  return row;
}

function linksOf(
  name: string,
  { tables }: SqlDatabase,
  models: ReadonlyMap<string, TableModel>,
): SampleLink[] {
  const model = models.get(name)!;
  return model.foreignKeys.flatMap(({ columns, references }): SampleLink[] => {
    const target = [...models].find(
      ([, other]) =>
        other.name === references.table && other.schema === (references.schema ?? model.schema),
    )?.[0];
    if (target === undefined) return [];
    const own = columns.map((column) => callerName(tables[name]!, column));
    const other = references.columns.map((column) => callerName(tables[target]!, column));
    if (own.includes(undefined) || other.includes(undefined)) return [];
    return [{ columns: own as string[], target, targetColumns: other as string[] }];
  });
}

function callerName(
  { columns }: SqlDatabase['tables'][string],
  column: string,
): string | undefined {
  return Object.entries(columns).find(([name, facts]) => (facts.name ?? name) === column)?.[0];
}

/** Tables that others refer to come first; in a circle the order of the schema decides. */
export function parentsFirst(
  names: readonly string[],
  links: ReadonlyMap<string, readonly SampleLink[]>,
): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const start of names) {
    const stack = [start];
    while (stack.length > 0) {
      const name = stack.at(-1)!;
      const next = (links.get(name) ?? [])
        .map(({ target }) => target)
        .find((target) => target !== name && !state.has(target));
      if (state.get(name) === undefined) state.set(name, 'open');
      if (next !== undefined) {
        stack.push(next);
        continue;
      }
      stack.pop();
      if (state.get(name) !== 'done') order.push(name);
      state.set(name, 'done');
    }
  }
  return order;
}
