import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/diagnostics/diagnostic.js';
import { introspectSqliteFile } from '../../../src/sources/sql/sqlite/introspect-live.js';
import { columnLines, tableOf } from '../support/read-model.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sqlite-live-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function make(name: string, ...statements: string[]): string {
  const path = join(dir, name);
  const db = new sqlite.Database(path);
  for (const statement of statements) db.exec(statement);
  db.close();
  return path;
}

async function message(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw error;
  return `${error.diagnostics[0]?.code} ${error.message}`;
}

describe('introspectSqliteFile', () => {
  it('reads a file and leaves no trace', async () => {
    const path = make(
      'shop.sqlite',
      'CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT NOT NULL)',
      'CREATE VIEW v AS SELECT x FROM a',
      'CREATE VIRTUAL TABLE f USING fts5(x)',
    );
    const before = await readFile(path);
    const reading = await introspectSqliteFile('shop.sqlite', { base: dir });
    expect(reading.model.tables.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      ...['a table', 'f virtual table', 'v view'],
    ]);
    expect(columnLines(reading, 'a')).toEqual(['id integer integer', 'x text text']);
    expect(tableOf(reading, 'a').origin).toEqual({ file: 'shop.sqlite', path: [] });
    expect(await readdir(dir)).toEqual(['shop.sqlite']);
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('reads a file that another holds locked', async () => {
    const path = make('a.db', 'CREATE TABLE a (x)');
    await mkdir(`${path}.lock`);
    const reading = await introspectSqliteFile(path);
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['a']);
  });

  it('reads a file in WAL mode', async () => {
    const path = make('a.db', 'CREATE TABLE a (x)');
    const bytes = await readFile(path);
    // File format §1.3.3: 2 and 2 say that changes wait in a -wal file.
    bytes[18] = 2;
    bytes[19] = 2;
    await writeFile(path, bytes);
    const reading = await introspectSqliteFile(path);
    expect(reading.model.tables.map(({ name }) => name)).toEqual(['a']);
    expect(await readdir(dir)).toEqual(['a.db']);
  });

  it('says clearly what is no database', async () => {
    await writeFile(join(dir, 'text.db'), 'CREATE TABLE a (x);');
    await writeFile(join(dir, 'empty.db'), '');
    await writeFile(join(dir, 'broken.db'), `SQLite format 3\0${'x'.repeat(5000)}`);
    make('no-table.db', 'PRAGMA user_version = 1');
    const of = (name: string) => message(introspectSqliteFile(name, { base: dir }));
    expect(await of('text.db')).toBe('MCP823 text.db is no SQLite database');
    expect(await of('empty.db')).toBe('MCP802 empty.db holds no table and no view');
    expect(await of('no-table.db')).toBe('MCP802 no-table.db holds no table and no view');
    expect(await of('none.db')).toBe('MCP102 cannot read none.db: there is no such file');
    expect(await of('.')).toBe('MCP102 cannot read .: it is a folder');
    expect(await of('broken.db')).toBe(
      'MCP806 the schema of broken.db could not be read: file is not a database',
    );
    expect((await readdir(dir)).sort()).toEqual([
      ...['broken.db', 'empty.db', 'no-table.db', 'text.db'],
    ]);
  });

  it('ends when it is cancelled', async () => {
    const path = make('a.db', 'CREATE TABLE a (x)');
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(introspectSqliteFile(path, { signal })).rejects.toThrow('cancelled');
  });
});
