import { jsonCell } from './cells.js';
import type { CellLimits } from './dialect.js';
import type { SqlCell, SqlRows } from './driver.js';

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
