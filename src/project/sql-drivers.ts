import type { SqlDatabase } from '../blueprint/database.js';

type Dialect = SqlDatabase['dialect'];

/** Files of drivers below `src/runtime/sql/drivers/`: for the database itself, and for the embedded one of tests. */
const DRIVERS: Record<Dialect, string[]> = {
  postgres: ['postgres', 'pglite'],
  mysql: ['mysql', 'sqlite'],
  sqlite: ['sqlite'],
};

export function driversOf(dialects: readonly Dialect[]): string[] {
  return [...new Set(dialects.flatMap((dialect) => DRIVERS[dialect]))].sort();
}

/** The driver that needs no server. */
export function embeddedDriver(dialect: Dialect): 'pglite' | 'sqlite' {
  return dialect === 'postgres' ? 'pglite' : 'sqlite';
}

/** Packages of drivers that only tests and the demonstration load, unless a dialect's own driver is one of them. */
export function embeddedOnly(dialects: readonly Dialect[]): string[] {
  return ['@electric-sql/pglite', ...(dialects.includes('sqlite') ? [] : ['node-sqlite3-wasm'])];
}
