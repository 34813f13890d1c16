import { describe, expect, it } from 'vitest';
import type { SqlColumn } from '../../../templates/src/runtime/sql/database.js';
import { checkValue } from '../../../templates/src/runtime/sql/values.js';
import { UserInputError } from '../../../templates/src/runtime/calls/user-input-error.js';
import { shopCaller } from './support/bench.js';
import { quietLog } from './support/quiet.js';
import { shopDatabase } from './support/shop.js';

/** A driver that must not be reached. */
const driver = {
  dialect: 'postgres',
  read: () => Promise.reject(new Error('a statement ran')),
  write: () => Promise.reject(new Error('a statement ran')),
  inspectRights: async () => [],
  close: async () => undefined,
} as const;

const { call, run } = shopCaller(shopDatabase('postgres'), driver);

describe('arguments that do not fit are told before anything runs', () => {
  const condition = (column: string, operator: string, value?: unknown) => ({
    where: [{ column, operator, value }],
  });
  const cases: [string, string, object, string][] = [
    [
      'list',
      'customer',
      {},
      'There is no table "customer"; did you mean customers? Tables: customers, orders, lines, returns, log, odd.',
    ],
    [
      'list',
      'constructor',
      {},
      'There is no table "constructor". Tables: customers, orders, lines, returns, log, odd.',
    ],
    [
      'list',
      'lines',
      { fields: ['prodct'] },
      'lines has no column "prodct"; did you mean product? Columns: orderId, position, product, amount.',
    ],
    [
      'list',
      'lines',
      { fields: ['toString'] },
      'lines has no column "toString". Columns: orderId, position, product, amount.',
    ],
    ['list', 'lines', { fields: 'product' }, 'fields must be a list of texts.'],
    ['list', 'lines', { limit: 0 }, 'limit must be a whole number of at least 1.'],
    ['list', 'lines', { limit: 2.5 }, 'limit must be a whole number of at least 1.'],
    [
      'list',
      'customers',
      { order: [{ column: 'secret' }] },
      'customers.secret cannot be ordered by. Columns that can be: id, name, email, city, score, active.',
    ],
    [
      'list',
      'customers',
      { order: [{ column: 'id', direction: 'down' }] },
      'direction must be asc or desc.',
    ],
    [
      'list',
      'orders',
      { order: [{ column: 'data' }] },
      'orders.data cannot be ordered by. Columns that can be: id, customerId, state, total, placed, note, photo.',
    ],
    [
      'list',
      'orders',
      { include: ['customers'] },
      'orders has no relation "customers"; did you mean customer? Relations: customer, lines.',
    ],
    [
      'list',
      'orders',
      { include: ['customer.orders.customer.orders'] },
      'include goes at most 3 relations deep.',
    ],
    [
      'list',
      'customers',
      condition('secret', '=', 'x'),
      'secret is masked and cannot be used in where.',
    ],
    [
      'list',
      'customers',
      condition('id', 'contains', '1'),
      'id (integer) has no operator "contains". Operators: =, !=, in, not in, <, <=, >, >=, is null, is not null.',
    ],
    [
      'list',
      'customers',
      condition('name', 'start with', 'x'),
      'name (text) has no operator "start with"; did you mean "starts with"? Operators: =, !=, in, not in, <, <=, >, >=, like, contains, starts with, ends with, is null, is not null.',
    ],
    ['list', 'customers', condition('id', '=', 'one'), 'id must be a whole number, not "one".'],
    [
      'list',
      'customers',
      condition('id', '=', 2 ** 31),
      'id must be from -2147483648 to 2147483647, not "2147483648".',
    ],
    ['list', 'customers', condition('id', 'in', 1), 'id in needs a list of values.'],
    [
      'list',
      'customers',
      condition('name', '<'),
      'name < needs a value; to find rows without one, use "is null".',
    ],
    [
      'get',
      'customers',
      { key: { id: 1, name: 'x' } },
      'key must be { "id" } or { "email" }, not { "id", "name" }.',
    ],
    ['aggregate', 'customers', {}, 'measures is empty: ask for at least one, or for group_by.'],
    [
      'aggregate',
      'customers',
      { measures: [{ function: 'median', column: 'score' }] },
      'There is no function "median". Functions: count, count distinct, sum, avg, min, max.',
    ],
    [
      'aggregate',
      'customers',
      { group_by: ['secret'] },
      'customers.secret cannot be grouped by. Columns that can be: id, name, email, city, score, active.',
    ],
    [
      'aggregate',
      'customers',
      { measures: [{ function: 'count' }], order: [{ column: 'name' }] },
      'The result has no "name". It has: count.',
    ],
    ['search', 'customers', { text: ' ' }, 'text holds no word.'],
    [
      'search',
      'returns',
      { text: 'x', cursor: 'e30' },
      'cursor must be a next_cursor of this tool, unchanged.',
    ],
  ];
  it.each(cases)('%s %s %j', async (action, table, args, message) => {
    const given = args as Record<string, unknown>;
    const { error } = await call(action as 'list', given, table === '' ? undefined : table);
    expect(error).toBe(message);
  });

  it('a table has to be named where the tool has none', async () => {
    expect((await call('list', {})).error).toBe('table is missing.');
    expect((await call('list', { table: 'nope' })).error).toContain('There is no table "nope"');
  });

  it('a reference that is bounded names many columns', async () => {
    const columns = Object.fromEntries(
      Array.from({ length: 100 }, (_, index): [string, SqlColumn] => [
        `column${index}`,
        { kind: 'text', type: 'text' },
      ]),
    );
    const wide = shopDatabase('postgres');
    wide.tables['wide'] = { name: 'wide', columns };
    const answer = await shopCaller(wide, driver).call('list', { fields: ['zzz'] }, 'wide');
    expect(answer.error).toMatch(
      /^wide has no column "zzz"\. Columns: column0, .*, column39 and 60 more\.$/,
    );
  });

  it('an error of ours says nothing of itself', async () => {
    quietLog();
    const { error } = await run({ source: 'shop', action: 'list', table: 'log' }, {});
    expect(error).toMatch(/^tool failed: there was an error in this server\.\nReference: \w{8}$/);
  });
});

