import { fitRows } from '../fit-rows.js';
import { plainRows } from '../plain-rows.js';
import { needText, readLimit, type Arguments } from '../read-arguments.js';
import type { SqlCall, SqlData } from '../sql-call.js';
import { cappedNote } from './list.js';

/** Runs or explains a SELECT of the caller, if the guard lets it pass. Its files are loaded when they are needed first. */
export async function freeQuery(
  call: SqlCall,
  args: Arguments,
  action: 'query' | 'explain',
): Promise<SqlData> {
  const { database, driver, session } = call;
  const { runQuery, explainQuery } = await import('../guard/run-query.js');
  const sql = needText(args, 'sql');
  const { limit } = readLimit(args, database.limits);
  const { parameters } = args;
  const given = { sql, limit, ...(Array.isArray(parameters) && { parameters }) };
  const run = action === 'query' ? runQuery : explainQuery;
  const result = await run(database, driver, given, session);
  const rows = plainRows(result, database.limits);
  const withoutCursor = 'There are more rows: use LIMIT and OFFSET, or a condition.';
  // A plan has as many lines as it needs.
  const most = action === 'query' ? limit : rows.length;
  const truncated = result.truncated || rows.length > most;
  const shown = { rows: rows.slice(0, most), truncated, withoutCursor };
  return fitRows({ ...shown, notes: cappedNote(call, args) }, call.maxResultChars);
}
