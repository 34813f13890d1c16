import { cleanText } from '../http/clean-text.js';
import { parseResponseJson } from '../http/response-json.js';
import type { SqlColumnKind } from './database.js';
import type { CellLimits } from './dialect.js';
import type { SqlCell } from './driver.js';

/** Stands for a value that may not be shown. */
export const MASK = '•••';

/** Kinds whose values are texts in results, however the database keeps them. */
const AS_TEXT: ReadonlySet<SqlColumnKind> = new Set([
  'bigint',
  'decimal',
  'text',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'interval',
  'uuid',
  'enum',
  'set',
  'other',
]);

/**
 * A cell as JSON: exact numbers, dates and the like as text, binary as base64, JSON as what it says. Whole numbers that no
 * double holds stay text; what a database without strict types keeps in a column of another kind, too.
 */
export function jsonCell(
  cell: SqlCell,
  column: { kind: SqlColumnKind; element?: SqlColumnKind | undefined },
  limits: CellLimits,
): unknown {
  if (cell === null) return null;
  if (cell instanceof Uint8Array) {
    if (column.kind === 'boolean' && cell.length === 1) return cell[0] !== 0;
    return base64(cell);
  }
  if (Array.isArray(cell)) {
    const { element } = column;
    return cell.map((item) =>
      jsonCell(
        item,
        { kind: Array.isArray(item) ? 'array' : (element ?? 'other'), element },
        limits,
      ),
    );
  }
  const { kind } = column;
  if (kind === 'boolean') return truth(cell);
  if (kind === 'integer' || kind === 'float') return numeric(cell, kind);
  if (typeof cell === 'string') {
    if (isCut(cell, kind, limits)) return cutText(cell, limits);
    return kind === 'json' || kind === 'array' ? parsed(cell) : cleanText(cell);
  }
  if (AS_TEXT.has(kind)) return String(cell);
  return typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell;
}

/** Kinds whose values may be of any length, so that the database gives only the beginning of long ones. */
const LONG: ReadonlySet<SqlColumnKind> = new Set(['text', 'json', 'enum', 'set', 'array', 'other']);

/** Whether the database gave only the beginning. */
export function isCut(cell: SqlCell, kind: SqlColumnKind, { maxTextChars }: CellLimits): boolean {
  if (typeof cell !== 'string' || cell.length <= maxTextChars || !LONG.has(kind)) return false;
  // Databases count characters, of which one can be two units of a string.
  return cell.length > 2 * maxTextChars || [...cell].length > maxTextChars;
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function cutText(text: string, { maxTextChars }: CellLimits): string {
  const beginning = [...text.slice(0, 2 * maxTextChars)].slice(0, maxTextChars).join('');
  return `${cleanText(beginning)}… [cut after ${maxTextChars} characters]`;
}

function truth(cell: string | number | boolean): unknown {
  if (cell === 1 || cell === '1' || cell === 't') return true;
  return cell === 0 || cell === '0' || cell === 'f' ? false : cell;
}

function numeric(cell: string | number | boolean, kind: 'integer' | 'float'): unknown {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : String(cell);
  if (typeof cell !== 'string') return cell;
  const value = Number(cell);
  if (cell.trim() === '' || !Number.isFinite(value)) return cleanText(cell);
  const isExact = String(value) === cell && Number.isSafeInteger(value);
  return kind === 'float' || isExact ? value : cleanText(cell);
}

function parsed(text: string): unknown {
  const result = parseResponseJson(text, cleanText);
  return 'value' in result ? result.value : cleanText(text);
}
