import { addTable, exactTable, removeTable } from './catalogue.js';
import type { Context } from './context.js';
import { accept, group, isNext, qualifiedName, SqlSyntaxError } from '../cursor.js';
import type { DraftTable } from './draft.js';
import { namesIn, parseSelect } from './parse-select.js';
import type { SelectShape } from './parse-select.js';
import { refuseRepeatedNames, withoutStars } from './resolve-select.js';

/** Carries out CREATE VIEW or ALTER VIEW, the cursor behind VIEW. */
export function createView(context: Context, isReplaced: boolean): void {
  const { cursor, catalogue, place } = context;
  const mayExist = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const named = qualifiedName(cursor);
  const database = named.database ?? catalogue.database;
  const existing = exactTable(catalogue, named);
  if (existing && mayExist) return;
  if (existing && (existing.kind !== 'view' || !isReplaced))
    throw new SqlSyntaxError(`there is a ${existing.kind} ${named.name} already`);
  const columnNames = isNext(cursor, '(') ? namesIn(group(cursor)) : [];
  accept(cursor, 'AS');
  const select = asOfNow(context, parseSelect(cursor));
  if (columnNames.length > 0) refuseRepeatedNames(columnNames);
  else refuseRepeatedNames(select.items.flatMap((item) => (item.star ? [] : item.name)));
  if (existing) removeTable(catalogue, existing);
  const columns: DraftTable['columns'] = columnNames.map((column) => ({
    ...{ name: column, type: { kind: 'other', sql: 'expression' }, nullable: true, place },
  }));
  addTable(catalogue, {
    ...{ database, name: named.name, kind: 'view', columns, select, place },
    ...{ keys: [], foreignKeys: [], checks: [], triggers: [] },
  });
}

/** A `*` stands for the columns of the moment; where a table comes only later, for those at the end. */
function asOfNow(context: Context, select: SelectShape): SelectShape {
  try {
    return withoutStars(context.catalogue, select);
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    return select;
  }
}
