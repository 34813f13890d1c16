import type { SqlColumn, SqlDatabase, SqlDialect, SqlLimits, SqlTable } from './database.js';
import { mysql } from './dialects/mysql.js';
import { postgres } from './dialects/postgres.js';
import { sqlite } from './dialects/sqlite.js';
import type { SqlValue } from './driver.js';

/**
 * How a database writes what the tools need. Everything that is given to these functions as an expression was made by them;
 * names come from the model, values are parameters.
 */
export type Dialect = {
  name: SqlDialect;
  /** Any name, in quotes. Throws for one that no database can have. */
  quote: (name: string) => string;
  /** The table, as it stands after FROM. */
  table: (table: Pick<SqlTable, 'schema' | 'name'>) => string;
  /** The `index`th parameter (from 1), such that it is compared exactly with a column of that kind. */
  parameter: (index: number, column: Pick<SqlColumn, 'kind' | 'type'>, value: SqlValue) => string;
  /** A checked value as the driver takes it. */
  value: (value: SqlValue, column: Pick<SqlColumn, 'kind'>) => SqlValue;
  /** The column in results: what is too long is cut or left out by the database; `size` tells of what is left out. */
  cell: (column: SqlColumn, expression: string, limits: CellLimits) => CellText;
  /** The column where it is compared and put in order. */
  comparable: (column: Pick<SqlColumn, 'kind' | 'type'>, expression: string) => string;
  /** Nulls last when ascending, first when descending, in every dialect. */
  order: (expression: string, descending: boolean, nullable: boolean) => string;
  /** Whether `(a, b) > (x, y)` finds its place by an index. */
  comparesRows: boolean;
  /** A text with LIKE wildcards of which `!` is the escape, upper and lower case being equal. */
  matches: (
    column: Pick<SqlColumn, 'kind' | 'type'>,
    expression: string,
    parameter: string,
  ) => string;
  /** An array or a set has the element. */
  has: (column: Pick<SqlColumn, 'kind'>, expression: string, parameter: string) => string;
  /** Writing statements give back rows, and may name the table `t`. */
  returning: boolean;
  /** `INSERT INTO x` of a row that consists of defaults. */
  defaultRow: string;
};

export type CellLimits = Pick<SqlLimits, 'maxTextChars' | 'maxBinaryBytes'>;
/** `size` is a number of `unit`s: where it is over the limit, the cell is null. */
export type CellText = { text: string; size?: { text: string; unit: string } };

const DIALECTS: Record<SqlDialect, Dialect> = { postgres, mysql, sqlite };

export function dialectOf(name: SqlDatabase['dialect']): Dialect {
  return DIALECTS[name];
}