describe('values', () => {
  const check = (kind: SqlColumn['kind'], given: unknown, more: Partial<SqlColumn> = {}) => {
    try {
      return checkValue(given, { name: 'x', kind, type: '', ...more }, 'postgres');
    } catch (error) {
      if (error instanceof UserInputError) return `! ${error.message}`;
      throw error;
    }
  };

  it('are taken exactly or not at all', () => {
    expect(check('bigint', '9223372036854775807')).toBe('9223372036854775807');
    expect(check('bigint', '9223372036854775808')).toContain(
      '! x must be from -9223372036854775808',
    );
    expect(check('bigint', 7)).toBe('7');
    expect(check('bigint', 2 ** 53)).toContain('sent as text: it is too large for a number');
    expect(check('integer', '007')).toBe(7);
    expect(check('integer', 1.5)).toContain('! x must be a whole number');
    expect(check('integer', -1, { type: 'int unsigned' })).toBe(-1);
    expect(check('decimal', '123456789012345678901234567890.12')).toBe(
      '123456789012345678901234567890.12',
    );
    expect(check('decimal', 0.1)).toBe('0.1');
    expect(check('decimal', 0.1 + 0.2)).toContain('sent as text: a number of more than 15 digits');
    expect(check('decimal', '1e5')).toContain('without exponent');
    expect(check('float', '1e3')).toBe(1000);
    expect(check('float', 'Infinity')).toBe('Infinity');
    expect(check('float', 'abc')).toBe('! x must be a number, not "abc".');
    expect(check('boolean', 'true')).toBe(true);
    expect(check('boolean', 'yes')).toBe('! x must be true or false, not "yes".');
  });

  it('have the shape of their kind', () => {
    expect(check('uuid', '0189a9f0-1111-7000-8000-000000000001')).toContain('0189');
    expect(check('uuid', '0189')).toBe('! x must be a UUID, not "0189".');
    expect(check('date', '2024-02-29')).toBe('2024-02-29');
    expect(check('date', '2024-13-01')).toBe(
      '! x must be a date like 2024-05-31, not "2024-13-01".',
    );
    expect(check('date', 'infinity')).toBe('infinity');
    expect(check('timestamp', '2024-05-31T14:30:00.5')).toBe('2024-05-31T14:30:00.5');
    expect(check('timestamp', '2024-05-31T14:30:00Z')).toContain('without a time zone');
    expect(check('timestamptz', '2024-05-31T14:30:00Z')).toBe('2024-05-31T14:30:00Z');
    expect(check('timestamptz', '2024-05-31 14:30:00+05:30')).toBe('2024-05-31 14:30:00+05:30');
    expect(check('time', '25:00')).toBe('! x must be a time like 14:30:00, not "25:00".');
    expect(check('binary', 'AP8=')).toEqual(new Uint8Array([0, 255]));
    expect(check('binary', 'a b')).toBe('! x must be base64, not "a b".');
    expect(check('binary', 'AAAAA')).toBe('! x must be base64, not "AAAAA".');
    expect(check('json', { a: [1] })).toBe('{"a":[1]}');
    expect(check('json', '{"a": 1}')).toBe('{"a": 1}');
    expect(check('json', '{no')).toBe('"{no"');
    expect(check('json', 'text')).toBe('"text"');
    expect(check('array', ['1', null, 3], { element: 'integer' })).toEqual([1, null, 3]);
    expect(check('array', 'x')).toBe('! x must be a list, not "x".');
    expect(check('set', ['a', 'b'], { values: ['a', 'b'] })).toBe('a,b');
    expect(check('set', 'a,c', { values: ['a', 'b'] })).toContain('! x has no value "c"');
    expect(check('text', 'b', { values: ['a', 'b'] })).toBe('b');
    expect(check('text', 'c', { values: ['a', 'b'] })).toContain('! x has no value "c"');
    expect(check('text', 42)).toBe('42');
    expect(check('text', true)).toBe('! x must be a text, not "true".');
  });
});
