import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import { rowsOf, runScript, shopCaller } from '../support/bench.js';
import type { Cases } from '../support/engines.js';
import { ODD_COLUMN, shopDatabase, shopScript } from '../support/shop.js';

export const actionCases: Cases = ({ dialect, fresh }) => {
  describe('reading', () => {
    let driver: SqlDriver;
    const tools = (limits = {}, chars?: number) =>
      shopCaller(shopDatabase(dialect, limits), driver, chars);

    beforeAll(async () => {
      driver = await fresh();
      await runScript(driver, shopScript(dialect));
    });

    const ids = async (args: object, table = 'customers'): Promise<unknown[]> =>
      rowsOf(await tools().call('list', { fields: ['id'], ...args }, table)).map(({ id }) => id);
    const where = (column: string, operator: string, value?: unknown) => ({
      where: [{ column, operator, value }],
    });

    it('gives rows as JSON, exact, with masked columns masked', async () => {
      const { call } = tools();
      const [ada] = rowsOf(await call('list', { limit: 1 }, 'customers'));
      expect(ada).toEqual({
        id: 1,
        name: 'Ada',
        email: 'ada@example.com',
        city: 'Bern',
        secret: '•••',
        score: 1.5,
        active: true,
      });
      const { data } = await call('get', { key: { id: '9007199254740993' } }, 'orders');
      expect(data['row']).toEqual({
        id: '9007199254740993',
        customerId: 1,
        state: 'new',
        total: dialect === 'sqlite' ? '10.5' : '10.50',
        placed: '2024-05-31 14:30:00.123456',
        note: 'first',
        data: { a: [1, expect.stringMatching(/^1234567890123456/)] },
        photo: 'AP8=',
      });
    });

    it('cuts long texts and leaves out long bytes, and says so', async () => {
      const rows = rowsOf(await tools().call('list', { fields: ['note', 'photo'] }, 'orders'));
      expect(rows[0]).toEqual({ note: null, photo: null, _omitted: { photo: '65 bytes' } });
      expect(rows[1]).toEqual({
        note: `a long ${'y'.repeat(493)}… [cut after 500 characters]`,
        photo: null,
      });
    });

    it('filters by every operator', async () => {
      expect(await ids(where('name', '=', 'Ada'))).toEqual([1]);
      expect(await ids(where('name', '!=', 'Ada'))).toEqual([2, 3, 4]);
      expect(await ids(where('city', '!=', 'Bern'))).toEqual([3]);
      expect(await ids(where('score', '<', 0))).toEqual([3]);
      expect(await ids(where('score', '<=', 0))).toEqual([3, 4]);
      expect(await ids(where('score', '>', 0))).toEqual([1]);
      expect(await ids(where('score', '>=', '0'))).toEqual([1, 4]);
      expect(await ids(where('id', 'in', [1, '3', 77]))).toEqual([1, 3]);
      expect(await ids(where('id', 'not in', [1, 3]))).toEqual([2, 4]);
      expect(await ids(where('name', 'like', 'A%'))).toEqual([1]);
      expect(await ids(where('name', 'contains', '_%'))).toEqual([3]);
      expect(await ids(where('name', 'contains', 'E'))).toEqual([4]);
      expect(await ids(where('name', 'starts with', 'aD'))).toEqual([1]);
      expect(await ids(where('name', 'ends with', 'O'))).toEqual([2]);
      expect(await ids(where('email', 'is null'))).toEqual([2]);
      expect(await ids(where('email', 'is not null'))).toEqual([1, 3, 4]);
      expect(await ids(where('email', '=', null))).toEqual([2]);
      expect(await ids(where('active', '=', false))).toEqual([2]);
      const both = [...where('city', '=', 'Bern').where, ...where('score', '>', 1).where];
      expect(await ids({ where: both })).toEqual([1]);
    });

    it('filters exactly by wide integers, decimals, times, enums, bytes and JSON', async () => {
      const orders = (column: string, operator: string, value?: unknown) =>
        ids(where(column, operator, value), 'orders');
      expect(await orders('id', '=', '9007199254740993')).toEqual(['9007199254740993']);
      expect(await orders('id', '=', '9007199254740992')).toEqual([]);
      expect(await orders('id', 'in', ['9007199254740993', 2])).toEqual(['2', '9007199254740993']);
      expect(await orders('total', '=', '9999999999.99')).toEqual(['2']);
      expect(await orders('total', '>', '9999999999.989')).toEqual(['2']);
      expect(await orders('total', '<=', 0.1)).toEqual(['4']);
      expect(await orders('placed', '>', '2024-05-31 14:30:00.123456')).toEqual(['4']);
      expect(await orders('placed', '<', '2024-02-01 00:00:00')).toEqual(['2']);
      expect(await orders('state', 'in', ['paid', 'sent'])).toEqual(['2', '3']);
      expect(await orders('photo', '=', 'AP8=')).toEqual(['9007199254740993']);
      expect(await orders('data', 'contains', '12345')).toEqual(['9007199254740993']);
      expect(await orders('data', 'is null')).toEqual(['2', '3', '4']);
    });

    it('puts rows in order, nulls last, or first when descending', async () => {
      const order = (...columns: [string, string?][]) =>
        ids({ order: columns.map(([column, direction]) => ({ column, direction })) });
      expect(await order(['score'])).toEqual([3, 4, 1, 2]);
      expect(await order(['score', 'desc'])).toEqual([2, 1, 4, 3]);
      expect(await order(['city'], ['name', 'desc'])).toEqual([3, 4, 1, 2]);
      expect(await order(['active', 'desc'], ['id', 'desc'])).toEqual([4, 3, 1, 2]);
    });

    it('goes on from cursors in every order, without gaps or repeats', async () => {
      const { call } = tools();
      const orders = [
        [],
        [{ column: 'city' }],
        [{ column: 'city', direction: 'desc' }],
        [{ column: 'score' }, { column: 'name', direction: 'desc' }],
        [{ column: 'active' }, { column: 'city', direction: 'desc' }, { column: 'score' }],
        [{ column: 'id', direction: 'desc' }],
      ];
      for (const order of orders) {
        const whole = await ids({ order });
        for (const limit of [1, 2, 3]) {
          const seen: unknown[] = [];
          let cursor: string | undefined;
          do {
            const args = { order, limit, fields: ['id'], cursor };
            const { data, error } = await call('list', args, 'customers');
            expect(error).toBeUndefined();
            seen.push(...data.rows.map(({ id }) => id));
            expect(data['truncated']).toBe(data['next_cursor'] !== undefined);
            cursor = data['next_cursor'] as string | undefined;
          } while (cursor !== undefined);
          expect(seen).toEqual(whole);
        }
      }
    });

    it('goes on from cursors by keys of two columns, decimals, times and enums', async () => {
      const { call } = tools();
      const pages = async (table: string, order: object[], field: string): Promise<unknown[]> => {
        const seen: unknown[] = [];
        let cursor: unknown;
        do {
          const { data, error } = await call('list', { order, limit: 1, cursor }, table);
          if (error !== undefined) throw new Error(error);
          seen.push(...data.rows.map((row) => row[field]));
          cursor = data['next_cursor'];
        } while (cursor !== undefined && seen.length < 20);
        return seen;
      };
      expect(await pages('lines', [], 'product')).toEqual(['tea', 'cup', 'tea', 'pot']);
      const down = [{ column: 'orderId', direction: 'desc' }];
      expect(await pages('lines', down, 'product')).toEqual(['pot', 'tea', 'cup', 'tea']);
      const mixed = [...down, { column: 'position' }];
      expect(await pages('lines', mixed, 'product')).toEqual(['pot', 'tea', 'tea', 'cup']);
      const big = '9007199254740993';
      expect(await pages('orders', [{ column: 'total' }], 'id')).toEqual(['4', big, '2', '3']);
      expect(await pages('orders', [{ column: 'placed' }], 'id')).toEqual(['2', big, '4', '3']);
      const placed = [{ column: 'placed', direction: 'desc' }];
      expect(await pages('orders', placed, 'id')).toEqual(['3', '4', big, '2']);
      expect(await pages('orders', [{ column: 'state' }], 'id')).toEqual(['4', big, '2', '3']);
      const photo = await pages('orders', [{ column: 'customerId' }], 'id');
      expect(photo).toEqual(['2', big, '3', '4']);
    });

    it('refuses the cursor of another query, and what is none', async () => {
      const { call } = tools();
      const { data } = await call('list', { limit: 1 }, 'customers');
      const cursor = data['next_cursor'];
      const other = await call('list', { cursor, ...where('id', '>', 0) }, 'customers');
      expect(other.error).toContain('cursor belongs to another query');
      expect((await call('list', { cursor }, 'orders')).error).toContain('another query');
      const order = [{ column: 'name' }];
      expect((await call('list', { cursor, order }, 'customers')).error).toContain('another query');
      for (const bad of ['x', '!', 'bnVsbA', `${String(cursor)}AAAA`, 'A'.repeat(3_000)]) {
        const { error } = await call('list', { cursor: bad }, 'customers');
        expect(error).toBe('cursor must be a next_cursor of this tool, unchanged.');
      }
      const fields = await call('list', { cursor, fields: ['name'], limit: 2 }, 'customers');
      expect(fields.data.rows).toEqual([{ name: 'Bo' }, { name: 'Cy_%' }]);
    });

    it('caps limits and says so', async () => {
      const { data } = await tools({ maxRows: 2 }).call('list', { limit: 9 }, 'customers');
      expect(data.rows).toHaveLength(2);
      expect(data['truncated']).toBe(true);
      expect(data['notes']).toEqual([
        'limit was lowered to 2, the most that this server gives at once.',
      ]);
      const some = await tools({ defaultRows: 3 }).call('list', {}, 'customers');
      expect(some.data.rows).toHaveLength(3);
    });

    it('says of a table without key that there is no way on', async () => {
      const { data } = await tools().call('list', { limit: 2 }, 'log');
      expect(data.rows).toHaveLength(2);
      expect(data['truncated']).toBe(true);
      expect(data['next_cursor']).toBeUndefined();
      expect(data['notes']).toEqual([
        'There are more rows, but log has no key to go on from: use where, or a larger limit.',
      ]);
      expect((await tools().call('get', { key: { line: 'one' } }, 'log')).error).toBe(
        'log has no key, so that single rows cannot be named.',
      );
    });

    it('drops rows that make a result too long, and goes on behind the last one shown', async () => {
      const { call } = tools({}, 560);
      const first = await call('list', {}, 'customers');
      expect(first.data.rows.map(({ id }) => id)).toEqual([1, 2, 3]);
      expect(first.data['truncated']).toBe(true);
      const cursor = first.data['next_cursor'];
      const second = await call('list', { cursor }, 'customers');
      expect(second.data.rows.map(({ id }) => id)).toEqual([4]);
      expect(second.data['truncated']).toBe(false);
      const { error } = await tools({}, 500).call('get', { key: { id: 3 } }, 'orders');
      expect(error).toMatch(/^One row alone is longer than the 500 characters .* note \(\d+\)/);
    });

    it('gives related rows in the rows, one statement for each relation', async () => {
      const { call } = tools();
      const include = ['customer', 'lines.returns.line', 'lines.order'];
      const fields = ['id'];
      const rows = rowsOf(await call('list', { include, fields, limit: 3 }, 'orders'));
      expect(rows[0]).toMatchObject({
        id: '2',
        customer: { id: 1, name: 'Ada', secret: '•••' },
        lines: [
          { product: 'tea', returns: [], order: { id: '2', state: 'paid' } },
          {
            product: 'cup',
            returns: [
              { id: 1, reason: 'broken', line: { product: 'cup' } },
              { id: 3, reason: 'again', line: { product: 'cup' } },
            ],
          },
        ],
      });
      expect(rows[1]).toMatchObject({ customer: { id: 3 }, lines: [{ returns: [{ id: 2 }] }] });
      expect(rows[2]).toEqual({ id: '4', customer: null, lines: [] });
      const one = await call('get', { key: { id: 1 }, include: ['orders'] }, 'customers');
      const { orders } = one.data['row'] as { orders: { id: string }[] };
      expect(orders.map(({ id }) => id)).toEqual(['2', '9007199254740993']);
    });

    it('gets a row by its key or another unique one', async () => {
      const { call } = tools();
      const byEmail = await call('get', { key: { email: 'cy@example.com' } }, 'customers');
      expect(byEmail.data['row']).toMatchObject({ id: 3 });
      const fields = ['product'];
      const line = await call('get', { key: { position: 2, orderId: '2' }, fields }, 'lines');
      expect(line.data).toEqual({ row: { product: 'cup' } });
      expect((await call('get', { key: { orderId: 2 } }, 'lines')).error).toBe(
        'key must be { "orderId", "position" }, not { "orderId" }.',
      );
      expect((await call('get', { key: { secret: 's3cr3t' } }, 'customers')).error).toBe(
        'key must be { "id" } or { "email" }, not { "secret" }.',
      );
      expect((await call('get', { key: { id: 77 } }, 'customers')).error).toBe(
        'customers has no row with the key {"id":77}.',
      );
    });

    it('lists what a row leads to', async () => {
      const { call } = tools();
      const args = { key: { id: 1 }, relation: 'orders', fields: ['id'], limit: 1 };
      const first = await call('related', args, 'customers');
      expect(first.data.rows).toEqual([{ id: '2' }]);
      const next = await call(
        'related',
        { ...args, cursor: first.data['next_cursor'] },
        'customers',
      );
      expect(next.data).toEqual({ rows: [{ id: '9007199254740993' }], truncated: false });
      const other = { ...args, key: { id: 3 }, cursor: first.data['next_cursor'] };
      expect((await call('related', other, 'customers')).error).toContain('another query');
      const paid = { ...args, ...where('state', '=', 'new') };
      expect((await call('related', paid, 'customers')).data.rows).toEqual([
        { id: '9007199254740993' },
      ]);
      const none = await call('related', { key: { id: 4 }, relation: 'customer' }, 'orders');
      expect(none.data).toEqual({ rows: [], truncated: false });
      const pair = { key: { orderId: 2, position: 2 }, relation: 'returns', fields: ['id'] };
      expect((await call('related', pair, 'lines')).data.rows).toEqual([{ id: 1 }, { id: 3 }]);
      expect((await call('related', { ...args, relation: 'order' }, 'customers')).error).toBe(
        'customers has no relation "order"; did you mean orders? Relations: orders.',
      );
    });

    it('computes figures, exact ones as text', async () => {
      const { call } = tools();
      const measures = [
        { function: 'count' },
        { function: 'count', column: 'total' },
        { function: 'sum', column: 'total' },
        { function: 'count distinct', column: 'state' },
        { function: 'max', column: 'placed' },
        { function: 'sum', column: 'customerId' },
      ];
      const all = await call('aggregate', { measures }, 'orders');
      expect(all.data).toEqual({
        rows: [
          {
            count: 4,
            count_total: 3,
            sum_total: '10000000010.59',
            count_distinct_state: 3,
            max_placed: '2024-05-31 14:30:00.123457',
            sum_customerId: '5',
          },
        ],
        truncated: false,
      });
      const groups = await call(
        'aggregate',
        {
          group_by: ['city'],
          measures: [{ function: 'count' }, { function: 'avg', column: 'score' }],
          order: [{ column: 'count', direction: 'desc' }],
          ...where('active', '=', true),
        },
        'customers',
      );
      expect(groups.data.rows).toEqual([
        { city: 'Bern', count: 2, avg_score: 0.75 },
        { city: 'Basel', count: 1, avg_score: -2.25 },
      ]);
      const cut = await call('aggregate', { group_by: ['name'], limit: 2 }, 'customers');
      expect(cut.data).toMatchObject({ rows: [{ name: 'Ada' }, { name: 'Bo' }], truncated: true });
      const { error } = await call(
        'aggregate',
        { measures: [{ function: 'sum', column: 'name' }] },
        'customers',
      );
      expect(error).toBe(
        'customers.name (text) has no sum. Functions of this column: count, count distinct, min, max.',
      );
      const masked = { measures: [{ function: 'min', column: 'secret' }] };
      expect((await call('aggregate', masked, 'customers')).error).toContain('(masked) has no min');
    });

    it('searches words in text columns', async () => {
      const { call } = tools();
      const found = async (args: object) =>
        rowsOf(await call('search', { fields: ['id'], ...args }, 'customers')).map(({ id }) => id);
      expect(await found({ text: 'bern' })).toEqual([1, 4]);
      expect(await found({ text: 'BERN dee@' })).toEqual([4]);
      expect(await found({ text: '_%' })).toEqual([3]);
      expect(await found({ text: 'bern', columns: ['name'] })).toEqual([]);
      expect(await found({ text: 's3cr3t' })).toEqual([]);
      const first = await call('search', { text: 'example', limit: 2 }, 'customers');
      const cursor = first.data['next_cursor'];
      expect(await found({ text: 'example', cursor })).toEqual([4]);
      expect((await call('search', { text: 'other', cursor }, 'customers')).error).toContain(
        'another query',
      );
      expect((await call('search', { text: 'x', columns: ['secret'] }, 'customers')).error).toBe(
        'customers.secret cannot be searched. Columns that can be: name, email, city.',
      );
    });

    it('takes hostile names and values as what they are', async () => {
      const { call } = tools();
      const values = [
        `'; DROP TABLE customers; --`,
        `" OR 1=1`,
        '`',
        '\\',
        '%_!',
        '$1 ? :a @b',
        '👩‍🚀 é',
        ' lead',
        '{"a":1}',
        'NULL',
      ];
      for (const [index, value] of values.entries()) {
        const row = { id: index, [ODD_COLUMN]: value, ['__proto__']: value, 'x y': value };
        const made = await call('create', { values: row }, 'odd');
        expect(made.error).toBeUndefined();
        const found = await call('list', where(ODD_COLUMN, '=', value), 'odd');
        expect(found.data.rows.map(({ id }) => id)).toEqual([index]);
        const shown = found.data.rows[0] ?? {};
        expect(Object.keys(shown)).toEqual(['id', ODD_COLUMN, '__proto__', 'x y']);
        // Joiners are taken out of what a model reads.
        expect(shown['x y']).toBe(value.replace('\u200d', ''));
        expect(Object.entries(shown)[2]?.[1]).toBe(shown['x y']);
        const part = await call('list', where('__proto__', 'contains', value), 'odd');
        expect(part.data.rows.map(({ id }) => id)).toEqual([index]);
      }
      const order = [{ column: ODD_COLUMN }, { column: '__proto__', direction: 'desc' }];
      const all = await call('list', { order }, 'odd');
      const one = await call('list', { order, limit: 1 }, 'odd');
      const rest = await call('list', { order, cursor: one.data['next_cursor'] }, 'odd');
      expect([...one.data.rows, ...rest.data.rows]).toEqual(all.data.rows);
      for (const value of ['a\0b', '\ud800']) {
        const { error } = await call('list', where('x y', '=', value), 'odd');
        expect(error).toMatch(/^x y (must not hold U\+0000|holds half of a character)/);
      }
      expect(await ids({})).toEqual([1, 2, 3, 4]);
    });
  });
};
