import type { SqlDatabase, SqlSample } from '../../../blueprint/database.js';
import type { FunctionModel } from '../model.js';
import type { CheckedQuery, QueryProblem } from './checked-query.js';

/** Checks statements, each with the placeholders of its driver, against the tables that callers see. */
export async function checkQueries(
  texts: readonly string[],
  database: SqlDatabase,
  sample: SqlSample | undefined,
  functions: readonly FunctionModel[],
): Promise<(CheckedQuery | QueryProblem)[]> {
  if (texts.length === 0) return [];
  const statements = (sample?.statements ?? []).filter((text) => !/^INSERT\b/i.test(text));
  // Each is loaded only where its dialect is: two of them are whole databases.
  if (database.dialect === 'postgres') {
    const { checkPostgres } = await import('./check-postgres.js');
    return checkPostgres(texts, statements, functions);
  }
  const { prepareStatements } = await import('../sqlite/prepare-statements.js');
  const onSqlite = await prepareStatements(texts, statements);
  if (database.dialect === 'sqlite') return onSqlite;
  const { checkMysql } = await import('./check-mysql.js');
  return texts.map((text, index) => {
    const read = checkMysql(text, database);
    const prepared = onSqlite[index];
    if ('problem' in read || prepared === undefined || 'problem' in prepared) return read;
    const columns = read.columns.length > 0 ? read.columns : prepared.columns;
    return { ...read, columns, runsOnSample: true };
  });
}
