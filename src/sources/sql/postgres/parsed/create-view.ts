import type { CreateTableAsStmt, Node, RangeVar, ViewStmt } from 'libpg-query';
import type { Origin } from '../../../../diagnostics/diagnostic.js';
import type { Catalogue, Column, Relation } from './catalogue.js';
import { keyOf } from './catalogue.js';
import { newColumn } from './columns.js';
import { newRelation } from './create-table.js';
import { columnOf, stringsOf } from './names.js';
import { QUERY_BUDGET, queryColumns, renamed } from './query-columns.js';
import type { Source } from './query-columns.js';
import { UNSAID } from './type-use.js';
import { Refused, there } from './refused.js';

export function createView(catalogue: Catalogue, statement: ViewStmt, origin: Origin): void {
  const { view = {}, query, aliases, replace } = statement;
  makeFrom(
    catalogue,
    { range: view, query, names: stringsOf(aliases), kind: 'v', replace: replace ?? false },
    origin,
  );
}

/** A materialized view, or a table that is made of a query. */
export function createTableAs(
  catalogue: Catalogue,
  statement: CreateTableAsStmt,
  origin: Origin,
): void {
  const { into, query, objtype, if_not_exists } = statement;
  const range = into?.rel ?? {};
  const kind = objtype === 'OBJECT_MATVIEW' ? 'm' : 'r';
  const key = keyOf(newRelation(catalogue, range, kind, origin).schema, range.relname ?? '');
  if (if_not_exists && catalogue.relations.has(key)) return;
  makeFrom(
    catalogue,
    { range, query, names: stringsOf(into?.colNames), kind, replace: false },
    origin,
  );
}

type Made = {
  range: RangeVar;
  query: Node | undefined;
  names: string[];
  kind: 'v' | 'm' | 'r';
  replace: boolean;
};

function makeFrom(
  catalogue: Catalogue,
  { range, query, names, kind, replace }: Made,
  origin: Origin,
): void {
  const relation = newRelation(catalogue, range, kind, origin);
  const key = keyOf(relation.schema, relation.name);
  const known = catalogue.relations.get(key);
  if (known && !(replace && known.kind === 'v')) throw there(`relation "${relation.name}"`);
  if (!query || !('SelectStmt' in query))
    throw new Refused('only what is made of a SELECT is read');
  const reads = new Set<Relation>();
  const columns = renamed(
    queryColumns(query.SelectStmt, {
      catalogue,
      named: new Map(),
      outer: [],
      budget: { left: QUERY_BUDGET },
      // A table keeps nothing of the query that filled it.
      onRelation: (one) => kind !== 'r' && reads.add(one),
    }),
    names,
  );
  const unsaid = columns.filter(({ type }) => type === undefined).map(({ name }) => name);
  if (unsaid.length > 0 && (kind === 'r' || unsaid.length === columns.length)) {
    throw new Refused(`the type of ${unsaid.join(', ')} is not known without a database`);
  }
  const made = columns.map(({ name, type, shows = [] }) => ({
    ...newColumn(name, type ?? UNSAID),
    ...(kind !== 'r' && shown(shows)),
  }));
  if (known) Object.assign(known, { columns: made, reads });
  else catalogue.relations.set(key, { ...relation, columns: made, reads });
}

function shown(sources: readonly Source[]): Pick<Column, 'shows' | 'showsOther'> {
  const relations = new Map(
    sources.flatMap((one) =>
      one === 'other' ? [] : [[columnOf(one.relation, one.column), one.relation] as const],
    ),
  );
  const shows = [...relations].map(([column, relation]) => ({ relation, column }));
  return { shows, ...(sources.includes('other') && { showsOther: true }) };
}
