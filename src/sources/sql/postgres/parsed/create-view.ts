import type { CreateTableAsStmt, Node, RangeVar, ViewStmt } from 'libpg-query';
import type { Origin } from '../../../../diagnostics/diagnostic.js';
import { OTHER } from '../or-other.js';
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
    ...(kind !== 'r' && { shows: shown(shows) }),
  }));
  if (known) Object.assign(known, { columns: made, reads });
  else catalogue.relations.set(key, { ...relation, columns: made, reads });
}

type Shown = NonNullable<Column['shows']>;

/** Each once. */
function shown(sources: readonly Source[]): Shown {
  const found = sources.map((one) => {
    if (one === OTHER) return [OTHER, OTHER] as const;
    const column = columnOf(one.relation, one.column);
    return [column, { relation: one.relation, column }] as const;
  });
  return [...new Map<unknown, Shown[number]>(found).values()];
}
