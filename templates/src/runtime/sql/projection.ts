import { isCut, jsonCell, MASK } from './cells.js';
import type { CellLimits, Dialect } from './dialect.js';
import type { SqlCell } from './driver.js';
import { findColumn, type NamedColumn, type NamedTable } from './names.js';
import { setOwn } from './own-property.js';
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
  const members = shown.map((name) => ({ name, place: places.get(name) }));

  return {
    select,
    row: (cells) => {
      const row: Record<string, unknown> = {};
      let omitted: Record<string, unknown> | undefined;
      for (const { name, place } of members) {
        if (place === undefined) {
          setOwn(row, name, MASK);
          continue;
        }
        const cell = cells[place.at] ?? null;
        setOwn(row, name, jsonCell(cell, place.column, limits));
        const left = cell === null && place.size ? (cells[place.size.at] ?? null) : null;
        if (left === null) continue;
        setOwn((omitted ??= {}), name, `${String(left)} ${place.size?.unit ?? ''}`);
      }
      if (omitted !== undefined) row['_omitted'] = omitted;
      return row;
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
