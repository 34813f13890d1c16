import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlDatabase } from '../../../../templates/src/runtime/sql/database.js';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import { onMysql } from '../../../sql/support/mariadb-server.js';
import { runScript, shopCaller } from '../support/bench.js';
import type { Cases } from '../support/engines.js';
import { shopDatabase } from '../support/shop.js';

type Row = { id: number; a: number | null; b: string; t: string | null; d: string | null };
type Condition = { column: keyof Row; operator: string; value?: unknown };
type Order = { column: keyof Row; direction: 'asc' | 'desc' };

/** Characters that all databases put in the order of their codes and of which upper and lower case are plain. */
const text = fc.string({ unit: fc.constantFrom('a', 'B', '%', '_', '!', "'", '\\'), maxLength: 3 });
const whole = fc.integer({ min: -3, max: 3 });
const wide = fc.constantFrom('9007199254740992', '9007199254740993', '-9007199254740993', '0');
const decimal = fc.constantFrom('0.10', '-0.10', '12345678901234567.89', '12345678901234567.88');

const rows = fc
  .array(fc.record({ a: fc.option(whole), b: wide, t: fc.option(text), d: fc.option(decimal) }), {
    maxLength: 12,
  })
  .map((list): Row[] => list.map((row, id) => ({ id, ...row })));

const values = { id: whole, a: whole, b: wide, t: text, d: decimal };
const compared = (column: 'a' | 'b' | 'd' | 't') =>
  fc.record({
    column: fc.constant(column),
    operator: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
    value: values[column] as fc.Arbitrary<unknown>,
  });
const listed = (column: 'a' | 'b' | 'd' | 't') =>
  fc.record({
    column: fc.constant(column),
    operator: fc.constantFrom('in', 'not in'),
    value: fc.array(fc.option(values[column] as fc.Arbitrary<unknown>), {
      minLength: 1,
      maxLength: 3,
    }),
  });
const condition: fc.Arbitrary<Condition> = fc.oneof(
  ...(['a', 'b', 'd', 't'] as const).flatMap((column) => [compared(column), listed(column)]),
  fc.record({
    column: fc.constantFrom('a', 'd', 't'),
    operator: fc.constantFrom('is null', 'is not null'),
  }),
  fc.record({
    column: fc.constant('t'),
    operator: fc.constantFrom('contains', 'starts with', 'ends with'),
    value: text,
  }),
) as fc.Arbitrary<Condition>;
const order = fc.uniqueArray(
  fc.record({
    column: fc.constantFrom('a', 'b', 'd', 't', 'id'),
    direction: fc.constantFrom('asc', 'desc'),
  }) as fc.Arbitrary<Order>,
  { selector: ({ column }) => column, maxLength: 3 },
);

/** Less than, equal to, greater than zero, as SQL compares two values that are not null. */
function compare(column: keyof Row, left: unknown, right: unknown): number {
  if (column === 't') return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
  const [one, other] = [left, right].map((value) => BigInt(hundredths(String(value))));
  return one! < other! ? -1 : one! > other! ? 1 : 0;
}

function hundredths(number: string): string {
  const [digits = '', fraction = ''] = number.split('.');
  return digits.replace(/^-0$/, '-') + fraction.padEnd(2, '0');
}

function fits(row: Row, { column, operator, value }: Condition): boolean {
  const cell = row[column];
  if (operator === 'is null') return cell === null;
  if (cell === null) return operator === 'in' && (value as unknown[]).includes(null);
  if (operator === 'is not null') return true;
  const equal = (one: unknown) => one !== null && compare(column, cell, one) === 0;
  const text = String(cell).toLowerCase();
  const part = String(value).toLowerCase();
  const found: Record<string, () => boolean> = {
    '=': () => equal(value),
    '!=': () => !equal(value),
    '<': () => compare(column, cell, value) < 0,
    '<=': () => compare(column, cell, value) <= 0,
    '>': () => compare(column, cell, value) > 0,
    '>=': () => compare(column, cell, value) >= 0,
    in: () => (value as unknown[]).some(equal),
    'not in': () => !(value as unknown[]).some(equal),
    contains: () => text.includes(part),
    'starts with': () => text.startsWith(part),
    'ends with': () => text.endsWith(part),
  };
  return found[operator]!();
}

function sorted(list: Row[], by: Order[]): Row[] {
  return [...list].sort((left, right) => {
    for (const { column, direction } of by) {
      const sign = direction === 'desc' ? -1 : 1;
      const [one, other] = [left[column], right[column]];
      if (one === other) continue;
      if (one === null) return sign;
      if (other === null) return -sign;
      const result = compare(column, one, other);
      if (result !== 0) return sign * result;
    }
    return by.at(-1)?.direction === 'desc' ? right.id - left.id : left.id - right.id;
  });
}

function database(dialect: SqlDatabase['dialect']): SqlDatabase {
  const shop = shopDatabase(dialect);
  const key = { kind: 'integer', type: 'integer' } as const;
  return {
    ...shop,
    tables: {
      things: {
        name: 'things',
        columns: {
          id: key,
          a: { ...key, nullable: true },
          b: { kind: 'bigint', type: 'bigint' },
          t: { kind: 'text', type: 'varchar(20)', nullable: true },
          // SQLite has no exact decimals but in texts.
          d: {
            kind: 'decimal',
            type: dialect === 'sqlite' ? 'text' : 'decimal(30,2)',
            nullable: true,
          },
        },
        key: ['id'],
      },
    },
  };
}

const TEXT_TYPES = {
  postgres: 'varchar(20) COLLATE "C"',
  mysql: `varchar(20) CHARACTER SET utf8mb4 COLLATE ${onMysql ? 'utf8mb4_0900_bin' : 'utf8mb4_nopad_bin'}`,
  sqlite: 'varchar(20)',
};

