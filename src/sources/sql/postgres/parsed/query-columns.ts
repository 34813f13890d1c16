import type { CommonTableExpr, Node, SelectStmt } from 'libpg-query';
import { orOther, type OrOther } from '../or-other.js';
import type { Catalogue, Relation, TypeUse } from './catalogue.js';
import { commonType, untyped } from './common-type.js';
import { expressionType } from './expression-type.js';
import type { TypeScope } from './expression-type.js';
import { fromTables, starColumns } from './from-tables.js';
import type { FromTable } from './from-tables.js';
import { stringsOf } from './names.js';
import { builtin } from './type-use.js';
import { Refused } from './refused.js';

/** A column of a query; `type` is undefined where nobody says it. */
export type QueryColumn = {
  name: string;
  type: TypeUse | undefined;
  /** The columns of relations that it shows as they are. */
  shows?: Source[];
};

export type Source = OrOther<{ relation: Relation; column: string }>;

export type QueryScope = {
  catalogue: Catalogue;
  /** WITH queries by name. */
  named: ReadonlyMap<string, QueryColumn[]>;
  /** Tables around a query within a query, from the inside. */
  outer: readonly FromTable[][];
  /** Told of every relation that is read. */
  onRelation: (relation: Relation) => void;
  /** Queries and columns that are still looked at: one that stands in itself again and again has more than anybody counts. */
  budget: { left: number };
};

/** Of one statement. */
export const QUERY_BUDGET = 200_000;
/** Columns of one query (MaxTupleAttributeNumber of PostgreSQL). */
const MAX_COLUMNS = 1_664;

/** The columns of a query, as a view of it has them. Throws a Refused where a relation is not there (yet). */
export function queryColumns(select: SelectStmt, scope: QueryScope): QueryColumn[] {
  return openColumns(select, scope).map((column) => ({ ...column, type: settled(column.type) }));
}

/** With bare strings and nulls that may still take the type of the other side of a UNION. */
function openColumns(select: SelectStmt, scope: QueryScope): QueryColumn[] {
  scope.catalogue.clock.check();
  const columns = readColumns(select, scope);
  if (columns.length > MAX_COLUMNS) throw new Refused('it has more columns than a query can');
  scope.budget.left -= 1 + columns.length;
  if (scope.budget.left < 0) throw new Refused('its queries are too many');
  return columns;
}

function readColumns(select: SelectStmt, scope: QueryScope): QueryColumn[] {
  const inner = withNamed(select, scope);
  if (select.op && select.op !== 'SETOP_NONE' && select.larg && select.rarg) {
    const left = openColumns(select.larg, inner);
    const right = openColumns(select.rarg, inner);
    return left.map(({ name, type, shows }, at) => ({
      name,
      type: commonType([type, right[at]?.type]),
      shows: [...orOther(shows), ...orOther(right[at]?.shows)],
    }));
  }
  if (select.valuesLists) return valueColumns(select.valuesLists, inner);
  const tables = fromTables(select.fromClause ?? [], inner);
  const types = typeScope(inner, tables);
  return (select.targetList ?? []).flatMap((node) => {
    if (!('ResTarget' in node) || !node.ResTarget.val) return [];
    const { name, val } = node.ResTarget;
    const star =
      'ColumnRef' in val && (val.ColumnRef.fields ?? []).some((field) => 'A_Star' in field);
    if (star) return starColumns(tables, stringsOf(val.ColumnRef.fields).at(-1));
    if (
      'A_Indirection' in val &&
      (val.A_Indirection.indirection ?? []).some((step) => 'A_Star' in step)
    ) {
      return fieldsOf(expressionType(val.A_Indirection.arg, types));
    }
    return [
      {
        name: name ?? resultName(val) ?? '?column?',
        type: expressionType(val, types),
        shows: shownBy(val, [tables, ...inner.outer]),
      },
    ];
  });
}

function shownBy(value: Node, levels: readonly FromTable[][]): Source[] {
  if (!('ColumnRef' in value)) return [];
  return columnNamed(stringsOf(value.ColumnRef.fields), levels)?.shows ?? [];
}

/** From the inside out. */
function columnNamed(
  parts: readonly string[],
  levels: readonly FromTable[][],
): QueryColumn | undefined {
  const name = parts.at(-1);
  const table = parts.at(-2);
  for (const level of levels) {
    for (const { alias, columns } of level) {
      if (table !== undefined && alias !== table) continue;
      const found = columns.find((column) => column.name === name);
      if (found) return found;
    }
  }
  return undefined;
}

/** The columns of a row as a value: `(a_function(t)).*`. */
function fieldsOf(type: TypeUse | undefined): QueryColumn[] {
  if (!type || type.array || typeof type.base === 'string' || type.base.columns.length === 0) {
    throw new Refused('the columns of a row are not known without a database');
  }
  return type.base.columns.map(({ name, type: inner }) => ({ name, type: inner }));
}

