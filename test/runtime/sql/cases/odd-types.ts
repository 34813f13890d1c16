import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlDatabase } from '../../../../templates/src/runtime/sql/database.js';
import type { SqlDriver } from '../../../../templates/src/runtime/sql/driver.js';
import { onMysql } from '../../../sql/support/mariadb-server.js';
import { rowsOf, runScript, shopCaller } from '../support/bench.js';
import type { Cases } from '../support/engines.js';
import { shopDatabase } from '../support/shop.js';

const DATABASE: SqlDatabase = {
  ...shopDatabase('mysql'),
  tables: {
    places: {
      name: 'places',
      columns: {
        id: { kind: 'integer', type: 'int' },
        at: { kind: 'other', type: 'point' },
        area: { kind: 'other', type: 'geometry', nullable: true },
        ...(onMysql && { near: { kind: 'other', type: 'vector(2)', nullable: true } }),
      },
      key: ['id'],
    },
  },
};

/** Types of MySQL that cannot be cast to text. */
export const oddTypeCases: Cases = ({ fresh }) => {
  describe('geometry and vectors', () => {
    let driver: SqlDriver;
    beforeAll(async () => {
      driver = await fresh();
      await runScript(driver, [
        `CREATE TABLE places (id INT PRIMARY KEY, at POINT NOT NULL, area GEOMETRY${onMysql ? ', near VECTOR(2)' : ''})`,
        "INSERT INTO places (id, at) VALUES (1, ST_PointFromText('POINT(1 2)')), (2, ST_PointFromText('POINT(1 2)'))",
        "UPDATE places SET area = ST_GeomFromText('LINESTRING(0 0,1 1)') WHERE id = 1",
        ...(onMysql ? ["UPDATE places SET near = STRING_TO_VECTOR('[1,2.5]') WHERE id = 1"] : []),
      ]);
    });

    it('are given as the text that people write', async () => {
      const { call } = shopCaller(DATABASE, driver);
      const rows = rowsOf(await call('list', {}, 'places'));
      const near = onMysql ? [{ near: '[1,2.5]' }, { near: null }] : [{}, {}];
      expect(rows).toEqual([
        { id: 1, at: 'POINT(1 2)', area: 'LINESTRING(0 0,1 1)', ...near[0] },
        { id: 2, at: 'POINT(1 2)', area: null, ...near[1] },
      ]);
    });

    it('are compared and put in order by it', async () => {
      const { call } = shopCaller(DATABASE, driver);
      const where = [{ column: 'area', operator: '=', value: 'LINESTRING(0 0,1 1)' }];
      expect(rowsOf(await call('list', { where, fields: ['id'] }, 'places'))).toEqual([{ id: 1 }]);
      const order = [{ column: 'area', direction: 'desc' }];
      expect(rowsOf(await call('list', { order, fields: ['id'] }, 'places'))).toEqual([
        { id: 2 },
        { id: 1 },
      ]);
    });

    it.runIf(onMysql)('vectors are compared by their bytes', async () => {
      const { call } = shopCaller(DATABASE, driver);
      const where = [{ column: 'near', operator: '=', value: '0000803F00002040' }];
      expect(rowsOf(await call('list', { where, fields: ['id'] }, 'places'))).toEqual([{ id: 1 }]);
    });
  });
};
