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

/** The tables with the columns of tables that their columns show, through other views. */
export function withShown(tables: TableModel[], rows: readonly ShownRow[]): TableModel[] {
  const known = new Map<string, ShownRow[]>();
  for (const row of rows) {
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
      return known.has(key) ? { ...column, shows: [...basesOf(key).values()] } : column;
    }),
  }));
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