const settled = (type: TypeUse | undefined): TypeUse | undefined =>
  type && untyped(type) ? builtin('text') : type;

function typeScope(scope: QueryScope, tables: FromTable[]): TypeScope {
  const levels = [tables, ...scope.outer];
  return {
    catalogue: scope.catalogue,
    column: (parts) => {
      const name = parts.at(-1);
      const table = parts.at(-2);
      for (const level of levels) {
        const found = level
          .filter(({ alias }) => table === undefined || alias === table)
          .flatMap(({ columns }) => columns.filter((column) => column.name === name));
        if (found.length > 0) return found[0]?.type;
        const row = table === undefined && level.find(({ alias }) => alias === name)?.row;
        if (row) return { base: row, array: false, modifier: -1 };
      }
      return undefined;
    },
    query: (select) => queryColumns(select, { ...scope, outer: levels }).map(({ type }) => type),
  };
}

function withNamed(select: SelectStmt, scope: QueryScope): QueryScope {
  const { ctes = [], recursive } = select.withClause ?? {};
  if (ctes.length === 0) return scope;
  const named = new Map(scope.named);
  const inner = { ...scope, named };
  for (const node of ctes) {
    if (!('CommonTableExpr' in node)) continue;
    const { CommonTableExpr: one } = node;
    named.set(one.ctename ?? '', namedColumns(one, inner, recursive ?? false));
  }
  return inner;
}

/** A recursive query is known by the part that does not read itself. */
function namedColumns(
  { ctequery, aliascolnames, ctename }: CommonTableExpr,
  scope: QueryScope,
  recursive: boolean,
): QueryColumn[] {
  if (!ctequery || !('SelectStmt' in ctequery)) return [];
  const select = ctequery.SelectStmt;
  const whole = (at: QueryScope): QueryColumn[] =>
    renamed(queryColumns(select, at), stringsOf(aliascolnames));
  if (!recursive || !select.larg) return whole(scope);
  const first = renamed(queryColumns(select.larg, scope), stringsOf(aliascolnames));
  return whole({ ...scope, named: new Map(scope.named).set(ctename ?? '', first) });
}

export function renamed(columns: QueryColumn[], names: readonly string[]): QueryColumn[] {
  return columns.map((column, at) => ({ ...column, name: names[at] ?? column.name }));
}

function valueColumns(lists: readonly Node[], scope: QueryScope): QueryColumn[] {
  const types = typeScope(scope, []);
  const rows = lists.map((node) => ('List' in node ? (node.List.items ?? []) : []));
  return (rows[0] ?? []).map((_, at) => ({
    name: `column${at + 1}`,
    type: commonType(rows.map((row) => expressionType(row[at], types))),
  }));
}

/** The name that PostgreSQL gives to a column that has none. */
function resultName(node: Node | undefined): string | undefined {
  if (!node) return undefined;
  if ('ColumnRef' in node) return stringsOf(node.ColumnRef.fields).at(-1);
  if ('FuncCall' in node) return stringsOf(node.FuncCall.funcname).at(-1);
  if ('TypeCast' in node) {
    const { arg, typeName } = node.TypeCast;
    return resultName(arg) ?? stringsOf(typeName?.names).at(-1);
  }
  if ('CollateClause' in node) return resultName(node.CollateClause.arg);
  if ('CaseExpr' in node) return resultName(node.CaseExpr.defresult) ?? 'case';
  if ('CoalesceExpr' in node) return 'coalesce';
  if ('MinMaxExpr' in node) return node.MinMaxExpr.op === 'IS_GREATEST' ? 'greatest' : 'least';
  if ('A_ArrayExpr' in node) return 'array';
  if ('RowExpr' in node) return 'row';
  if ('GroupingFunc' in node) return 'grouping';
  if ('SQLValueFunction' in node)
    return node.SQLValueFunction.op?.replace(/^SVFOP_|_N$/g, '').toLowerCase();
  if ('A_Expr' in node && node.A_Expr.kind === 'AEXPR_NULLIF') return 'nullif';
  if ('A_Indirection' in node) {
    const { arg, indirection } = node.A_Indirection;
    return stringsOf(indirection).at(-1) ?? resultName(arg);
  }
  if ('SubLink' in node) {
    const { subLinkType, subselect } = node.SubLink;
    if (subLinkType === 'EXISTS_SUBLINK') return 'exists';
    if (subLinkType === 'ARRAY_SUBLINK') return 'array';
    const target =
      subselect && 'SelectStmt' in subselect ? subselect.SelectStmt.targetList?.[0] : undefined;
    if (!target || !('ResTarget' in target)) return undefined;
    return target.ResTarget.name ?? resultName(target.ResTarget.val);
  }
  return undefined;
}
