import { OTHER } from '../or-other.js';
import type { ShownRow } from '../view-columns.js';
import type { Relation } from './catalogue.js';

/** What the columns of views show, as the rewrite rules of a database say it. */
export function shownRows(relations: readonly Relation[]): ShownRow[] {
  return relations.flatMap((relation) =>
    relation.columns.flatMap(({ name, shows = [] }) =>
      shows.map((one) => ({
        of: named(relation, name),
        from: one === OTHER ? OTHER : named(one.relation, one.column.name),
      })),
    ),
  );
}

function named({ schema, name }: Relation, column: string) {
  return { schema, table: name, column };
}
