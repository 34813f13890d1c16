import type { Alias, JoinExpr, Node, RangeFunction, RangeVar } from 'libpg-query';
import { callType } from './call-type.js';
import type { Relation } from './catalogue.js';
import { commonType } from './common-type.js';
import { expressionType } from './expression-type.js';
import { relationOf, stringsOf } from './names.js';
import { orOther } from '../or-other.js';
import { queryColumns, renamed } from './query-columns.js';
import type { QueryColumn, QueryScope } from './query-columns.js';
import { typeUse, UNSAID } from './type-use.js';
import { Refused } from './refused.js';

/** One thing of FROM. Joined by USING it lends its columns to the join, whose name is empty. */
export type FromTable = {
  alias: string;
  columns: QueryColumn[];
  joined?: true;
  /** What a row of it is, where it has a name. */
  row?: Relation;
};

/** All that names of a query can mean, joins before what they join. Throws a Refused where a relation is missing. */
export function fromTables(nodes: readonly Node[], scope: QueryScope): FromTable[] {
  const tables: FromTable[] = [];
  for (const node of nodes)
    tables.push(...fromItem(node, { ...scope, outer: [tables, ...scope.outer] }));
  return tables;
}

/** What `*` or `table.*` stands for. */
export function starColumns(
  tables: readonly FromTable[],
  table: string | undefined,
): QueryColumn[] {
  if (table !== undefined) return tables.find(({ alias }) => alias === table)?.columns ?? [];
  return tables.filter(({ joined }) => !joined).flatMap(({ columns }) => columns);
}

function fromItem(node: Node, scope: QueryScope): FromTable[] {
  if ('RangeVar' in node) return [readTable(node.RangeVar, scope)];
  if ('RangeSubselect' in node) {
    const { subquery, alias } = node.RangeSubselect;
    const columns =
      subquery && 'SelectStmt' in subquery ? queryColumns(subquery.SelectStmt, scope) : [];
    return [named(alias, '', columns)];
  }
  if ('JoinExpr' in node) return joinTables(node.JoinExpr, scope);
  if ('RangeFunction' in node) return [functionTable(node.RangeFunction, scope)];
  throw new Refused('a part of FROM is not understood');
}

function named(alias: Alias | undefined, name: string, columns: QueryColumn[]): FromTable {
  return { alias: alias?.aliasname ?? name, columns: renamed(columns, stringsOf(alias?.colnames)) };
}

function readTable(
  range: RangeVar,
  { named: queries, catalogue, onRelation }: QueryScope,
): FromTable {
  const name = range.relname ?? '';
  const query = range.schemaname ? undefined : queries.get(name);
  if (query) return named(range.alias, name, query);
  const relation = relationOf(catalogue, range);
  onRelation(relation);
  const columns = relation.columns.map((column) => ({
    name: column.name,
    type: column.type.base === UNSAID.base ? undefined : column.type,
    shows: [{ relation, column: column.name }],
  }));
  return { ...named(range.alias, name, columns), row: relation };
}

function joinTables(
  { larg, rarg, usingClause, isNatural, alias, jointype }: JoinExpr,
  scope: QueryScope,
): FromTable[] {
  const left = larg ? fromItem(larg, scope) : [];
  const right = rarg ? fromItem(rarg, { ...scope, outer: [left, ...scope.outer] }) : [];
  const ofLeft = starColumns(left, undefined);
  const ofRight = starColumns(right, undefined);
  const names = isNatural
    ? ofLeft.map(({ name }) => name).filter((name) => ofRight.some((one) => one.name === name))
    : stringsOf(usingClause);
  if (names.length === 0 && !alias) return [...left, ...right];
  const one = (columns: QueryColumn[], name: string): QueryColumn | undefined =>
    columns.find((column) => column.name === name);
  const isOther = ({ name }: QueryColumn): boolean => !names.includes(name);
  const columns = [
    ...names.map((name) => ({
      name,
      type: commonType([one(ofLeft, name)?.type, one(ofRight, name)?.type]),
      // As PostgreSQL has it: that of the side whose rows are all there.
      shows: shownByJoin(jointype, one(ofLeft, name)?.shows, one(ofRight, name)?.shows),
    })),
    ...ofLeft.filter(isOther),
    ...ofRight.filter(isOther),
  ];
  const parts = [...left, ...right].map((table) => ({ ...table, joined: true as const }));
  return [named(alias, '', columns), ...parts];
}

function shownByJoin(
  kind: JoinExpr['jointype'],
  left: QueryColumn['shows'] = [],
  right: QueryColumn['shows'] = [],
): NonNullable<QueryColumn['shows']> {
  if (kind === 'JOIN_FULL') return [...orOther(left), ...orOther(right)];
  return kind === 'JOIN_RIGHT' ? right : left;
}

/** A function in FROM: the columns that it declares, or one of its name. */
function functionTable(
  { functions = [], alias, coldeflist = [], ordinality }: RangeFunction,
  scope: QueryScope,
): FromTable {
  const [first] = functions;
  const call = first && 'List' in first ? first.List.items?.[0] : undefined;
  if (ordinality || functions.length !== 1 || !call || !('FuncCall' in call)) {
    throw new Refused('a function in FROM is not understood');
  }
  const declared = coldeflist.flatMap((node) =>
    'ColumnDef' in node
      ? [
          {
            name: node.ColumnDef.colname ?? '',
            type: typeUse(scope.catalogue, node.ColumnDef.typeName ?? {}),
          },
        ]
      : [],
  );
  const name = stringsOf(call.FuncCall.funcname).at(-1) ?? '';
  if (declared.length > 0) return named(alias, name, declared);
  const own = scope.catalogue.routines.find((routine) => routine.name === name);
  const outs =
    own?.parameters.filter(({ mode }) => mode === 't' || mode === 'o' || mode === 'b') ?? [];
  if (outs.length > 0) {
    return named(
      alias,
      name,
      outs.map((one) => ({ name: one.name ?? '', type: one.type })),
    );
  }
  const returns = own?.returns;
  if (returns && typeof returns.base !== 'string' && 'parents' in returns.base)
    return named(
      alias,
      name,
      returns.base.columns.map((column) => ({ name: column.name, type: column.type })),
    );
  const types = (call.FuncCall.args ?? []).map((arg) =>
    expressionType(arg, {
      catalogue: scope.catalogue,
      column: (parts) =>
        scope.outer
          .flat()
          .flatMap(({ columns }) => columns)
          .find((column) => column.name === parts.at(-1))?.type,
      query: (select) => queryColumns(select, scope).map(({ type }) => type),
    }),
  );
  const type = own ? returns : callType(call.FuncCall, scope.catalogue, types);
  // The name of the table is that of its one column.
  return named(alias, name, [{ name: alias?.aliasname ?? name, type }]);
}
