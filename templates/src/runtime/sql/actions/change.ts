import { UserInputError } from '../../calls/user-input-error.js';
import type { SqlCell, SqlSession, SqlText } from '../driver.js';
import { findTable, type NamedTable } from '../names.js';
import { projectionOf } from '../projection.js';
import type { Arguments } from '../read-arguments.js';
import { keyName, keyText, noSuchRow, readKey, type RowKey } from '../row-keys.js';
import type { SqlCall, SqlData } from '../sql-call.js';
import { createParameters, referenceOf } from '../statement.js';
import { readWritten, type WrittenValue } from '../written-values.js';
import { writtenResult } from './get.js';

/** Changes the one row with a key and gives it back as it is then. */
export async function updateRow(call: SqlCall, args: Arguments, table: string): Promise<SqlData> {
  const owner = findTable(call.database, table, 'update');
  const key = readKey(args, owner, call.dialect);
  const values = readWritten(args, owner, call.dialect);
  if (values.length === 0) throw new UserInputError('values is empty: nothing would change.');
  return change(call, owner, key, values);
}

/** Deletes the one row with a key and gives it back as it was. */
export async function deleteRow(call: SqlCall, args: Arguments, table: string): Promise<SqlData> {
  const owner = findTable(call.database, table, 'delete');
  return change(call, owner, readKey(args, owner, call.dialect), undefined);
}

/** One row or none: anything else is rolled back, because a rejection ends the transaction without effect. */
async function change(
  call: SqlCall,
  owner: NamedTable,
  key: RowKey,
  values: readonly WrittenValue[] | undefined,
): Promise<SqlData> {
  const { dialect, database } = call;
  const reference = referenceOf(dialect, dialect.quote(owner.table.name));
  const { select, row } = projectionOf(dialect, owner, reference, database.limits, {});
  const columns = select.join(', ');
  const statement = changeStatement(call, owner, key, values, columns);
  const bounds = { maxRows: 2 };

  const returning = async (session: SqlSession): Promise<SqlCell[] | undefined> => {
    const { rows } = await session.run(statement, bounds);
    if (rows.length > 1) throw notOne(owner, key);
    return rows[0];
  };
  const selecting = async (session: SqlSession): Promise<SqlCell[] | undefined> => {
    const before = await session.run(selectStatement(call, owner, key, columns, true), bounds);
    if (before.rows.length > 1) throw notOne(owner, key);
    const [found] = before.rows;
    if (found === undefined) return undefined;
    const { changes } = await session.run(statement);
    // An update to what is there already may count as none.
    if (changes > 1 || (values === undefined && changes !== 1)) throw notOne(owner, key);
    if (values === undefined) return found;
    const after = selectStatement(call, owner, moved(key, values), columns, false);
    return (await session.run(after, bounds)).rows[0];
  };

  const cells = await call.driver.write(async (session) => {
    const found = await (dialect.returning ? returning(session) : selecting(session));
    if (found === undefined) throw noSuchRow(owner, key);
    return found;
  }, call.session);
  return writtenResult(call, row(cells));
}

function changeStatement(
  { dialect }: SqlCall,
  owner: NamedTable,
  key: RowKey,
  values: readonly WrittenValue[] | undefined,
  columns: string,
): SqlText {
  const parameters = createParameters(dialect);
  const table = dialect.table(owner.table);
  const set = values?.map(
    ({ name, column, value }) =>
      `${dialect.quote(column.name ?? name)} = ${parameters.assign(column, value)}`,
  );
  const where = keyText(
    key,
    dialect,
    parameters,
    referenceOf(dialect, dialect.quote(owner.table.name)),
  );
  const verb = set === undefined ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${set.join(', ')}`;
  const returning = dialect.returning ? ` RETURNING ${columns}` : '';
  return parameters.statement(`${verb} WHERE ${where}${returning}`);
}

function selectStatement(
  { dialect }: SqlCall,
  owner: NamedTable,
  key: RowKey,
  columns: string,
  lock: boolean,
): SqlText {
  const parameters = createParameters(dialect);
  const where = keyText(
    key,
    dialect,
    parameters,
    referenceOf(dialect, dialect.quote(owner.table.name)),
  );
  const text = `SELECT ${columns} FROM ${dialect.table(owner.table)} WHERE ${where}`;
  return parameters.statement(lock ? `${text} FOR UPDATE` : text);
}

/** The key that the row has after the change. */
function moved(key: RowKey, values: readonly WrittenValue[]): RowKey {
  return key.map((part) => values.find(({ name }) => name === part.name) ?? part);
}

function notOne(owner: NamedTable, key: RowKey): UserInputError {
  return new UserInputError(
    `${owner.name} has not exactly one row with the key ${keyName(key)}. Nothing was changed.`,
  );
}
