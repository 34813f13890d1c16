import type { ColumnModel, ColumnType } from '../model.js';
import { findTable, isSameName } from './catalogue.js';
import type { Catalogue } from './catalogue.js';
import { SqlSyntaxError } from '../cursor.js';
import type { DraftTable } from './draft.js';
import type { SelectItem, SelectShape, Source } from './parse-select.js';

/** A column of a query's result. */
export type ResultColumn = Pick<
  ColumnModel,
  'name' | 'type' | 'nullable' | 'comment' | 'shows' | 'showsOther'
>;

const UNKNOWN: ColumnType = { kind: 'other', sql: 'expression' };
/** Queries in queries and views over views: more than servers bear. */
const MAX_DEPTH = 60;

/** As many columns as a table can have. */
const MAX_COLUMNS = 4096;

type Scope = {
  catalogue: Catalogue;
  common: Record<string, Source>;
  depth: number;
  /** Views that are being resolved: one over itself has no columns. */
  open: Set<DraftTable>;
  /** Columns found before: a source is asked once per column of the result. */
  known: Map<Source, ResultColumn[] | undefined>;
};

function rootScope(catalogue: Catalogue): Scope {
  return { catalogue, common: {}, depth: 0, open: new Set(), known: new Map() };
}

/**
 * The columns that a query gives. A plain column has the type of the one that it shows; what an expression gives is not known
 * (kind `other`, nullable). Throws where `*` stands for the columns of a table that is not there.
 */
export function resolveSelect(catalogue: Catalogue, shape: SelectShape): ResultColumn[] {
  return resolve(rootScope(catalogue), shape);
}

/** The query with every `*` replaced by the columns of today, as servers store a view. Throws as `resolveSelect` does. */
export function withoutStars(catalogue: Catalogue, shape: SelectShape): SelectShape {
  if (!shape.items.some((item) => item.star)) return shape;
  const scope = inner(rootScope(catalogue), shape);
  return { ...shape, items: shape.items.flatMap((item) => expand(scope, shape.sources, item)) };
}

function inner(scope: Scope, shape: SelectShape): Scope {
  if (scope.depth > MAX_DEPTH) throw new SqlSyntaxError('its queries are nested too deep');
  return { ...scope, common: { ...scope.common, ...shape.common }, depth: scope.depth + 1 };
}

function resolve(outer: Scope, shape: SelectShape): ResultColumn[] {
  const scope = inner(outer, shape);
  const columns = shape.items
    .flatMap((item) => expand(scope, shape.sources, item))
    .map((item) => itemColumn(scope, shape.sources, item));
  if (columns.length > MAX_COLUMNS)
    throw new SqlSyntaxError('it has more columns than a table can');
  if (shape.others.length === 0) return columns;
  const others = shape.others.map((other) => resolve(scope, other));
  return columns.map((column, index) =>
    united(
      column,
      others.map((other) => other[index]),
    ),
  );
}

/** One type where all parts of a UNION agree. */
function united(column: ResultColumn, others: (ResultColumn | undefined)[]): ResultColumn {
  const isSame = others.every((other) => other?.type.sql === column.type.sql);
  const nullable = column.nullable || others.some((other) => other?.nullable !== false);
  // Views over views would show one column as often as there are ways to it.
  const parts = [column, ...others];
  const all = parts.flatMap((one) => one?.shows ?? []);
  const shows = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  return {
    ...{ name: column.name, type: isSame ? column.type : UNKNOWN },
    nullable: nullable || !isSame,
    ...(shows.length > 0 && { shows }),
    ...(shows.length > 0 && parts.some(isOther) && { showsOther: true }),
  };
}

const isOther = (column: ResultColumn | undefined): boolean =>
  column?.shows === undefined || column.showsOther === true;

type NamedItem = Exclude<SelectItem, { star: true }>;

function expand(scope: Scope, sources: readonly Source[], item: SelectItem): NamedItem[] {
  if (!item.star) return [item];
  const { qualifier } = item;
  if (qualifier === undefined) return merged(scope, sources);
  const source = sources.find(({ alias }) => isSameName(alias, qualifier));
  if (!source) throw new SqlSyntaxError(`there is no table ${qualifier} in its query`);
  return starOf(scope, source);
}

