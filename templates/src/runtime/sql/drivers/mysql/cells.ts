import type { SqlCell } from '../../driver.js';
import type { Field, RawCell } from './wire.js';

/** Numbers of types (section "Protocol::ColumnType" of MySQL's internals). */
const FLOAT = 4;
const BIT = 16;

/**
 * What the driver made of a value as the contract has it. A FLOAT gets the shortest digits that mean the same, BIT(1) is a
 * boolean, other BITs are binary digits, and what the driver takes apart (points, vectors) is JSON text.
 */
export function readCell(value: RawCell, { columnType, columnLength }: Field): SqlCell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return columnType === FLOAT ? shortest(value) : value;
  if (!Buffer.isBuffer(value)) return JSON.stringify(value);
  if (columnType !== BIT) return new Uint8Array(value);
  if (columnLength === 1) return value[0] === 1;
  const digits = [...value].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return digits.slice(-columnLength).padStart(columnLength, '0');
}

/** Of the kind that JSON and people write for a number of 32 bits: 0.1 and not 0.10000000149011612. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits += 1) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return value;
}

/** About what the values took on the way, where they are large enough to matter. */
export function bytesOf(row: readonly RawCell[]): number {
  let bytes = 0;
  for (const cell of row) {
    if (typeof cell === 'string') bytes += cell.length;
    else bytes += Buffer.isBuffer(cell) ? cell.length : 8;
  }
  return bytes;
}
