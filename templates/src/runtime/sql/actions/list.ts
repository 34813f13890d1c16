import { readConditions } from '../conditions.js';
import { fitRows } from '../fit-rows.js';
import { includeNeeds, includeRelated, readIncludes } from '../include.js';
import { findColumn, findTable, type NamedTable } from '../names.js';
import { readOrder } from '../ordering.js';
import { preparePage, type Page, type PageQuery } from '../page.js';
import { readLimit, readNames, readText, type Arguments } from '../read-arguments.js';
import type { SqlCall, SqlData } from '../sql-call.js';

const MAX_FIELDS = 1_000;

/** Rows of a table that fit all conditions, in an order without ties, page by page. */
export async function listRows(call: SqlCall, args: Arguments, table: string): Promise<SqlData> {
  const owner = findTable(call.database, table);
  const includes = readIncludes(args, owner, call.database);
  const query = { ...readQuery(call, args, owner), also: includeNeeds(includes) };
  const run = preparePage(call, query);
  return call.driver.read(async (session) => {
    const page = await run(session, includes.length === 0);
    const rows = page.cells.map((cells) => page.projection.row(cells));
    const notes = await includeRelated(call, session, includes, {
      rows,
      raw: (index, name) => page.projection.raw(page.cells[index] ?? [], name),
    });
    return fitPage(call, args, page, rows, notes);
  }, call.session);
}

/** What list, search and related rows have in common: filters, fields, order, limit and cursor. Throws UserInputError. */
export function readQuery(call: SqlCall, args: Arguments, owner: NamedTable): PageQuery {
  return {
    owner,
    conditions: readConditions(args, owner, call.dialect),
    order: readOrder(args, owner),
    fields: readFields(args, owner),
    limit: readLimit(args, call.database.limits).limit,
    cursor: readText(args, 'cursor'),
  };
}

/** The columns that are asked for; undefined for all of them. */
export function readFields(args: Arguments, owner: NamedTable): string[] | undefined {
  const fields = readNames(args, 'fields', MAX_FIELDS);
  for (const name of fields ?? []) findColumn(owner, name);
  return fields?.length === 0 ? undefined : fields;
}

/** A page as the result of the call. */
export function fitPage(
  call: SqlCall,
  args: Arguments,
  page: Page,
  rows: Record<string, unknown>[],
  notes: readonly string[] = [],
): SqlData {
  const { truncated, cursorAfter, withoutCursor } = page;
  const result = { rows, truncated, cursorAfter, withoutCursor };
  const all = [...cappedNote(call, args), ...notes];
  return fitRows({ ...result, notes: all }, call.maxResultChars);
}

/** Says that more was asked for than there may be. */
export function cappedNote({ database: { limits } }: SqlCall, args: Arguments): string[] {
  if (!readLimit(args, limits).capped) return [];
  return [`limit was lowered to ${limits.maxRows}, the most that this server gives at once.`];
}
