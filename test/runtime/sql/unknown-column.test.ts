import { describe, expect, it } from 'vitest';
import { SqlFailure } from '../../../templates/src/runtime/sql/driver.js';
import { withColumns } from '../../../templates/src/runtime/sql/unknown-column.js';
import { shopDatabase } from './support/shop.js';

const database = shopDatabase('postgres');
const told = (message: string, sql: string, code?: string) => {
  const failure = new SqlFailure('statement', message, code === undefined ? {} : { code });
  return (withColumns(failure, sql, database) as Error).message;
};

describe('a column that is not there', () => {
  const LINES = 'Columns of lines: order_id, position, product, amount.';
  it.each([
    ['PostgreSQL', 'X: column "prodct" does not exist.', '42703'],
    ['PostgreSQL, with its table', 'X: column l.prodct does not exist.', '42703'],
    ['SQLite', 'X: no such column: l.prodct.', '1'],
    ['MySQL', "X: Unknown column 'l.prodct' in 'SELECT'.", '1054'],
  ])('is answered with those that are, as %s says it', (_, message, code) => {
    expect(told(message, 'SELECT prodct FROM lines l', code)).toBe(
      `${message} Did you mean product? ${LINES}`,
    );
  });

  it('is answered with the columns of every table that the statement names, but no masked one', () => {
    const message = 'column "x" does not exist.';
    expect(told(message, 'SELECT x FROM "customers", linesx, my_lines, lines', '42703')).toBe(
      `${message} Columns of customers: id, name, email, city, score, active. ${LINES}`,
    );
  });

  it('adds nothing to other failures', () => {
    expect(told('syntax error.', 'SELECT FROM lines', '42601')).toBe('syntax error.');
    expect(told('column "x" does not exist.', 'SELECT x', '42703')).toBe(
      'column "x" does not exist.',
    );
    const other = new Error('column "x" does not exist');
    expect(withColumns(other, 'SELECT x FROM lines', database)).toBe(other);
  });
});
