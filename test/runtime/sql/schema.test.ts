import { describe, expect, it } from 'vitest';
import {
  completeColumn,
  completeTable,
  enumValues,
  schemaOverview,
  tableSchema,
} from '../../../templates/src/runtime/sql/resources.js';
import { sqlResources } from '../../../templates/src/runtime/sql/sql-resources.js';
import type { SqlDatabase } from '../../../templates/src/runtime/sql/database.js';
import { shopCaller } from './support/bench.js';
import { ODD_COLUMN, shopDatabase } from './support/shop.js';

const driver = {
  dialect: 'postgres',
  read: () => Promise.reject(new Error('a statement ran')),
  write: () => Promise.reject(new Error('a statement ran')),
  inspectRights: async () => [],
  close: async () => undefined,
} as const;

const shop = shopDatabase('postgres');
const { call } = shopCaller(shop, driver);

describe('describe', () => {
  it('gives columns, keys, relations, writes and the operators of their kinds', async () => {
    const { data } = await call('describe', { tables: ['orders', 'customers'] });
    expect(data['truncated']).toBe(false);
    expect((data['tables'] as object[])[0]).toEqual({
      table: 'orders',
      columns: [
        { name: 'id', type: 'bigint', kind: 'bigint' },
        { name: 'customerId', type: 'integer', kind: 'integer', nullable: true },
        { name: 'state', type: 'mood', kind: 'enum', values: ['new', 'paid', 'sent'] },
        { name: 'total', type: 'numeric(12,2)', kind: 'decimal', nullable: true },
        { name: 'placed', type: 'timestamp', kind: 'timestamp', nullable: true },
        { name: 'note', type: 'text', kind: 'text', nullable: true },
        { name: 'data', type: 'jsonb', kind: 'json', nullable: true },
        { name: 'photo', type: 'bytea', kind: 'binary', nullable: true },
      ],
      key: ['id'],
      relations: [
        { name: 'customer', table: 'customers', columns: { customerId: 'id' } },
        { name: 'lines', table: 'lines', columns: { id: 'orderId' }, many: true },
      ],
      writes: ['create', 'update', 'delete'],
    });
    expect((data['tables'] as object[])[1]).toMatchObject({
      description: 'People who buy',
      key: ['id'],
      // Not the one of a masked column.
      uniques: [['email']],
    });
    expect(data['operators']).toMatchObject({
      boolean: ['=', '!=', 'is null', 'is not null'],
      json: ['contains', 'is null', 'is not null'],
    });
  });

  it('says which tables are left out, and which there are', async () => {
    const short = shopCaller(shop, driver, 1_500);
    const { data } = await short.call('describe', { tables: ['log', 'customers', 'orders'] });
    expect(data['left_out']).toEqual(['customers', 'orders']);
    expect(data['truncated']).toBe(true);
    expect((await call('describe', { tables: [] })).error).toBe(
      'tables is empty. Tables: customers, orders, lines, returns, log, odd.',
    );
    expect((await call('describe', { tables: ['log', 'order'] })).error).toContain(
      'There is no table "order"; did you mean orders?',
    );
    expect((await call('describe', {}, 'log')).data['tables']).toMatchObject([{ table: 'log' }]);
  });
});

describe('find', () => {
  it('ranks names before descriptions, and knows plurals and parts of names', async () => {
    const found = async (text: string) => (await call('find', { text })).data['matches'];
    expect(await found('customer')).toEqual([
      { table: 'customers', description: 'People who buy' },
      { table: 'orders', columns: ['customerId'] },
    ]);
    expect(await found('parcel')).toEqual([
      { table: 'customers', description: 'People who buy', columns: ['city'] },
    ]);
    expect(await found('order id')).toMatchObject([
      { table: 'orders', columns: ['id', 'customerId'] },
      { table: 'lines', columns: ['orderId'] },
      { table: 'returns' },
      { table: 'customers' },
      { table: 'odd' },
    ]);
    expect(await found('paid')).toEqual([{ table: 'orders', columns: ['state'] }]);
  });

  it('says when nothing fits', async () => {
    const { data } = await call('find', { text: 'retruns' });
    expect(data['notes']).toEqual([
      'Nothing of 6 tables fits; try other words. Perhaps returns is meant.',
    ]);
    expect((await call('find', { text: '--' })).error).toBe('text holds no word.');
  });

  it('is bounded', async () => {
    const tables = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`part_${index}`, { name: 'x', columns: {} }]),
    );
    const many: SqlDatabase = { ...shop, tables };
    const { data } = await shopCaller(many, driver).call('find', { text: 'parts' });
    expect(data['matches']).toHaveLength(20);
    expect(data['truncated']).toBe(true);
  });
});

describe('resources', () => {
  it('give the tables, a line each', () => {
    expect(schemaOverview(shop).split('\n').slice(0, 5)).toEqual([
      'customers (7 columns, key id, create, update, delete): People who buy',
      'orders (8 columns, key id, create, update, delete)',
      'lines (4 columns, key orderId, position, create, delete)',
      'returns (4 columns, key id)',
      'log (2 columns, no key)',
    ]);
  });

  it('give a table, and the values of an enum', () => {
    expect(tableSchema(shop, 'log')).toEqual({
      table: 'log',
      columns: [
        { name: 'line', type: 'varchar(200)', kind: 'text' },
        { name: 'level', type: 'integer', kind: 'integer', nullable: true },
      ],
    });
    expect(tableSchema(shop, 'constructor')).toBeUndefined();
    expect(enumValues(shop, 'orders', 'state')).toEqual(['new', 'paid', 'sent']);
    expect(enumValues(shop, 'orders', 'id')).toBeUndefined();
    expect(enumValues(shop, 'orders', '__proto__')).toBeUndefined();
    expect(enumValues(shop, 'nope', 'id')).toBeUndefined();
  });

  it('complete names', () => {
    expect(completeTable(shop, 'o')).toEqual(['orders', 'odd', 'customers', 'log']);
    expect(completeTable(shop, 'ORD')).toEqual(['orders']);
    expect(completeColumn(shop, 'odd', 'a')).toEqual([ODD_COLUMN]);
    expect(completeColumn(shop, 'odd', '_')).toEqual(['__proto__']);
    expect(completeColumn(shop, 'toString', '')).toEqual([]);
  });

  it('complete for a list of values what has one', () => {
    const { id } = shop;
    const { complete } = sqlResources({ [id]: shop });
    const { signal } = new AbortController();
    const asked = (template: string, name: string, table = '') => {
      const completing = { name, value: '', others: { table } };
      return complete?.(`db://${id}/tables/{table}${template}`, completing, signal);
    };
    const values = '/columns/{column}/values';
    expect(asked('', 'table')).toEqual(Object.keys(shop.tables));
    expect(asked(values, 'table')).toEqual(['orders']);
    expect(asked(values, 'column', 'orders')).toEqual(['state']);
    expect(asked(values, 'column', 'customers')).toEqual([]);
  });
});
