import type { TableModel } from '../model.js';
import { OTHER, type OrOther } from './or-other.js';
import { ruleColumns } from './rule-columns.js';

type ShownColumn = { schema: string; table: string; column: string };

/** A column of a view, and one of a table or another view that it shows. */
export type ShownRow = { of: ShownColumn; from: OrOther<ShownColumn> };

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
        if (column === undefined) return [];
        const of = { schema: own.schema, table: own.name, column };
        if (one === OTHER) return [{ of, from: OTHER }];
        const from = relations.get(one.relation);
        const source = from?.columns?.[one.number - 1];
        if (!from || source === undefined) return [];
        return [{ of, from: { schema: from.schema, table: from.name, column: source } }];
      }),
    );
  });
}

/** The tables with the columns of tables that their columns show, through other views. */
export function withShown(tables: TableModel[], rows: readonly ShownRow[]): TableModel[] {
  const known = new Map<string, ShownRow[]>();
  for (const row of sorted(rows)) {
    const key = keyOf(row.of);
    const found = known.get(key);
    if (found) found.push(row);
    else known.set(key, [row]);
  }
  const basesOf = followed(known);
  return tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const of = { schema: table.schema ?? '', table: table.name, column: column.name };
      const key = keyOf(of);
      if (!known.has(key)) return column;
      const all = [...basesOf(key).values()];
      const shows = all.filter((one) => one !== OTHER);
      const showsOther = shows.length < all.length;
      if (showsOther && shows.length === 0) return column;
      return { ...column, shows, ...(showsOther && { showsOther }) };
    }),
  }));
}

/** The same order whoever gives them. */
function sorted(rows: readonly ShownRow[]): ShownRow[] {
  const keyed = rows.map((row) => ({ row, key: [row.of, row.from].map(keyOf).join('\0') }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row);
}

type Bases = Map<string, OrOther<ShownColumn>>;

/**
 * What a column shows in the end, each once, however many views lie between and however often they read each other: every
 * column on the way is followed a single time.
 */
function followed(known: ReadonlyMap<string, ShownRow[]>): (key: string) => Bases {
  const done = new Map<string, Bases>();
  const basesAt = (row: ShownRow): Bases => {
    const key = keyOf(row.from);
    // One that is still being followed is over itself.
    if (known.has(key)) return done.get(key) ?? new Map();
    return new Map([[key, row.from]]);
  };
  return (start) => {
    const open = new Set<string>();
    const stack = [start];
    for (let key = stack.at(-1); key !== undefined; key = stack.at(-1)) {
      const rows = known.get(key) ?? [];
      const next = rows
        .map((row) => keyOf(row.from))
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

function keyOf(one: OrOther<ShownColumn>): string {
  return one === OTHER ? OTHER : [one.schema, one.table, one.column].join('\0');
}
