import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlColumn, SqlDatabase } from '../../../../templates/src/runtime/sql/database.js';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import { runScript, shopCaller } from '../support/bench.js';
import type { Cases } from '../support/engines.js';
import { shopDatabase } from '../support/shop.js';

export const postgresCases: Cases = ({ fresh }) => {
  describe('kinds that only PostgreSQL has', () => {
    let driver: SqlDriver;
    const column = (kind: SqlColumn['kind'], type: string, more: Partial<SqlColumn> = {}) => ({
      kind,
      type,
      nullable: true as const,
      ...more,
    });
    const database: SqlDatabase = {
      ...shopDatabase('postgres', { maxTextChars: 30 }),
      tables: {
        kinds: {
          schema: 'my "schema"',
          name: 'kinds',
          columns: {
            id: { kind: 'uuid', type: 'uuid' },
            tags: column('array', 'text[]', { element: 'text' }),
            numbers: column('array', 'bigint[]', { element: 'bigint' }),
            net: column('other', 'inet'),
            span: column('interval', 'interval'),
            at: column('timestamptz', 'timestamptz'),
            code: column('text', 'character(4)'),
            small: column('float', 'real'),
            price: column('decimal', '"my ""schema""".price'),
          },
          key: ['id'],
          writes: ['create', 'update'],
        },
      },
    };
    const ids = ['0189a9f0-1111-7000-8000-000000000001', '0189a9f0-1111-7000-8000-000000000002'];

    beforeAll(async () => {
      driver = await fresh();
      await runScript(driver, [
        'CREATE SCHEMA "my ""schema"""',
        'CREATE DOMAIN "my ""schema""".price AS numeric(40,10) CHECK (value > 0)',
        `CREATE TABLE "my ""schema""".kinds (id uuid PRIMARY KEY, tags text[], numbers bigint[], net inet, span interval,
        at timestamptz, code character(4), small real, price "my ""schema""".price)`,
      ]);
    });

    it('are written, found, put in order and paged', async () => {
      const { call } = shopCaller(database, driver);
      const values = {
        id: ids[0],
        tags: ['a', 'b "c"', null],
        numbers: ['9007199254740993', 1],
        net: '10.0.0.1',
        span: '1 day',
        at: '2024-05-31T14:30:00.123456Z',
        code: 'ab',
        small: 0.1,
        price: '123456789012345678901234567890.0123456789',
      };
      const made = await call('create', { values }, 'kinds');
      expect(made.data['row']).toEqual({
        ...values,
        numbers: ['9007199254740993', '1'],
        net: expect.stringMatching(/^10\.0\.0\.1/),
        at: expect.stringMatching(/14:30:00\.123456\+00$/),
        code: 'ab  ',
      });
      const second = {
        id: ids[1],
        net: '10.0.0.2',
        small: 0.3,
        tags: Array(20).fill('many'),
        at: 'infinity',
      };
      const long = await call('create', { values: second }, 'kinds');
      expect(long.data['row']).toMatchObject({ tags: null, _omitted: { tags: '101 characters' } });

      const found = async (columnName: string, operator: string, value: unknown) => {
        const where = [{ column: columnName, operator, value }];
        const { data, error } = await call('list', { where, fields: ['id'] }, 'kinds');
        return error ?? data.rows.map(({ id }) => ids.indexOf(String(id)));
      };
      expect(await found('tags', 'contains', 'b "c"')).toEqual([0]);
      expect(await found('numbers', 'contains', '9007199254740993')).toEqual([0]);
      expect(await found('numbers', 'contains', 'x')).toBe(
        'an item of numbers must be a whole number, not "x".',
      );
      expect(await found('net', 'starts with', '10.0.0.2')).toEqual([1]);
      // By what it means, in any spelling.
      expect(await found('net', '=', '10.0.0.2')).toEqual([1]);
      expect(await found('net', 'in', ['10.0.0.2/32'])).toEqual([1]);
      expect(await found('span', '>', '23 hours')).toEqual([0]);
      expect(await found('at', '<', '2024-05-31 16:30:00.123457+02')).toEqual([0]);
      expect(await found('code', '=', 'ab')).toEqual([0]);
      expect(await found('price', '=', values.price)).toEqual([0]);
      expect(await found('id', 'in', [ids[1]?.toUpperCase()])).toEqual([1]);

      for (const order of ['small', 'at', 'net', 'price', 'span', 'code']) {
        for (const direction of ['asc', 'desc']) {
          const args = { order: [{ column: order, direction }], fields: ['id'] };
          const whole = await call('list', args, 'kinds');
          const one = await call('list', { ...args, limit: 1 }, 'kinds');
          const cursor = one.data['next_cursor'];
          expect(cursor).toBeDefined();
          const rest = await call('list', { ...args, cursor }, 'kinds');
          expect([...one.data.rows, ...(rest.data.rows ?? [])]).toEqual(whole.data.rows);
        }
      }
    });
  });
};
