import { describe, expect, it } from 'vitest';
import { writtenTables } from '../../../src/sources/sql/queries/written-tables.js';

const of = async (text: string, dialect: 'postgres' | 'mysql' | 'sqlite'): Promise<string[]> =>
  (await writtenTables(text, dialect)).map(({ schema, name, kind }) =>
    [kind, schema === undefined ? name : `${schema}.${name}`].join(' '),
  );

describe('what a statement of mcp.yaml changes', () => {
  it.each<[string, string[]]>([
    ['INSERT INTO pens (name) VALUES ($1)', ['create pens']],
    [
      'INSERT INTO shop.pens (id) SELECT id FROM other ON CONFLICT (id) DO UPDATE SET name = $1',
      ['create shop.pens', 'update shop.pens'],
    ],
    ['INSERT INTO pens (id) VALUES (1) ON CONFLICT DO NOTHING', ['create pens']],
    ['UPDATE pens p SET name = o.name FROM other o WHERE o.id = p.id', ['update pens']],
    ['DELETE FROM pens USING other WHERE pens.id = other.id', ['delete pens']],
    [
      'WITH gone AS (DELETE FROM pens RETURNING *) INSERT INTO old SELECT * FROM gone',
      ['create old', 'delete pens'],
    ],
    [
      'MERGE INTO pens USING other o ON pens.id = o.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id) VALUES (1)',
      ['delete pens', 'create pens'],
    ],
    ['SELECT * FROM pens p JOIN other o USING (id) FOR UPDATE', ['update pens', 'update other']],
    [
      'SELECT * FROM pens p, other o FOR UPDATE OF o FOR SHARE OF p',
      ['update pens', 'update other'],
    ],
    ['SELECT * FROM pens p, other o FOR UPDATE OF o', ['update other']],
    ['SELECT * FROM other JOIN (SELECT * FROM pens) p ON true FOR UPDATE OF p', ['update pens']],
    ['WITH p AS (SELECT * FROM pens FOR NO KEY UPDATE) SELECT * FROM p, other', ['update pens']],
    ['SELECT * FROM pens', []],
  ])('PostgreSQL: %s', async (text, changes) => {
    expect(await of(text, 'postgres')).toEqual(changes);
  });

  it.each<[string, string[]]>([
    ['INSERT IGNORE INTO pens (name) VALUES (?)', ['create pens']],
    ['INSERT pens SET name = ?', ['create pens']],
    [
      'INSERT INTO `shop`.`pens` (id) SELECT id FROM other ON DUPLICATE KEY UPDATE name = ?',
      ['create shop.pens', 'update shop.pens'],
    ],
    ['REPLACE INTO pens (id) VALUES (?)', ['create pens', 'delete pens']],
    ['UPDATE LOW_PRIORITY pens SET name = ?, price = ? WHERE id = ?', ['update pens']],
    [
      'UPDATE pens AS p JOIN other o ON o.id = p.id, third SET p.name = o.name, third.n = 1',
      ['update pens', 'update third'],
    ],
    ['UPDATE pens, other SET name = ?', ['update pens', 'update other']],
    ['DELETE FROM pens WHERE id IN (SELECT id FROM other)', ['delete pens']],
    ['DELETE p FROM pens p JOIN other o ON o.id = p.id', ['delete pens']],
    ['DELETE FROM p, o USING pens AS p JOIN other o JOIN third', ['delete pens', 'delete other']],
    [
      'WITH o AS (SELECT id FROM other) DELETE FROM pens WHERE id IN (SELECT id FROM o)',
      ['delete pens'],
    ],
    ["SELECT REPLACE(name, 'a', 'b') FROM pens", []],
    ['SELECT id, name FROM pens WHERE id = ? ORDER BY id, name FOR UPDATE', ['update pens']],
    [
      'SELECT * FROM `shop`.`pens` p JOIN other USING (id), third FOR UPDATE SKIP LOCKED',
      ['update shop.pens', 'update other', 'update third'],
    ],
    ['SELECT * FROM pens p JOIN other AS o FOR UPDATE OF o NOWAIT', ['update other']],
    ['SELECT * FROM (pens JOIN other) FOR UPDATE', ['update pens', 'update other']],
    ['SELECT * FROM (SELECT id FROM pens FOR UPDATE) t, other', ['update pens']],
    ['(SELECT id FROM pens) UNION (SELECT id FROM other FOR UPDATE)', ['update other']],
    [
      'WITH t AS (SELECT id FROM pens FOR UPDATE) SELECT * FROM t UNION SELECT id FROM other',
      ['update pens'],
    ],
    ['INSERT INTO pens (id) SELECT id FROM other FOR UPDATE', ['create pens', 'update other']],
    ['SELECT * FROM pens FOR SHARE', []],
  ])('MySQL: %s', async (text, changes) => {
    expect(await of(text, 'mysql')).toEqual(changes);
  });

  it('SQLite has no rights that one could grant', async () => {
    expect(await of('DELETE FROM pens', 'sqlite')).toEqual([]);
  });
});
