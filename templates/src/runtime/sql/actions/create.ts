import { UserInputError } from '../../calls/user-input-error.js';
import { SqlFailure, type SqlSession } from '../driver.js';
import { findTable, keysOf, rowKey, type NamedTable } from '../names.js';
import { projectionOf, type Projection } from '../projection.js';
import type { Arguments } from '../read-arguments.js';
import { keyText } from '../row-keys.js';
import type { SqlCall, SqlData } from '../sql-call.js';
import { createParameters, referenceOf } from '../statement.js';
import { missingNote, readWritten, type WrittenValue } from '../written-values.js';
import { writtenResult } from './get.js';

/** Makes one row and gives it back as it is then. */
export async function createRow(call: SqlCall, args: Arguments, table: string): Promise<SqlData> {
  const { dialect, database } = call;
  const owner = findTable(database, table, 'create');
  const values = readWritten(args, owner, dialect);
  const alias = dialect.returning ? dialect.quote(owner.table.name) : 't';
  const reference = referenceOf(dialect, alias);
  const projection = projectionOf(dialect, owner, reference, database.limits, {});
  const parameters = createParameters(dialect);
  const into = `INSERT INTO ${dialect.table(owner.table)}`;
  const names = values.map(({ name, column }) => dialect.quote(column.name ?? name)).join(', ');
  const places = values.map(({ column, value }) => parameters.assign(column, value)).join(', ');
  const insert =
    values.length === 0 ? `${into} ${dialect.defaultRow}` : `${into} (${names}) VALUES (${places})`;
  const returning = dialect.returning ? ` RETURNING ${projection.select.join(', ')}` : '';
  const statement = parameters.statement(insert + returning);
  try {
    const row = await call.driver.write(async (session) => {
      const result = await session.run(statement, { maxRows: 2 });
      if (!dialect.returning) {
        if (result.changes !== 1) throw notOne(owner);
        return readBack(call, session, owner, projection, values);
      }
      const [cells] = result.rows;
      if (cells === undefined || result.rows.length > 1) throw notOne(owner);
      return projection.row(cells);
    }, call.session);
    if (row !== undefined) return writtenResult(call, row);
    return writtenResult(call, given(values), ['The row was made; this is what was given for it.']);
  } catch (error) {
    const note = missingNote(owner, values);
    if (!(error instanceof SqlFailure) || error.kind !== 'conflict' || note === '') throw error;
    const { kind, code, detail, applied } = error;
    throw new SqlFailure(kind, `${error.message} ${note}`, {
      applied,
      ...(code !== undefined && { code }),
      ...(detail !== undefined && { detail }),
    });
  }
}

function notOne(owner: NamedTable): UserInputError {
  return new UserInputError(
    `${owner.name} did not take the row as one: a rule or a trigger of the database stands before it. Nothing was changed.`,
  );
}

/** The new row by a key that was given, or by the number that the database gave it; undefined where there is neither. */
async function readBack(
  { dialect }: SqlCall,
  session: SqlSession,
  owner: NamedTable,
  projection: Projection,
  values: readonly WrittenValue[],
): Promise<Record<string, unknown> | undefined> {
  const parameters = createParameters(dialect);
  const reference = referenceOf(dialect, 't');
  const isGiven = (name: string): boolean =>
    values.some((one) => one.name === name && one.value !== null);
  const keys = keysOf(owner.table);
  const key = keys.find((names) => names.every(isGiven)) ?? rowKey(owner.table) ?? [];
  const [missing, ...others] = key.filter((name) => !isGiven(name));
  const counted = missing === undefined ? undefined : owner.table.columns[missing];
  const isNumber = counted?.kind === 'integer' || counted?.kind === 'bigint';
  if (key.length === 0 || others.length > 0 || (missing !== undefined && !isNumber)) {
    return undefined;
  }
  const known = values.filter(({ name }) => key.includes(name) && isGiven(name));
  const where = [
    ...(known.length > 0 ? [keyText(known, dialect, parameters, reference)] : []),
    ...(missing !== undefined && counted !== undefined
      ? [`${reference(missing, counted)} = LAST_INSERT_ID()`]
      : []),
  ].join(' AND ');
  const text = `SELECT ${projection.select.join(', ')} FROM ${dialect.table(owner.table)} AS t WHERE ${where}`;
  const result = await session.run(parameters.statement(text), { maxRows: 1 });
  const [cells] = result.rows;
  return cells === undefined ? undefined : projection.row(cells);
}

function given(values: readonly WrittenValue[]): Record<string, unknown> {
  return Object.fromEntries(
    values.flatMap(({ name, value }) => (value instanceof Uint8Array ? [] : [[name, value]])),
  );
}
