import type { SqlTableRights } from '../../../blueprint/database.js';
import type { Dialect } from '../model.js';
import { mysqlLocks } from './mysql-locks.js';
import { mysqlWrites } from './mysql-writes.js';

/** A table that a statement changes or locks, as it names it, and the right that this takes. */
export type WrittenTable = {
  schema?: string;
  name: string;
  kind: SqlTableRights['writes'][number];
};

/** What a statement that parses changes; nothing of SQLite, which has no rights. */
export async function writtenTables(text: string, dialect: Dialect): Promise<WrittenTable[]> {
  if (dialect === 'sqlite') return [];
  if (dialect === 'mysql') return [...mysqlWrites(text), ...mysqlLocks(text)];
  // The parser is large, and needed for nothing else.
  const { postgresWrites } = await import('../postgres/parsed-writes.js');
  return postgresWrites(text);
}
