import type { ShownRow } from '../view-columns.js';
import type { Relation } from './catalogue.js';

/** What the columns of views show, as the rewrite rules of a database say it. */
export function shownRows(relations: readonly Relation[]): ShownRow[] {
  const rows = relations.flatMap((relation) =>
    relation.columns.flatMap(({ name, shows = [] }) =>
      shows.map((one) => ({
        schema: relation.schema,
        view: relation.name,
        column: name,
        from_schema: one.relation.schema,
        from_table: one.relation.name,
        from_column: one.column.name,
      })),
    ),
  );
  const key = (row: ShownRow): string => Object.values(row).join('\\0');
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
