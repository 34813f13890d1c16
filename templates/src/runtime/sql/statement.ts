import type { SqlColumn } from './database.js';
import type { Dialect } from './dialect.js';
import type { SqlText, SqlValue } from './driver.js';

/** Collects the values of one statement in the order of their placeholders. */
export type Parameters = {
  /** The placeholder of a checked value that is compared with the column. */
  add: (column: Pick<SqlColumn, 'kind' | 'type'>, value: SqlValue) => string;
  /** The placeholder of a value that is stored in the column. */
  assign: (column: Pick<SqlColumn, 'kind' | 'type'>, value: SqlValue) => string;
  /** The statement; its parts have to stand in the text in the order in which their values were added. */
  statement: (text: string) => SqlText;
};

export function createParameters(dialect: Dialect): Parameters {
  const values: SqlValue[] = [];
  const push = (column: Pick<SqlColumn, 'kind'>, value: SqlValue): SqlValue => {
    const ready = dialect.value(value, column);
    values.push(ready);
    return ready;
  };
  return {
    add: (column, value) => {
      const ready = push(column, value);
      return dialect.parameter(values.length, column, ready);
    },
    assign: (column, value) => {
      push(column, value);
      return dialect.name === 'postgres' ? `$${values.length}` : '?';
    },
    statement: (text) => ({ text, values }),
  };
}

/** How columns are referred to: by the alias of their table, because a name alone could be taken for that of a result. */
export type Reference = (name: string, column: SqlColumn) => string;

export function referenceOf(dialect: Dialect, alias: string): Reference {
  return (name, column) => `${alias}.${dialect.quote(column.name ?? name)}`;
}
