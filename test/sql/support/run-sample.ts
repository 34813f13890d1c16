import { PGlite } from '@electric-sql/pglite';
import sqlite from 'node-sqlite3-wasm';
import type { SqlSample } from '../../../src/blueprint/database.js';

let postgres: PGlite | undefined;

/** Makes the embedded database of a sample and asks it; the database is gone afterwards. Throws what the database says. */
export async function runSample(
  { dialect, statements }: SqlSample,
  ...queries: string[]
): Promise<Record<string, unknown>[][]> {
  return dialect === 'postgres'
    ? runInPostgres(statements, queries)
    : runInSqlite(statements, queries);
}

async function runInPostgres(statements: readonly string[], queries: readonly string[]) {
  postgres ??= await PGlite.create();
  await postgres.exec('BEGIN');
  try {
    for (const statement of statements) await postgres.exec(statement);
    const results: Record<string, unknown>[][] = [];
    for (const query of queries) results.push((await postgres.query(query)).rows as never);
    return results;
  } finally {
    await postgres.exec('ROLLBACK');
  }
}

function runInSqlite(statements: readonly string[], queries: readonly string[]) {
  const database = new sqlite.Database(':memory:');
  try {
    database.exec('PRAGMA foreign_keys = ON');
    for (const statement of statements) database.exec(statement);
    return queries.map((query) => database.all(query) as Record<string, unknown>[]);
  } finally {
    database.close();
  }
}
