import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import type { SqlStatement } from '../../../../templates/src/runtime/sql/sql-tool.js';
import { runScript, shopCaller } from '../support/bench.js';
import type { Cases } from '../support/engines.js';
import { shopDatabase, shopScript } from '../support/shop.js';

export const statementCases: Cases = ({ dialect, fresh }) => {
  describe('hand-written statements', () => {
    let driver: SqlDriver;
    const place = (index: number) => (dialect === 'postgres' ? `$${index}` : '?');
    const run = (
      statement: Pick<SqlStatement, 'text'> & Partial<SqlStatement>,
      args: object = {},
      limits = {},
    ) =>
      shopCaller(shopDatabase(dialect, limits), driver).run(
        { source: 'shop', action: 'statement', parameters: [], ...statement },
        args as Record<string, unknown>,
      );

    beforeAll(async () => {
      driver = await fresh();
      await runScript(driver, shopScript(dialect));
    });

    it('hand-written statements take arguments by kind and give rows', async () => {
      const statement = {
        text: `SELECT id, name FROM customers WHERE city = ${place(1)} AND active = ${place(2)} ORDER BY id`,
        parameters: [
          { argument: 'city', kind: 'text' },
          { argument: 'active', kind: 'boolean' },
        ],
      };
      const found = await run(statement, { city: 'Bern', active: true });
      expect(found.data).toEqual({
        rows: [
          { id: 1, name: 'Ada' },
          { id: 4, name: 'Dee' },
        ],
        truncated: false,
      });
      expect((await run(statement, { city: 'Bern', active: 'perhaps' })).error).toBe(
        'active must be true or false, not "perhaps".',
      );
      expect((await run(statement, { city: "' OR 1=1 --", active: true })).data.rows).toEqual([]);
    });

    it('one row or none, more than there may be, two columns of one name', async () => {
      const text = `SELECT id, name AS id FROM customers WHERE id >= ${place(1)} ORDER BY 1`;
      const parameters = [{ argument: 'from', kind: 'integer' }];
      const single = { text, parameters, single: true as const };
      expect((await run(single, { from: 4 })).data).toEqual({ row: { id: 4, id_2: 'Dee' } });
      expect((await run(single, { from: 40 })).data).toEqual({ row: null });
      expect((await run(single, { from: 1 })).data).toEqual({
        row: { id: 1, id_2: 'Ada' },
        notes: ['There are more rows than this one.'],
      });
      const few = await run({ text, parameters }, { from: 1 }, { maxRows: 2 });
      expect(few.data).toMatchObject({
        rows: [{ id: 1 }, { id: 2 }],
        truncated: true,
        notes: ['There are more rows: ask for fewer by the arguments.'],
      });
    });

    it('writing ones say how many rows changed; others cannot write', async () => {
      const statement = {
        text: `UPDATE customers SET city = ${place(1)} WHERE id < 3`,
        parameters: [{ argument: 'city', kind: 'text' }],
      };
      expect((await run(statement, { city: 'Chur' })).error).toBeDefined();
      const done = await run({ ...statement, writes: true }, { city: 'Chur' });
      expect(done.data).toEqual({ changes: 2 });
      const check = { text: "SELECT count(*) AS n FROM customers WHERE city = 'Chur'" };
      const { rows } = (await run(check)).data;
      expect(String(rows[0]?.['n'])).toBe('2');
    });

    it('wide integers are compared exactly, also with what has no type', async () => {
      const parameters = [{ argument: 'id', kind: 'bigint' }];
      const count = async (condition: string, id: string): Promise<string> => {
        const text = `SELECT count(*) AS n FROM orders WHERE ${condition}`;
        const { data, error } = await run({ text, parameters }, { id });
        return error ?? String(data.rows[0]?.['n']);
      };
      expect(await count(`id = ${place(1)}`, '9007199254740993')).toBe('1');
      expect(await count(`id = ${place(1)}`, '9007199254740992')).toBe('0');
      expect(await count(`id + 1 < ${place(1)}`, '5')).toBe('2');
    });

    it('long texts and bytes are bounded', async () => {
      const text = 'SELECT note, photo FROM orders WHERE id IN (2, 3) ORDER BY id';
      const { data } = await run({ text });
      expect(data.rows).toEqual([
        { note: null, photo: null, _omitted: { photo: '65 bytes' } },
        {
          note: expect.stringMatching(/^a long y{493}… \[cut after 500 characters\]$/),
          photo: null,
        },
      ]);
    });
  });
};
