import { tooLong } from '../fit-rows.js';
import { includeNeeds, includeRelated, readIncludes } from '../include.js';
import { findTable } from '../names.js';
import { projectionOf } from '../projection.js';
import type { Arguments } from '../read-arguments.js';
import { keyText, noSuchRow, readKey } from '../row-keys.js';
import { MAX_RESULT_BYTES, type SqlCall, type SqlData } from '../sql-call.js';
import { createParameters, referenceOf } from '../statement.js';
import { readFields } from './list.js';

/** The one row with a key. */
export async function getRow(call: SqlCall, args: Arguments, table: string): Promise<SqlData> {
  const { dialect, database } = call;
  const owner = findTable(database, table);
  const key = readKey(args, owner, dialect);
  const includes = readIncludes(args, owner, database);
  const reference = referenceOf(dialect, 't');
  const projection = projectionOf(dialect, owner, reference, database.limits, {
    fields: readFields(args, owner),
    also: includeNeeds(includes),
  });
  const parameters = createParameters(dialect);
  const where = keyText(key, dialect, parameters, reference);
  const statement = parameters.statement(
    `SELECT ${projection.select.join(', ')} FROM ${dialect.table(owner.table)} AS t WHERE ${where}`,
  );
  return call.driver.read(async (session) => {
    const last = includes.length === 0;
    const result = await session.run(statement, { maxRows: 1, maxBytes: MAX_RESULT_BYTES, last });
    const [cells] = result.rows;
    if (cells === undefined) throw noSuchRow(owner, key);
    const row = projection.row(cells);
    const raw = (_: number, name: string) => projection.raw(cells, name);
    const notes = await includeRelated(call, session, includes, { rows: [row], raw });
    return rowResult(call, row, notes);
  }, call.session);
}

/** One row as a result. Throws UserInputError when it is longer than a result may be. */
export function rowResult(
  { maxResultChars }: SqlCall,
  row: Record<string, unknown>,
  notes: readonly string[] = [],
): SqlData {
  const data = { row, ...(notes.length > 0 && { notes }) };
  const text = JSON.stringify(data);
  if (text.length > maxResultChars) throw tooLong(row, maxResultChars);
  return { data, text };
}

/** The same for a row that was written: that it is too long is no reason to undo that. */
export function writtenResult(
  call: SqlCall,
  row: Record<string, unknown>,
  notes: readonly string[] = [],
): SqlData {
  const most = call.maxResultChars / 2;
  if (JSON.stringify(row).length <= most) return rowResult(call, row, notes);
  let room = most;
  const shown = Object.entries(row).filter(([name, value]) => {
    const { length } = JSON.stringify(value);
    return length <= SHORT && (room -= length + name.length + 4) >= 0;
  });
  const note = 'The change was made. The row is too long to be shown whole.';
  return { data: { row: Object.fromEntries(shown), notes: [...notes, note] } };
}

/** Values up to so many characters are shown of a row that is too long. */
const SHORT = 100;
