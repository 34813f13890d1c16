import { describe, expect, it } from 'vitest';
import { readPlaceholders } from '../../../src/sources/sql/queries/placeholders.js';

const postgres = (sql: string) => readPlaceholders(sql, 'postgres');

describe('placeholders of a statement', () => {
  it('become those of the driver, the same name once for PostgreSQL', () => {
    const sql = 'SELECT * FROM t WHERE a = :a AND b > :b AND c < :a';
    expect(postgres(sql)).toMatchObject({
      text: 'SELECT * FROM t WHERE a = $1 AND b > $2 AND c < $1',
      order: ['a', 'b'],
      foreign: [],
    });
    expect(readPlaceholders(sql, 'sqlite')).toMatchObject({
      text: 'SELECT * FROM t WHERE a = ? AND b > ? AND c < ?',
      order: ['a', 'b', 'a'],
    });
    expect(postgres(sql).uses.map(({ offset }) => sql.slice(offset, offset + 2))).toEqual([
      ':a',
      ':b',
      ':a',
    ]);
  });

  it.each([
    ["SELECT ':a', 'it''s :a'"],
    ['SELECT ":a" FROM t'],
    ['SELECT 1 -- :a\n'],
    ['SELECT 1 /* :a /* :b */ :c */'],
    ['SELECT $$ :a $$, $x$ :a $$ :b $x$'],
    ["SELECT E'it\\'s :a'"],
    ['SELECT a::text, 1::int'],
    ['SELECT a[1:n], a[i:j]'],
    ['SELECT f(a := 1)'],
  ])('are not seen in %s', (sql) => {
    expect(postgres(sql)).toMatchObject({ text: sql, order: [], foreign: [] });
  });

  it('stand beside casts and operators of JSON', () => {
    expect(
      postgres('SELECT :a::int, data->>:key, data ? :b, data @> :c::jsonb, x ?| :d').text,
    ).toBe('SELECT $1::int, data->>$2, data ? $3, data @> $4::jsonb, x ?| $5');
  });

  it('are read as each dialect quotes', () => {
    expect(readPlaceholders("SELECT 'a\\':x', `:y`, :z # :w", 'mysql')).toMatchObject({
      text: "SELECT 'a\\':x', `:y`, ? # :w",
      order: ['z'],
    });
    expect(readPlaceholders("SELECT 'a\\', :x, [:y], `:z`", 'sqlite').order).toEqual(['x']);
    expect(postgres("SELECT 'a\\', :x").order).toEqual(['x']);
  });

  it('have names: others are told', () => {
    expect(postgres('SELECT $1').foreign).toEqual(['$1']);
    expect(readPlaceholders('SELECT ?', 'mysql').foreign).toEqual(['?']);
    expect(readPlaceholders('SELECT ?2, @a, $b', 'sqlite').foreign).toEqual(['?2', '@a', '$b']);
  });
});
