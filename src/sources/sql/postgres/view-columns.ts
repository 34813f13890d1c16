import type { ColumnModel, TableModel } from '../model.js';

/** A column of a view, and one of a table or another view that it shows. */
export type ShownRow = {
  schema: string;
  view: string;
  column: string;
  from_schema: string;
  from_table: string;
  from_column: string;
};

/**
 * What the columns of views show as it is, as the rewrite rules of PostgreSQL say it of their result (the fields resorigtbl and
 * resorigcol of a TargetEntry, in parsenodes.h). Also of the queries within: a column counts where it has the name of the
 * view's at the same place, and by its place alone in a UNION.
 */
export const SHOWN_QUERY = `SELECT n.nspname AS schema, c.relname AS view, a.attname AS column,
  fn.nspname AS from_schema, f.relname AS from_table, fa.attname AS from_column
  FROM pg_catalog.pg_rewrite w
  JOIN pg_catalog.pg_class c ON c.oid = w.ev_class AND c.relkind IN ('v', 'm')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL regexp_matches(w.ev_action::text,
    ':resno (\\d+) :resname ((?:\\\\.|[^ \\\\])+) :ressortgroupref \\d+ :resorigtbl (\\d+) :resorigcol (\\d+) :resjunk false', 'g') m
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = m[1]::int
  JOIN pg_catalog.pg_attribute fa ON fa.attrelid = m[3]::oid AND fa.attnum = m[4]::int
  JOIN pg_catalog.pg_class f ON f.oid = fa.attrelid
  JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
  WHERE w.ev_type = '1' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND (replace(m[2], E'\\\\', '') = a.attname OR w.ev_action::text LIKE '%:setOperations {%')
  ORDER BY 1, 2, 3, 4, 5, 6`;

type Shown = NonNullable<ColumnModel['shows']>;

/** Views over views: more than anybody writes, and an end for those that are over themselves. */
const MAX_DEPTH = 20;

/** The tables with the columns of tables that their columns show, through other views. */
export function withShown(tables: TableModel[], rows: readonly ShownRow[]): TableModel[] {
  const known = new Map<string, ShownRow[]>();
  for (const row of rows) {
    const key = keyOf(row.schema, row.view, row.column);
    known.set(key, [...(known.get(key) ?? []), row]);
  }
  const follow = (schema: string, table: string, column: string, depth: number): Shown => {
    const found = known.get(keyOf(schema, table, column));
    if (found === undefined || depth > MAX_DEPTH) return [{ schema, table, column }];
    return found.flatMap((row) =>
      follow(row.from_schema, row.from_table, row.from_column, depth + 1),
    );
  };
  return tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const { schema = '', name } = table;
      if (!known.has(keyOf(schema, name, column.name))) return column;
      const shows = follow(schema, name, column.name, 0).map((one) => [JSON.stringify(one), one]);
      return { ...column, shows: [...new Map(shows as [string, Shown[number]][]).values()] };
    }),
  }));
}

function keyOf(...names: string[]): string {
  return JSON.stringify(names);
}
