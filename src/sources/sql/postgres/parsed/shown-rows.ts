import type { ShownRow } from '../view-columns.js';
import type { Relation } from './catalogue.js';

/** What the columns of views show, as the rewrite rules of a database say it. */
export function shownRows(relations: readonly Relation[]): ShownRow[] {
  return relations.flatMap((relation) =>
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
}
