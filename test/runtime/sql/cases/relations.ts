import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlDatabase } from '../../../../templates/src/runtime/sql/database.js';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import { onMysql } from '../../../sql/support/mariadb-server.js';
import { rowsOf, runScript, shopCaller } from '../support/bench.js';
import type { Cases } from '../support/engines.js';
import { shopDatabase } from '../support/shop.js';

const NUMBER = { kind: 'integer', type: 'integer' } as const;
const TEXT = { kind: 'text', type: 'varchar(50)' } as const;

function forest(dialect: SqlDatabase['dialect']): SqlDatabase {
  return {
    ...shopDatabase(dialect, { maxTextChars: 20 }),
    tables: {
      trees: {
        name: 'trees',
        columns: { code: TEXT, height: NUMBER },
        key: ['code'],
        relations: { leaves: { table: 'leaves', columns: [['code', 'tree']], many: true } },
      },
      leaves: {
        name: 'leaves',
        columns: {
          id: NUMBER,
          tree: { ...TEXT, nullable: true },
          story: { kind: 'text', type: 'text', nullable: true },
        },
        key: ['id'],
        relations: {
          tree: { table: 'trees', columns: [['tree', 'code']] },
          hidden: { table: 'nowhere', columns: [['tree', 'code']] },
        },
      },
    },
  };
}

export const relationCases: Cases = ({ dialect, fresh }) => {
  describe('relations', () => {
    let driver: SqlDriver;
    const statements: string[] = [];
    let largest = 0;

    beforeAll(async () => {
      driver = await fresh();
      const leaves = Array.from({ length: 60 }, (_, id) => `(${id}, '${id < 55 ? 'oak' : 'elm'}')`);
      await runScript(driver, [
        'CREATE TABLE trees (code varchar(50) PRIMARY KEY, height integer NOT NULL)',
        `CREATE TABLE leaves (id integer PRIMARY KEY, tree varchar(50), story ${dialect === 'mysql' ? 'longtext' : 'text'})`,
        "INSERT INTO trees (code, height) VALUES ('oak', 20), ('elm', 10), ('fir', 30)",
        `INSERT INTO leaves (id, tree) VALUES ${leaves.join(', ')}`,
      ]);
      const story =
        dialect === 'sqlite'
          ? "replace(hex(zeroblob(1000000)), '00', '🍃')"
          : "repeat('🍃', 1000000)";
      await runScript(driver, [`UPDATE leaves SET story = ${story} WHERE id = 59`]);
      const { read } = driver;
      driver.read = (work, options) =>
        read(
          (session) =>
            work({
              run: async (statement, bounds) => {
                statements.push(statement.text);
                const result = await session.run(statement, bounds);
                for (const cell of result.rows.flat()) {
                  if (typeof cell === 'string') largest = Math.max(largest, cell.length);
                }
                return result;
              },
            }),
          options,
        );
    });

    it('many rows are cut, which is said, with one statement for the relation', async () => {
      const { call } = shopCaller(forest(dialect), driver);
      statements.length = 0;
      const rows = rowsOf(await call('list', { include: ['leaves.tree'] }, 'trees'));
      expect(statements).toHaveLength(3);
      expect(rows.map(({ code }) => code)).toEqual(['elm', 'fir', 'oak']);
      expect(rows.map(({ leaves }) => (leaves as object[]).length)).toEqual([5, 0, 20]);
      expect(rows.map((row) => row['_truncated'])).toEqual([undefined, undefined, ['leaves']]);
      const [first] = rows[2]?.['leaves'] as object[];
      expect(first).toEqual({ id: 0, tree: { code: 'oak', height: 20 }, story: null });
    });

    it('a relation takes the place of a column of its name; others are refused', async () => {
      const { call } = shopCaller(forest(dialect), driver);
      const args = { include: ['tree'], limit: 1 };
      expect(rowsOf(await call('list', args, 'leaves'))).toEqual([
        { id: 0, tree: { code: 'oak', height: 20 }, story: null },
      ]);
      expect((await call('list', { include: ['hidden'] }, 'leaves')).error).toBe(
        'leaves has no relation "hidden". Relations: tree.',
      );
    });

    it('a long text is cut by the database, between characters', async () => {
      const { call } = shopCaller(forest(dialect), driver);
      largest = 0;
      const { data } = await call('get', { key: { id: 59 } }, 'leaves');
      const story = `${'🍃'.repeat(20)}… [cut after 20 characters]`;
      expect(data['row']).toEqual({ id: 59, tree: 'elm', story });
      expect(largest).toBe(42);
    });

    it('goes no further where the order is too long for a cursor, and says so', async () => {
      const { call } = shopCaller(forest(dialect), driver);
      const args = { order: [{ column: 'story' }], limit: 1, fields: ['id'] };
      const { data, error } = await call('list', args, 'leaves');
      if (dialect === 'mysql' && onMysql) {
        expect(error).toMatch(
          /: The database cannot put rows in order by values as long as these\. Order by other columns\.$/m,
        );
        return;
      }
      expect(data).toEqual({
        rows: [{ id: 59 }],
        truncated: true,
        notes: [
          'There are more rows, but the values that they are ordered by are too long to go on from: use another order, or where.',
        ],
      });
    });

    it.runIf(dialect === 'mysql')('pairs what the database takes for equal', async () => {
      await runScript(driver, ["INSERT INTO leaves (id, tree) VALUES (100, 'FIR')"]);
      const { call } = shopCaller(forest(dialect), driver);
      const leaf = await call('get', { key: { id: 100 }, include: ['tree'] }, 'leaves');
      expect(leaf.data['row']).toMatchObject({ tree: { code: 'fir' } });
      const fir = await call('get', { key: { code: 'fir' }, include: ['leaves'] }, 'trees');
      expect(fir.data['row']).toMatchObject({ leaves: [{ id: 100 }] });
    });
  });
};
