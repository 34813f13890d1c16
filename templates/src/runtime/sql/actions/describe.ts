import { UserInputError } from '../../calls/user-input-error.js';
import type { SqlDatabase } from '../database.js';
import { describeOperators, describeTable } from '../describe-table.js';
import { findTable, listed } from '../names.js';
import { readNames, type Arguments } from '../read-arguments.js';
import type { SqlData } from '../sql-call.js';

const MAX_TABLES = 20;

/** What there is to know of some tables; those that do not fit are named. */
export function describeTables(
  database: SqlDatabase,
  args: Arguments,
  maxChars: number,
  fixed?: string,
): SqlData {
  const names = fixed === undefined ? (readNames(args, 'tables', MAX_TABLES) ?? []) : [fixed];
  if (names.length === 0) {
    throw new UserInputError(`tables is empty. ${listed('Tables', Object.keys(database.tables))}`);
  }
  const owners = names.map((name) => findTable(database, name));
  const operators = describeOperators(owners.map(({ table }) => table));
  let room = maxChars - JSON.stringify(operators).length - JSON.stringify(names).length - 100;
  const tables = owners.map(({ name, table }) => describeTable(database, name, table));
  const shown = tables.filter((table) => (room -= JSON.stringify(table).length + 1) >= 0);
  const left = names.filter((name) => shown.every(({ table }) => table !== name));
  if (shown.length === 0) {
    throw new UserInputError(
      `The description of ${names[0]} alone is longer than the ${maxChars} characters that a result may have. ${listed('Columns', Object.keys(owners[0]?.table.columns ?? {}))}`,
    );
  }
  return {
    data: {
      tables: shown,
      operators,
      truncated: left.length > 0,
      ...(left.length > 0 && { left_out: left }),
    },
  };
}
