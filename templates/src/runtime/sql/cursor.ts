import { hash } from 'node:crypto';
import { UserInputError } from '../calls/user-input-error.js';
import { base64 } from './cells.js';
import type { SqlCell, SqlValue } from './driver.js';

/** Longer ones cost a model more than they are worth. */
const MAX_CURSOR_CHARS = 2_000;

const FINGERPRINT_CHARS = 12;

/** Identifies a query: what decides which rows there are and in which order, as anything that JSON can hold. */
export function fingerprintOf(query: readonly unknown[]): string {
  const text = JSON.stringify(query, (_, value: unknown) =>
    value instanceof Uint8Array ? base64(value) : value,
  );
  return hash('sha256', text, 'base64url').slice(0, FINGERPRINT_CHARS);
}

/**
 * Where a result ended: the cells of its order, exactly as the database gave them. Undefined where one of them was cut, or
 * all of them are too long.
 */
export function writeCursor(
  fingerprint: string,
  cells: readonly (SqlCell | undefined)[],
): string | undefined {
  const entries: unknown[] = [fingerprint];
  for (const cell of cells) {
    if (cell === undefined || Array.isArray(cell)) return undefined;
    const isOdd = typeof cell === 'number' && !Number.isFinite(cell);
    entries.push(cell instanceof Uint8Array ? [base64(cell)] : isOdd ? String(cell) : cell);
  }
  const cursor = Buffer.from(JSON.stringify(entries)).toString('base64url');
  return cursor.length > MAX_CURSOR_CHARS ? undefined : cursor;
}

/** The values in a cursor of the same query. Throws UserInputError for any other. */
export function readCursor(cursor: string, fingerprint: string, count: number): SqlValue[] {
  const entries = cursor.length > MAX_CURSOR_CHARS ? undefined : parse(cursor);
  if (entries === undefined) {
    throw new UserInputError('cursor must be a next_cursor of this tool, unchanged.');
  }
  const [given, ...cells] = entries;
  if (given !== fingerprint || cells.length !== count) {
    throw new UserInputError(
      'cursor belongs to another query: send it with the same table, where and order, or leave it out to start anew.',
    );
  }
  return cells.map((cell) => {
    if (Array.isArray(cell)) return new Uint8Array(Buffer.from(String(cell[0]), 'base64'));
    return cell as SqlValue;
  });
}

function parse(cursor: string): unknown[] | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    const entries: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(entries) && entries.every(isEntry) ? entries : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 1 && typeof value[0] === 'string';
  return value === null || typeof value !== 'object';
}
