import { readFile } from 'node:fs/promises';
import sqlite from 'node-sqlite3-wasm';

/** Makes a database file of a schema and rows. */
export async function createSqlite(file: string, schema: string, rows: string): Promise<void> {
  const database = new sqlite.Database(file);
  try {
    database.exec(await readFile(schema, 'utf8'));
    database.exec(rows);
  } finally {
    database.close();
  }
}
