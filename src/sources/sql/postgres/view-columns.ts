import type { ColumnModel, TableModel } from '../model.js';
import { OTHER, ruleColumns } from './rule-columns.js';

/** A column of a view, and one of a table or another view that it shows; of `NO_COLUMN` where it is something else, too. */
export type ShownRow = {
  schema: string;
  view: string;
  column: string;
  from_schema: string;
  from_table: string;
  from_column: string;
};

export const NO_COLUMN = { from_schema: '', from_table: '', from_column: '' };

/** The rules of views, by which `ruleColumns` knows what their columns show. */
export const RULES_QUERY = `SELECT c.oid::text AS view, w.ev_action::text AS rule
  FROM pg_catalog.pg_rewrite w
  JOIN pg_catalog.pg_class c ON c.oid = w.ev_class AND c.relkind IN ('v', 'm')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE w.ev_type = '1' AND n.nspname NOT IN ('pg_catalog', 'information_schema')`;

/** Relations with the names of all columns that they ever had: their numbers count from 1. */
export const NAMES_QUERY = `SELECT c.oid::text AS relation, n.nspname AS schema, c.relname AS name,
  (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')`;

export type RuleRow = { view: string; rule: string };
export type NamesRow = {
  relation: string;
  schema: string;
  name: string;
  columns: string[] | null;
};

/** What the columns of views show, by name. */
export function shownByRules(rules: readonly RuleRow[], names: readonly NamesRow[]): ShownRow[] {
  const relations = new Map(names.map((row) => [row.relation, row]));
  return rules.flatMap(({ view, rule }) => {
    const own = relations.get(view);
    if (!own) return [];
    return [...ruleColumns(rule)].flatMap(([number, shown]) =>
      shown.flatMap((one): ShownRow[] => {
        const column = own.columns?.[number - 1];
        if (column !== undefined && one === OTHER) {
          return [{ schema: own.schema, view: own.name, column, ...NO_COLUMN }];
        }
        const from = relations.get(one.relation);
        const source = from?.columns?.[one.number - 1];
        if (column === undefined || !from || source === undefined) return [];
        return [
          {
            ...{ schema: own.schema, view: own.name, column },
            ...{ from_schema: from.schema, from_table: from.name, from_column: source },
          },
        ];
      }),
    );
  });
}

type Shown = NonNullable<ColumnModel['shows']>;

/** The tables with the columns of tables that their columns show, through other views. */
export function withShown(tables: TableModel[], rows: readonly ShownRow[]): TableModel[] {
  const known = new Map<string, ShownRow[]>();
  for (const row of sorted(rows)) {
    const key = keyOf(row.schema, row.view, row.column);
    const found = known.get(key);
    if (found) found.push(row);
    else known.set(key, [row]);
  }
  const basesOf = followed(known);
  return tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const key = keyOf(table.schema ?? '', table.name, column.name);
      if (!known.has(key)) return column;
      const all = [...basesOf(key).values()];
      const shows = all.filter(({ table: base }) => base !== NO_COLUMN.from_table);
      const isOther = shows.length < all.length;
      if (isOther && shows.length === 0) return column;
      return { ...column, shows, ...(isOther && { showsOther: true as const }) };
    }),
  }));
}

/** The same order whoever gives them. */
function sorted(rows: readonly ShownRow[]): ShownRow[] {
  const keyed = rows.map((row) => ({ row, key: Object.values(row).join('\0') }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
}

type Bases = Map<string, Shown[number]>;

/**
 * What a column shows in the end, each once, however many views lie between and however often they read each other: every
 * column on the way is followed a single time.
 */
function followed(known: ReadonlyMap<string, ShownRow[]>): (key: string) => Bases {
  const done = new Map<string, Bases>();
  const basesAt = (row: ShownRow): Bases => {
    const key = keyOf(row.from_schema, row.from_table, row.from_column);
    // One that is still being followed is over itself.
    if (known.has(key)) return done.get(key) ?? new Map();
    const { from_schema: schema, from_table: table, from_column: column } = row;
    return new Map([[key, { schema, table, column }]]);
  };
  return (start) => {
    const open = new Set<string>();
    const stack = [start];
    for (let key = stack.at(-1); key !== undefined; key = stack.at(-1)) {
      const rows = known.get(key) ?? [];
      const next = rows
        .map((row) => keyOf(row.from_schema, row.from_table, row.from_column))
        .filter((one) => known.has(one) && !done.has(one) && !open.has(one));
      if (next.length > 0 && !open.has(key)) stack.push(...new Set(next));
      else {
        stack.pop();
        if (!done.has(key)) done.set(key, new Map(rows.flatMap((row) => [...basesAt(row)])));
      }
      open.add(key);
    }
    return done.get(start) ?? new Map();
  };
}

function keyOf(...names: string[]): string {
  return JSON.stringify(names);
}
