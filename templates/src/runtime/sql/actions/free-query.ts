import { cleanText, cutText } from '../../http/clean-text.js';
import { fitRows } from '../fit-rows.js';
import { maskedNotes } from '../guard/masked.js';
import { plainRows, refuseTooLarge } from '../plain-rows.js';
import { needText, readLimit, type Arguments } from '../read-arguments.js';
import type { SqlCall, SqlData } from '../sql-call.js';
import { withColumns } from '../unknown-column.js';
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
  const withNames = (error: unknown): never => {
    throw withColumns(error, sql, database);
  };
  if (action === 'explain') {
    const plan = await explainQuery(database, driver, given, session).catch(withNames);
    // Where there are numbers before it, the text is last.
    const lines = plan.rows.map((cells) => cleanText(String(cells[cells.length - 1] ?? '')));
    const notes = maskedNotes(plan.masked);
    const text = cutText(lines.join('\n'), call.maxResultChars);
    return { data: { plan: text, ...(notes.length > 0 && { notes }) } };
  }
  const result = await runQuery(database, driver, given, session).catch(withNames);
  refuseTooLarge(result);
  const rows = plainRows(result, database.limits);
  const withoutCursor = 'There are more rows: use LIMIT and OFFSET, or a condition.';
  const truncated = result.truncated || rows.length > limit;
  const shown = { rows: rows.slice(0, limit), truncated, withoutCursor };
  const notes = [...cappedNote(call, args), ...maskedNotes(result.masked)];
  return fitRows({ ...shown, notes }, call.maxResultChars);
}
