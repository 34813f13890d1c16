import type { SqlBounds, SqlCell, SqlText } from '../../driver.js';
import { createRowKeeper } from '../settle.js';
import { toStored, type Handle, type Statement, type Stored } from './library.js';
import type { EngineResult } from './messages.js';

/** Statements of one handle by their text, at most `limit`. */
export type Statements = (text: string) => Statement;

export function createStatements(handle: Handle, limit: number): Statements {
  const known = new Map<string, Statement>();
  return (text) => {
    const statement = known.get(text) ?? handle.prepare(text);
    known.delete(text);
    known.set(text, statement);
    const [oldest] = known;
    if (known.size > Math.max(limit, 2) && oldest) {
      known.delete(oldest[0]);
      oldest[1].free();
    }
    return statement;
  };
}

/** Thrown when a result is larger than a message may be. */
export const TOO_LARGE = 'result too large';

/** Runs a statement and keeps rows within the bounds; the rest of them are not computed. `most` is in bytes. */
export function execute(
  statements: Statements,
  { text, values }: SqlText,
  bounds: SqlBounds,
  most: number,
  readOnly: boolean,
): EngineResult {
  const before = readOnly ? 0 : count(statements, 'SELECT total_changes()');
  const statement = statements(text);
  const keeper = createRowKeeper(bounds);
  let bytes = 0;
  for (const row of statement.rows(values.map(toStored))) {
    const size = sizeOf(row);
    if (!keeper.add(row.map(readCell), size)) break;
    bytes += size;
    if (bytes > most) throw new Error(TOO_LARGE);
  }
  const changed = !readOnly && count(statements, 'SELECT total_changes()') > before;
  return {
    columns: statement.columns,
    rows: keeper.rows,
    changes: changed ? count(statements, 'SELECT changes()') : 0,
    truncated: keeper.truncated(),
  };
}

/** Integers that a number cannot hold are text, as are infinite numbers, which JSON has not. */
function readCell(value: Stored): SqlCell {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value;
}

function sizeOf(row: readonly Stored[]): number {
  let bytes = 0;
  for (const cell of row) {
    bytes += typeof cell === 'string' || cell instanceof Uint8Array ? cell.length : 8;
  }
  return bytes;
}

function count(statements: Statements, text: string): number {
  for (const [value] of statements(text).rows([])) return Number(value);
  return 0;
}
