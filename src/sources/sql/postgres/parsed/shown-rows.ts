import { NO_COLUMN, type ShownRow } from '../view-columns.js';
import type { Relation } from './catalogue.js';

/** What the columns of views show, as the rewrite rules of a database say it. */
export function shownRows(relations: readonly Relation[]): ShownRow[] {
  return relations.flatMap((relation) =>
    relation.columns.flatMap(({ name, shows = [], showsOther }) => {
      const column = { schema: relation.schema, view: relation.name, column: name };
      return [
        ...shows.map((one) => ({
          ...column,
          from_schema: one.relation.schema,
          from_table: one.relation.name,
          from_column: one.column.name,
        })),
        ...(showsOther ? [{ ...column, ...NO_COLUMN }] : []),
      ];
    }),
  );
}
