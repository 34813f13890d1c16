import { aggregateRows } from './actions/aggregate.js';
import { deleteRow, updateRow } from './actions/change.js';
import { createRow } from './actions/create.js';
import { describeTables } from './actions/describe.js';
import { findInSchema } from './actions/find.js';
import { freeQuery } from './actions/free-query.js';
import { getRow } from './actions/get.js';
import { listRows } from './actions/list.js';
import { listRelated } from './actions/related.js';
import { searchRows } from './actions/search.js';
import { runStatement } from './actions/statement.js';
import type { SqlDatabase } from './database.js';
import { needText, type Arguments } from './read-arguments.js';
import type { SqlCall, SqlData } from './sql-call.js';
import type { SqlOperation } from './sql-tool.js';

type RowAction = (call: SqlCall, args: Arguments, table: string) => Promise<SqlData>;

const OF_ROWS = {
  list: listRows,
  get: getRow,
  related: listRelated,
  aggregate: aggregateRows,
  search: searchRows,
  create: createRow,
  update: updateRow,
  delete: deleteRow,
} satisfies Record<string, RowAction>;

/** Whether the action runs a statement; the others read what is known of the schema. */
export function needsDatabase({ action }: Pick<SqlOperation, 'action'>): boolean {
  return action !== 'describe' && action !== 'find';
}

/** Actions that need no connection. Throws UserInputError. */
export function runOffline(
  database: SqlDatabase,
  operation: SqlOperation,
  args: Arguments,
  maxResultChars: number,
): SqlData {
  if (operation.action === 'find') return findInSchema(database, args);
  const table = 'table' in operation ? operation.table : undefined;
  return describeTables(database, args, maxResultChars, table);
}

/** Does what the operation says. Rejects with UserInputError and SqlFailure. */
export async function runAction(
  operation: SqlOperation,
  args: Arguments,
  call: SqlCall,
): Promise<SqlData> {
  switch (operation.action) {
    case 'statement':
      return runStatement(call, args, operation);
    case 'query':
    case 'explain':
      return freeQuery(call, args, operation.action);
    case 'describe':
    case 'find':
      return runOffline(call.database, operation, args, call.maxResultChars);
    default:
      return OF_ROWS[operation.action](call, args, operation.table ?? needText(args, 'table'));
  }
}
