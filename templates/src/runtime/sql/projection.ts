import { isCut, jsonCell, MASK } from './cells.js';
import type { CellLimits, Dialect } from './dialect.js';
import type { SqlCell } from './driver.js';
import { findColumn, type NamedColumn, type NamedTable } from './names.js';
import type { Reference } from './statement.js';

/** What a statement selects of a table, and how its rows are read. */
export type Projection = {
  /** Expressions after SELECT, at least one. */
  select: string[];
  /** Columns that callers see. */
  row: (cells: readonly SqlCell[]) => Record<string, unknown>;
  /** The cell of a column as the database gave it; undefined where only a part of it is there. */
  raw: (cells: readonly SqlCell[], name: string) => SqlCell | undefined;
};

type Place = NamedColumn & { at: number; size?: { at: number; unit: string } };

/**
 * `fields` are shown, all columns without it; `also` are read besides, for cursors and relations. Masked columns are shown as
 * such and not read. Throws UserInputError for unknown fields.
 */
export function projectionOf(
  dialect: Dialect,
  owner: NamedTable,
  reference: Reference,
  limits: CellLimits,
  { fields, also = [] }: { fields?: readonly string[] | undefined; also?: readonly string[] },
): Projection {
  const shown = fields ?? Object.keys(owner.table.columns);
  const select: string[] = [];
  const places = new Map<string, Place>();
  for (const name of new Set([...shown, ...also])) {
    const found = findColumn(owner, name);
    if (found.column.masked) continue;
    const cell = dialect.cell(found.column, reference(name, found.column), limits);
    const at = select.push(cell.text) - 1;
    if (cell.size === undefined) places.set(name, { ...found, at });
    else {
      const size = { at: select.push(cell.size.text) - 1, unit: cell.size.unit };
      places.set(name, { ...found, at, size });
    }
  }
  if (select.length === 0) select.push('1');

  return {
    select,
    row: (cells) => {
      const omitted: [string, string][] = [];
      const entries = shown.map((name): [string, unknown] => {
        const place = places.get(name);
        if (place === undefined) return [name, MASK];
        const cell = cells[place.at] ?? null;
        const left = cell === null && place.size ? cells[place.size.at] : undefined;
        if (left !== undefined && left !== null) {
          omitted.push([name, `${String(left)} ${place.size?.unit ?? ''}`]);
        }
        return [name, jsonCell(cell, place.column, limits)];
      });
      if (omitted.length > 0) entries.push(['_omitted', Object.fromEntries(omitted)]);
      // Own properties, whatever their names are.
      return Object.fromEntries(entries);
    },
    raw: (cells, name) => {
      const place = places.get(name);
      if (place === undefined) return undefined;
      const cell = cells[place.at] ?? null;
      if (isCut(cell, place.column.kind, limits)) return undefined;
      const left = cell === null && place.size ? (cells[place.size.at] ?? null) : null;
      return left === null ? cell : undefined;
    },
  };
}
