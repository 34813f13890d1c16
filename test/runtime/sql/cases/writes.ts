import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlDatabase } from '../../../../templates/src/runtime/sql/database.js';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import { rowsOf, runScript, shopCaller } from '../support/bench.js';
import type { Cases } from '../support/engines.js';
import { quietLog } from '../support/quiet.js';
import { shopDatabase, shopScript } from '../support/shop.js';

export const writeCases: Cases = ({ dialect, fresh }) => {
  describe('writing', () => {
    let driver: SqlDriver;
    const tools = (limits = {}, chars?: number) =>
      shopCaller(shopDatabase(dialect, limits), driver, chars);
    const ids = async (table: string): Promise<unknown[]> =>
      rowsOf(await tools().call('list', { fields: ['id'] }, table)).map(({ id }) => id);

    beforeAll(async () => {
      driver = await fresh();
      await runScript(driver, shopScript(dialect));
    });

    it('makes a row and gives it back with what the database added', async () => {
      const { call } = tools();
      const made = await call('create', { values: { name: 'Eve', city: null } }, 'customers');
      expect(made.data).toEqual({
        row: {
          id: 100,
          name: 'Eve',
          email: null,
          city: null,
          secret: '•••',
          score: null,
          active: true,
        },
      });
      const values = {
        id: '9007199254740995',
        customerId: 100,
        state: 'sent',
        total: '12345678.9',
        placed: '2024-02-29 23:59:59',
        data: { deep: ['x', 1] },
        photo: 'AAEC',
      };
      const order = await call('create', { values }, 'orders');
      expect(order.data['row']).toMatchObject({
        ...values,
        total: dialect === 'sqlite' ? '12345678.9' : '12345678.90',
        placed: expect.stringMatching(/^2024-02-29 23:59:59(\.0+)?$/),
      });
      const pair = { values: { orderId: '9007199254740995', position: 7, product: 'lid' } };
      const line = await call('create', pair, 'lines');
      expect(line.data['row']).toEqual({ ...pair.values, amount: null });
    });

    it('changes the one row with a key, and the key itself', async () => {
      const { call } = tools();
      const byEmail = { key: { email: 'dee@example.com' }, values: { score: 7.25, city: null } };
      const changed = await call('update', byEmail, 'customers');
      expect(changed.data['row']).toMatchObject({ id: 4, score: 7.25, city: null });
      const same = await call('update', byEmail, 'customers');
      expect(same.data['row']).toMatchObject({ id: 4, score: 7.25 });
      const moved = { key: { id: 4 }, values: { id: 44 } };
      expect((await call('update', moved, 'customers')).data['row']).toMatchObject({ id: 44 });
      expect((await call('update', moved, 'customers')).error).toBe(
        'customers has no row with the key {"id":4}.',
      );
    });

    it('deletes the one row with a key and gives it back', async () => {
      const { call } = tools();
      const key = { orderId: '9007199254740993', position: 1 };
      const gone = await call('delete', { key }, 'lines');
      expect(gone.data['row']).toEqual({ ...key, product: 'pot', amount: 2 });
      expect((await call('delete', { key }, 'lines')).error).toBe(
        'lines has no row with the key {"orderId":"9007199254740993","position":1}.',
      );
    });

    it('says what the database refuses, and that nothing was changed', async () => {
      quietLog();
      const { call } = tools();
      const before = await ids('customers');
      const twice = { values: { name: 'X', email: 'ada@example.com' } };
      const conflict = await call('create', twice, 'customers');
      expect(conflict.error).toMatch(
        /^tool failed: .+\nNothing was changed\.\n.+\nReference: [0-9a-f]{8}$/,
      );
      expect(conflict.error).not.toContain('ada@example.com');
      const incomplete = await call('create', { values: { state: 'new' } }, 'orders');
      if (dialect !== 'sqlite') {
        expect(incomplete.error).toContain('Not given, though they have no default: id.');
      }
      const referenced = await call('delete', { key: { id: 1 } }, 'customers');
      expect(referenced.error).toContain('Nothing was changed.');
      expect(await ids('customers')).toEqual(before);
    });

    it('refuses what may not be written before anything is sent', async () => {
      const { call } = tools();
      const refusals: [string, Parameters<typeof call>, string][] = [
        [
          'masked',
          ['create', { values: { name: 'X', secret: 'y' } }, 'customers'],
          'customers.secret cannot be written. Columns that can be: id, name, email, city, score, active.',
        ],
        [
          'unknown',
          ['create', { values: { nmae: 'X' } }, 'customers'],
          'customers has no column "nmae"; did you mean name? Columns: id, name, email, city, secret, score, active.',
        ],
        [
          'null',
          ['update', { key: { id: 1 }, values: { name: null } }, 'customers'],
          'name cannot be null.',
        ],
        [
          'nothing',
          ['update', { key: { id: 1 }, values: {} }, 'customers'],
          'values is empty: nothing would change.',
        ],
        [
          'rounded',
          ['update', { key: { id: 2 }, values: { total: '1.005' } }, 'orders'],
          'total keeps 2 digits after the point: 1.005 would be rounded.',
        ],
        [
          'enum',
          ['update', { key: { id: 2 }, values: { state: 'piad' } }, 'orders'],
          'state has no value "piad"; did you mean "paid"? Values: new, paid, sent.',
        ],
        [
          'read-only table',
          ['create', { values: { id: 9 } }, 'returns'],
          'There is no table "returns" for new rows. Tables: customers, orders, lines, odd.',
        ],
        [
          'no such write',
          ['update', { key: { orderId: 2, position: 1 }, values: { product: 'x' } }, 'lines'],
          'There is no table "lines" for changes. Tables: customers, orders, odd.',
        ],
        [
          'part of a key',
          ['delete', { key: { orderId: 2 } }, 'lines'],
          'key must be { "orderId", "position" }, not { "orderId" }.',
        ],
        ['no key', ['delete', {}, 'lines'], 'key must be an object.'],
        [
          'null in a key',
          ['delete', { key: { email: null } }, 'customers'],
          'email needs a value.',
        ],
      ];
      for (const [what, args, message] of refusals) {
        expect([what, (await call(...args)).error]).toEqual([what, message]);
      }
    });

    it('gives back a row of which the database made the key, or a part of it', async () => {
      const tables = {
        made: {
          name: 'made',
          columns: {
            shop: { kind: 'integer', type: 'integer' },
            number: { kind: 'integer', type: 'integer', hasDefault: true },
            label: { kind: 'text', type: 'varchar(20)', nullable: true, hasDefault: true },
          },
          key: ['shop', 'number'],
          writes: ['create'],
        },
      } as const;
      const counter = { postgres: 'serial', mysql: 'integer auto_increment', sqlite: 'integer' };
      await runScript(driver, [
        `CREATE TABLE made (shop integer NOT NULL DEFAULT 7, number ${counter[dialect]} NOT NULL${dialect === 'sqlite' ? ' DEFAULT 1' : ''},
          label varchar(20) DEFAULT 'none', PRIMARY KEY (number, shop))`,
      ]);
      const database = {
        ...shopDatabase(dialect),
        tables: tables as unknown as SqlDatabase['tables'],
      };
      const { call } = shopCaller(database, driver);
      const made = await call('create', { values: { shop: 3 } }, 'made');
      expect(made.data).toEqual({ row: { shop: 3, number: 1, label: 'none' } });
      await runScript(driver, ['DELETE FROM made']);
      const empty = await call('create', { values: {} }, 'made');
      expect(empty.error).toBeUndefined();
      // A key of which two parts come from the database cannot be found again there.
      if (dialect !== 'mysql') expect(empty.data['row']).toMatchObject({ shop: 7, label: 'none' });
      else {
        expect(empty.data).toEqual({
          row: {},
          notes: ['The row was made; this is what was given for it.'],
        });
      }
    });

    it('keeps a change whose row is too long to be shown', async () => {
      const note = 'z'.repeat(450);
      const { call } = tools({}, 500);
      const { data } = await call('update', { key: { id: '2' }, values: { note } }, 'orders');
      expect(data['row']).toMatchObject({ id: '2', customerId: 1, state: 'paid' });
      expect(data['row']).not.toHaveProperty('note');
      expect(data['notes']).toEqual([
        'The change was made. The row is too long to be shown whole.',
      ]);
      const args = { where: [{ column: 'note', operator: '=', value: note }], fields: ['id'] };
      expect(rowsOf(await tools().call('list', args, 'orders'))).toEqual([{ id: '2' }]);
    });

    it('pages without gaps or repeats while others write', async () => {
      const { call } = tools();
      const key = (number: number) => ({ values: { id: 1_000 + number, 'x y': `n${number % 3}` } });
      for (let number = 0; number < 20; number += 2) await call('create', key(number), 'odd');
      const seen: unknown[] = [];
      let cursor: unknown;
      let step = 1;
      do {
        const order = [{ column: 'x y', direction: 'desc' }];
        const { data, error } = await call('list', { order, limit: 3, cursor }, 'odd');
        expect(error).toBeUndefined();
        seen.push(...data.rows.map(({ id }) => id));
        cursor = data['next_cursor'];
        // One in each gap, before and behind the cursor; and the row that it points to goes.
        await call('create', key(step), 'odd');
        await call('delete', { key: { id: data.rows.at(-1)?.['id'] } }, 'odd');
        step += 2;
      } while (cursor !== undefined);
      expect(new Set(seen).size).toBe(seen.length);
      const even = Array.from({ length: 10 }, (_, index) => 1_000 + 2 * index);
      expect(even.filter((id) => !seen.includes(id))).toEqual([]);
    });
  });
};
