import { UserInputError } from '../calls/user-input-error.js';
import { jsonCell } from './cells.js';
import type { CellLimits } from './dialect.js';
import type { SqlCell, SqlRows } from './driver.js';

/** Throws UserInputError where not even one row could be read: it would look as if there were none. */
export function refuseTooLarge({ rows, truncated }: Pick<SqlRows, 'rows' | 'truncated'>): void {
  if (!truncated || rows.length > 0) return;
  throw new UserInputError(
    'A row of the result is too large: ask for fewer or smaller columns. Nothing was changed.',
  );
}

/** Rows of a statement of which nothing is known but what came: each column under its name, told apart by numbers. */
export function plainRows(
  { columns, rows }: Pick<SqlRows, 'columns' | 'rows'>,
  limits: CellLimits,
): Record<string, unknown>[] {
  const names: string[] = [];
  for (const [index, column] of columns.entries()) {
    let name = column === '' ? `column_${index + 1}` : column;
    for (let copy = 2; names.includes(name); copy += 1) name = `${column}_${copy}`;
    names.push(name);
  }
  return rows.map((cells) => {
    const omitted: [string, string][] = [];
    const entries = names.map((name, at): [string, unknown] => {
      const cell = cells[at] ?? null;
      const size = cell instanceof Uint8Array ? cell.length : 0;
      if (size <= limits.maxBinaryBytes)
        return [name, jsonCell(cell, { kind: kindOf(cell) }, limits)];
      omitted.push([name, `${size} bytes`]);
      return [name, null];
    });
    if (omitted.length > 0) entries.push(['_omitted', Object.fromEntries(omitted)]);
    return Object.fromEntries(entries);
  });
}

function kindOf(cell: SqlCell): 'text' | 'float' | 'array' | 'boolean' {
  if (Array.isArray(cell)) return 'array';
  if (typeof cell === 'boolean') return 'boolean';
  return typeof cell === 'number' ? 'float' : 'text';
}
