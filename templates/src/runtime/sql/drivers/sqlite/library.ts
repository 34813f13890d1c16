import type { SqlValue } from '../../driver.js';

/** A value as SQLite has it: integers are bigints on their way in and out, so that none is rounded. */
export type Stored = null | number | bigint | string | Uint8Array;

/** One of the two builds of SQLite, as far as it is used here. */
export type Library = {
  name: 'node' | 'wasm';
  open: (path: string, options: { readOnly: boolean; create: boolean }) => Handle;
  /** Whether a write has failed for want of room since this was last asked, where SQLite itself says only that one failed. */
  wasFull: () => boolean;
};

export type Handle = {
  /** Runs texts of our own. */
  exec: (text: string) => void;
  prepare: (text: string) => Statement;
  close: () => void;
};

export type Statement = {
  columns: string[];
  /** Rows as they are computed; leaving the loop ends the statement. */
  rows: (values: readonly Stored[]) => Iterable<Stored[]>;
  free: () => void;
};

/** Error of the build that cannot read such a file. */
export const NO_WRITE_AHEAD_LOG = 'no write-ahead log';

/** Both builds would give such a text back cut off. */
export const NUL_IN_TEXT = 'zero character in a text';

/** Booleans are 0 and 1, whole numbers integers and not floats, lists JSON. */
export function toStored(value: SqlValue): Stored {
  if (typeof value === 'string' && value.includes('\0')) throw new Error(NUL_IN_TEXT);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  return Array.isArray(value) ? JSON.stringify(value) : value;
}

/** Errors of both builds have the text of SQLite; only that of Node has its number. */
export function codeOf(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' ? code : undefined;
}
