import type { TableModel } from './model.js';
import {
  accept,
  group,
  isAtEnd,
  isNext,
  qualifiedName,
  SqlSyntaxError,
  type Cursor,
} from './cursor.js';
import { addTable, emptyCatalogue, isSameName } from './mysql/catalogue.js';
import type { DraftTable } from './mysql/draft.js';
import { parseSelect, type SelectShape } from './mysql/parse-select.js';
import { resolveSelect } from './mysql/resolve-select.js';
import type { Token } from './token.js';

const PLACE = { file: 0, offset: 0 };

/**
 * The tables, with what columns of tables the columns of views show as they are, so that policies reach them. `queryOf` gives the
 * query of a view, or the statement that makes it; where it cannot be followed to exactly the columns that the database says there
 * are, nothing is said of the view.
 */
export function followViews(
  tables: readonly TableModel[],
  database: string,
  queryOf: (view: string) => { tokens: readonly Token[]; source: string } | undefined,
): TableModel[] {
  if (!tables.some(({ kind }) => kind === 'view')) return [...tables];
  const catalogue = { ...emptyCatalogue(), database };
  const drafts = new Map<TableModel, DraftTable>();
  const renamed = new Set<TableModel>();
  for (const table of tables) {
    const text = table.kind === 'view' ? queryOf(table.name) : undefined;
    const view = text && unlessUnknown(() => readView({ ...text, at: 0 }));
    // Views over one whose query is not understood are not followed either.
    if (table.kind === 'view' && view === undefined) continue;
    if (view?.isRenamed) renamed.add(table);
    const draft = draftOf(table, database, view?.select);
    drafts.set(table, draft);
    addTable(catalogue, draft);
  }
  return tables.map((table) => {
    const select = drafts.get(table)?.select;
    if (select === undefined) return table;
    const found = unlessUnknown(() => resolveSelect(catalogue, select));
    const isAll = found?.length === table.columns.length;
    if (found === undefined || !isAll) return table;
    const columns = table.columns.map((column, index) => {
      const { shows, showsOther, name } = found[index]!;
      // Databases differ in the order of `*` over joined tables: what has another name is another column.
      const isIt = renamed.has(table) || isSameName(name, column.name);
      if (shows === undefined || !isIt) return column;
      return { ...column, shows, ...(showsOther && { showsOther }) };
    });
    return { ...table, columns };
  });
}

function draftOf(
  { name, columns }: TableModel,
  database: string,
  select: SelectShape | undefined,
): DraftTable {
  return {
    ...{ database, name, kind: select ? 'view' : 'table' },
    columns: columns.map((column) => ({ ...column, place: PLACE })),
    ...(select && { select }),
    ...{ keys: [], foreignKeys: [], checks: [], triggers: [], place: PLACE },
  };
}

/** A query, or `CREATE VIEW name (columns) AS` and a query. */
function readView(cursor: Cursor): { select: SelectShape; isRenamed: boolean } {
  if (!accept(cursor, 'CREATE')) return { select: parseSelect(cursor), isRenamed: false };
  while (!isAtEnd(cursor) && !accept(cursor, 'VIEW')) cursor.at += 1;
  accept(cursor, 'IF', 'NOT', 'EXISTS');
  qualifiedName(cursor);
  const isRenamed = isNext(cursor, '(');
  if (isRenamed) group(cursor);
  accept(cursor, 'AS');
  return { select: parseSelect(cursor), isRenamed };
}

function unlessUnknown<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof SqlSyntaxError) return undefined;
    throw error;
  }
}
