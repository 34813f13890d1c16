import { UserInputError } from '../../calls/user-input-error.js';
import type { SqlColumnKind, SqlDialect } from '../database.js';
import type { SqlValue } from '../driver.js';
import { fitRows } from '../fit-rows.js';
import { plainRows, refuseTooLarge } from '../plain-rows.js';
import type { Arguments } from '../read-arguments.js';
import { MAX_RESULT_BYTES, type SqlCall, type SqlData } from '../sql-call.js';
import type { SqlStatement } from '../sql-tool.js';
import { checkValue } from '../values.js';
import { rowResult } from './get.js';

/** Runs a statement that a person wrote, with the arguments as its parameters; those that are left out are null. */
export async function runStatement(
  call: SqlCall,
  args: Arguments,
  { text, parameters, writes, single }: SqlStatement,
): Promise<SqlData> {
  const { dialect, database, driver, session: options } = call;
  const { limits } = database;
  const values = parameters.map(({ argument, kind: given }) => {
    const value = args[argument];
    if (value === undefined || value === null) return null;
    if (given === 'any') return scalar(value, argument);
    const kind = given as SqlColumnKind;
    const checked = checkValue(value, { name: argument, kind, type: '' }, dialect.name);
    return dialect.value(plainNumber(checked, kind, dialect.name), { kind });
  });
  const maxRows = single ? 1 : limits.maxRows;
  const run = writes ? driver.write : driver.read;
  return run(async (session) => {
    const bounds = { maxRows: maxRows + 1, maxBytes: MAX_RESULT_BYTES };
    const result = await session.run({ text, values }, bounds);
    refuseTooLarge(result);
    const rows = plainRows(result, limits);
    if (result.columns.length === 0) return { data: { changes: result.changes } };
    const truncated = result.truncated || rows.length > maxRows;
    const [first] = rows;
    if (single && first === undefined) return { data: { row: null } };
    if (single && first) return rowResult(call, first, truncated ? [ONE] : []);
    const shown = rows.slice(0, maxRows);
    return fitRows({ rows: shown, truncated, notes: [], withoutCursor: MORE }, call.maxResultChars);
  }, options);
}

/** Nothing says what it is compared with: a text could be compared as one, where it may be a number without loss. */
function plainNumber(value: SqlValue, kind: SqlColumnKind, dialect: SqlDialect): SqlValue {
  if (typeof value !== 'string') return value;
  const isNumber = kind === 'bigint' || (kind === 'decimal' && dialect === 'sqlite');
  const number = Number(value);
  if (!isNumber || Math.abs(number) > Number.MAX_SAFE_INTEGER) return value;
  return number;
}

/** A value of which nobody knows what it is compared with. */
function scalar(value: unknown, argument: string): SqlValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  throw new UserInputError(`${argument} must be a text, a number, true or false.`);
}

const ONE = 'There are more rows than this one.';
const MORE = 'There are more rows: ask for fewer by the arguments.';