export const filterCases: Cases = ({ dialect, fresh }) => {
  describe('filters', () => {
    let driver: SqlDriver;
    beforeAll(async () => {
      driver = await fresh();
      const decimalType = dialect === 'sqlite' ? 'text' : 'decimal(30,2)';
      await runScript(driver, [
        `CREATE TABLE things (id integer PRIMARY KEY, a integer, b bigint NOT NULL, t ${TEXT_TYPES[dialect]}, d ${decimalType})`,
      ]);
    });

    const fill = async (list: Row[]): Promise<void> => {
      const options = { signal: new AbortController().signal, timeoutMs: 60_000 };
      const place = (index: number) => (dialect === 'postgres' ? `$${index + 1}` : '?');
      await driver.write(async (session) => {
        await session.run({ text: 'DELETE FROM things', values: [] });
        for (const { id, a, b, t, d } of list) {
          const places = [0, 1, 2, 3, 4].map(place).join(', ');
          const text = `INSERT INTO things (id, a, b, t, d) VALUES (${places})`;
          await session.run({ text, values: [id, a, b, t, d] });
        }
      }, options);
    };

    it('random filters, orders and pages agree with a plain evaluator', async () => {
      const { call } = shopCaller(database(dialect), driver);
      const property = fc.asyncProperty(
        rows,
        fc.array(condition, { maxLength: 3 }),
        order,
        fc.integer({ min: 1, max: 5 }),
        async (list, where, by, limit) => {
          // What SQLite compares as numbers are doubles.
          const usable =
            dialect === 'sqlite' ? where.filter(({ column }) => column !== 'd') : where;
          const ordered = dialect === 'sqlite' ? by.filter(({ column }) => column !== 'd') : by;
          await fill(list);
          const fitting = list.filter((row) => usable.every((one) => fits(row, one)));
          const expected = sorted(fitting, ordered);
          const seen: unknown[] = [];
          let cursor: unknown;
          do {
            const args = { where: usable, order: ordered, limit, cursor };
            const { data, error } = await call('list', args, 'things');
            if (error !== undefined) throw new Error(error);
            seen.push(...data.rows);
            cursor = data['next_cursor'];
          } while (cursor !== undefined && seen.length < 50);
          expect(seen).toEqual(expected);
        },
      );
      await fc.assert(property, { numRuns: 80, seed: 7 });
    });

    it('random figures agree with a plain evaluator', async () => {
      const { call } = shopCaller(database(dialect), driver);
      const columns = ['a', 't'] as const;
      const groups = fc.subarray([...columns]);
      const property = fc.asyncProperty(
        rows,
        fc.array(condition, { maxLength: 1 }),
        groups,
        async (list, given, by) => {
          const where = given.filter(({ column }) => column !== 'd');
          await fill(list);
          const parts = new Map<string, Row[]>();
          for (const row of list.filter((one) =>
            where.every((condition) => fits(one, condition)),
          )) {
            const key = JSON.stringify(by.map((column) => row[column]));
            parts.set(key, [...(parts.get(key) ?? []), row]);
          }
          if (by.length === 0 && parts.size === 0) parts.set('[]', []);
          const expected = [...parts].map(([key, part]) => {
            const values = JSON.parse(key) as unknown[];
            const some = part.filter(({ a }) => a !== null).map(({ a }) => a!);
            return {
              ...Object.fromEntries(by.map((column, index) => [column, values[index]])),
              count: part.length,
              count_a: some.length,
              count_distinct_t: new Set(part.flatMap(({ t }) => (t === null ? [] : [t]))).size,
              sum_b:
                part.length === 0 ? null : String(part.reduce((sum, { b }) => sum + BigInt(b), 0n)),
              min_a: some.length === 0 ? null : Math.min(...some),
              max_b:
                part.length === 0
                  ? null
                  : part.map(({ b }) => b).sort((x, y) => compare('b', y, x))[0],
            };
          });
          const measures = [
            { function: 'count' },
            { function: 'count', column: 'a' },
            { function: 'count distinct', column: 't' },
            { function: 'sum', column: 'b' },
            { function: 'min', column: 'a' },
            { function: 'max', column: 'b' },
          ];
          const { data, error } = await call(
            'aggregate',
            { group_by: by, measures, where },
            'things',
          );
          expect(error).toBeUndefined();
          const sortedBy = (some: object[]) => some.map((row) => JSON.stringify(row)).sort();
          expect(sortedBy(data.rows)).toEqual(sortedBy(expected));
          // In the order of the groups, nulls last.
          const firsts = data.rows.map((row) => (by[0] === undefined ? null : row[by[0]]));
          const nulls = firsts.indexOf(null);
          expect(nulls < 0 ? [] : firsts.slice(nulls).filter((value) => value !== null)).toEqual(
            [],
          );
        },
      );
      await fc.assert(property, { numRuns: 60, seed: 11 });
    });

    it('random searches agree with a plain evaluator', async () => {
      const { call } = shopCaller(database(dialect), driver);
      const words = fc.array(
        text.filter((word) => word !== ''),
        { minLength: 1, maxLength: 2 },
      );
      const property = fc.asyncProperty(rows, words, async (list, given) => {
        await fill(list);
        const { data, error } = await call('search', { text: given.join(' ') }, 'things');
        expect(error).toBeUndefined();
        const found = list.filter(({ t }) =>
          given.every((word) => t?.toLowerCase().includes(word.toLowerCase())),
        );
        expect(data.rows.map(({ id }) => id)).toEqual(found.map(({ id }) => id));
      });
      await fc.assert(property, { numRuns: 40, seed: 13 });
    });
  });
};
