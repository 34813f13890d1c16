import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlColumn, SqlDatabase } from '../../../templates/src/runtime/sql/database.js';
import type { SqlDriver } from '../../../templates/src/runtime/sql/driver.js';
import type { SqlStatement } from '../../../templates/src/runtime/sql/sql-tool.js';
import { runScript, shopCaller } from './support/bench.js';
import { ENGINES } from './support/engines.js';
import { shopDatabase, shopScript } from './support/shop.js';

for (const { name, dialect, missing, open } of ENGINES) {
  describe.skipIf(missing !== undefined)(`${name}${missing ? ` (${missing})` : ''}`, () => {
    let driver: SqlDriver;
    let stop: () => Promise<void> = async () => undefined;
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
      ({ driver, stop } = await open());
      await runScript(driver, shopScript(dialect));
    });
    afterAll(() => stop());

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
}

const postgres = ENGINES.find(({ name }) => name === 'PGlite')!;

describe('kinds that only PostgreSQL has', () => {
  let driver: SqlDriver;
  let stop: () => Promise<void> = async () => undefined;
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
    ({ driver, stop } = await postgres.open());
    await runScript(driver, [
      'CREATE SCHEMA "my ""schema"""',
      'CREATE DOMAIN "my ""schema""".price AS numeric(40,10) CHECK (value > 0)',
      `CREATE TABLE "my ""schema""".kinds (id uuid PRIMARY KEY, tags text[], numbers bigint[], net inet, span interval,
        at timestamptz, code character(4), small real, price "my ""schema""".price)`,
    ]);
  });
  afterAll(() => stop());

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