function starOf(scope: Scope, source: Source): NamedItem[] {
  const columns = columnsOf(scope, source);
  if (!columns)
    throw new SqlSyntaxError(`its * needs the columns of ${source.alias}, which are not known`);
  return columns.map(({ name }) => ({ name, reference: [source.alias, name] }));
}

/** `*` shows the columns of USING and of NATURAL joins once, and first. */
function merged(scope: Scope, sources: readonly Source[]): NamedItem[] {
  let items: NamedItem[] = [];
  for (const source of sources) {
    const own = starOf(scope, source);
    const isHere = (name: string): boolean => items.some((item) => isSameName(item.name, name));
    const shared = source.natural
      ? own.map(({ name }) => name).filter(isHere)
      : (source.using ?? []);
    const isShared = ({ name }: NamedItem): boolean =>
      shared.some((other) => isSameName(other, name));
    items = [
      ...items.filter(isShared),
      ...items.filter((item) => !isShared(item)),
      ...own.filter((item) => !isShared(item)),
    ];
  }
  return items;
}

function itemColumn(scope: Scope, sources: readonly Source[], item: NamedItem): ResultColumn {
  const found = item.reference && referred(scope, sources, item.reference);
  if (!found) return { name: item.name, type: UNKNOWN, nullable: true };
  return { ...found, name: item.name };
}

function referred(
  scope: Scope,
  sources: readonly Source[],
  reference: string[],
): ResultColumn | undefined {
  const column = reference[reference.length - 1]!;
  const qualifier = reference[reference.length - 2];
  const candidates =
    qualifier === undefined ? sources : sources.filter(({ alias }) => isSameName(alias, qualifier));
  for (const source of candidates) {
    const found = columnsOf(scope, source)?.find(({ name }) => isSameName(name, column));
    if (found) return source.isOptional ? { ...found, nullable: true } : found;
  }
  return undefined;
}

function columnsOf(scope: Scope, source: Source): ResultColumn[] | undefined {
  if (!scope.known.has(source)) scope.known.set(source, findColumns(scope, source));
  return scope.known.get(source);
}

function findColumns(scope: Scope, source: Source): ResultColumn[] | undefined {
  const common =
    source.table?.database === undefined && source.table
      ? scope.common[source.table.name.toLowerCase()]
      : undefined;
  const columns = common
    ? commonColumns(scope, source.table!.name.toLowerCase(), common)
    : source.derived
      ? resolve(scope, source.derived)
      : source.table && tableColumns(scope, source.table);
  return columns && renamed(columns, source.columnNames);
}

/** The name of a common table inside its own query is the recursive part: not known there. */
function commonColumns(scope: Scope, key: string, common: Source): ResultColumn[] | undefined {
  if (!common.derived) return undefined;
  const { [key]: _, ...others } = scope.common;
  return renamed(resolve({ ...scope, common: others }, common.derived), common.columnNames);
}

function renamed(columns: ResultColumn[], names: readonly string[] | undefined): ResultColumn[] {
  if (!names) return columns;
  return columns.map((column, index) => ({ ...column, name: names[index] ?? column.name }));
}

function tableColumns(
  scope: Scope,
  wanted: NonNullable<Source['table']>,
): ResultColumn[] | undefined {
  const table = findTable(scope.catalogue, wanted);
  if (!table) return wanted.name.toUpperCase() === 'DUAL' ? [] : undefined;
  if (!table.select) {
    return table.columns.map(({ name, type, nullable, comment }) => ({
      ...{ name, type, nullable: nullable && !isPrimary(table, name) },
      ...(comment !== undefined && { comment }),
      shows: [
        {
          ...(table.database !== scope.catalogue.database && { schema: table.database }),
          ...{ table: table.name, column: name },
        },
      ],
    }));
  }
  if (scope.open.has(table)) return undefined;
  const open = new Set(scope.open).add(table);
  const columns = resolve({ ...scope, common: {}, open }, table.select);
  return renamed(
    columns,
    table.columns.length > 0 ? table.columns.map(({ name }) => name) : undefined,
  );
}

function isPrimary(table: DraftTable, column: string): boolean {
  return table.keys.some(
    (key) => key.kind === 'primary' && key.parts.some((part) => isSameName(part.column, column)),
  );
}

/** Throws where two columns of a view have one name, as servers do. */
export function refuseRepeatedNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    if (seen.has(lower)) throw new SqlSyntaxError(`it has two columns ${name}`);
    seen.add(lower);
  }
}
