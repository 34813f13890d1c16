import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Database, SQLiteValue, Statement as WasmStatement } from 'node-sqlite3-wasm';
import { releaseLock, takeLock } from '../embedded/lock.js';
import {
  NO_WRITE_AHEAD_LOG,
  type Handle,
  type Library,
  type Statement,
  type Stored,
} from './library.js';

type Fs = typeof import('node:fs');

/** A disk, a quota or the size that a file may have is used up. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Of the package at exactly the version that is pinned, what its types do not tell. */
type Inner = {
  _reset: () => boolean;
  _getColumnNames: () => string[];
};

/**
 * SQLite as WebAssembly, for Node without its own. It cannot see the locks of other builds of SQLite, only those of itself:
 * the folder `<file>.lock`.
 */
export async function wasmLibrary(path: string): Promise<Library> {
  const fs = createRequire(import.meta.url)('node:fs') as Fs;
  mendLocks(fs, `${path}.lock`);
  const wasFull = watchRoom(fs);
  const { default: sqlite } = (await import('node-sqlite3-wasm')) as unknown as {
    default: { Database: typeof Database };
  };
  return {
    name: 'wasm',
    wasFull,
    open: (file, { readOnly, create }) => {
      if (hasWriteAheadLog(file)) throw new Error(NO_WRITE_AHEAD_LOG);
      return handleOf(
        new sqlite.Database(file, readOnly ? { readOnly } : { fileMustExist: !create }),
      );
    },
  };
}

/** The version that it takes to read the file (section 1.3.1 of SQLite's file format): that log needs shared memory. */
function hasWriteAheadLog(file: string): boolean {
  if (!existsSync(file)) return false;
  const header = Buffer.alloc(20);
  const open = openSync(file, 'r');
  readSync(open, header, 0, header.length, 0);
  closeSync(open);
  return header[19] === 2;
}

function handleOf(database: Database): Handle {
  return {
    exec: (text) => database.exec(text),
    close: () => database.close(),
    prepare: (text) => statementOf(database.prepare(text)),
  };
}

function statementOf(statement: WasmStatement): Statement {
  const inner = statement as unknown as Inner;
  const columns = inner._getColumnNames();
  // Rows are objects here: by position, columns of the same name do not hide each other.
  inner._getColumnNames = () => columns.map((_, i) => String(i));
  return {
    columns,
    *rows(values) {
      try {
        for (const row of statement.iterate(values as SQLiteValue[])) {
          const cells = row as Record<string, Stored>;
          yield columns.map((_, i) => cells[i] ?? null);
        }
      } finally {
        inner._reset();
      }
    },
    free: () => statement.finalize(),
  };
}

/**
 * The package locks a file by making a folder, and knows nothing of who made it. Here, in a process that does nothing else,
 * two things are mended: a lock of a killed process is taken over, and a lock of our own does not count as that of another,
 * or what a killed process left half-written would never be rolled back.
 */
function mendLocks(fs: Fs, lock: string): void {
  const { mkdirSync, rmdirSync, accessSync } = fs;
  let held = false;
  const replaced: Partial<Record<keyof Fs, unknown>> = {
    mkdirSync: (path: string, ...rest: []) => {
      if (path !== lock) return mkdirSync(path, ...rest);
      held = takeLock(path);
      if (!held) throw Object.assign(new Error('locked'), { code: 'EEXIST' });
      return undefined;
    },
    rmdirSync: (path: string, ...rest: []) => {
      if (path !== lock) return rmdirSync(path, ...rest);
      held = false;
      releaseLock(path);
    },
    accessSync: (path: string, ...rest: []) => {
      if (path === lock && held) throw Object.assign(new Error('ours'), { code: 'ENOENT' });
      accessSync(path, ...rest);
    },
  };
  Object.assign(fs, replaced);
}

/** The package forgets why a write failed, and what was written before is soon undone, so that there seems to be room. */
function watchRoom(fs: Fs): () => boolean {
  let full = false;
  const watched =
    <Args extends unknown[], T>(write: (...args: Args) => T) =>
    (...args: Args): T => {
      try {
        return write(...args);
      } catch (error) {
        full ||= FULL.has((error as NodeJS.ErrnoException).code ?? '');
        throw error;
      }
    };
  const { writeSync, ftruncateSync, fsyncSync } = fs;
  Object.assign(fs, {
    writeSync: watched(
      (fd: number, bytes: Uint8Array, from: number, length: number, at: number) => {
        const written = writeSync(fd, bytes, from, length, at);
        // The first part of it did fit.
        full ||= written < length;
        return written;
      },
    ),
    ftruncateSync: watched(ftruncateSync),
    fsyncSync: watched(fsyncSync),
  });
  return () => {
    const was = full;
    full = false;
    return was;
  };
}
