import { describe, expect, it } from 'vitest';
import { jsonCell } from '../../../templates/src/runtime/sql/cells.js';
import { readCursor, writeCursor } from '../../../templates/src/runtime/sql/cursor.js';
import type { SqlColumnKind } from '../../../templates/src/runtime/sql/database.js';
import { dialectOf } from '../../../templates/src/runtime/sql/dialect.js';
import { boundOf } from '../../../templates/src/runtime/sql/dialects/quoting.js';
import { fractionOf, integerRange } from '../../../templates/src/runtime/sql/integer-range.js';
import { keysOf, rowKey } from '../../../templates/src/runtime/sql/names.js';
import { measuresOf, operatorsOf } from '../../../templates/src/runtime/sql/operators.js';
import { pair } from '../../../templates/src/runtime/sql/pairing.js';

describe('names', () => {
  it('are quoted, whatever they are', () => {
    const names = ['a"b', 'a`b', 'a"";--', ' ', '日本', 'select'];
    const quoted = (dialect: 'postgres' | 'mysql') => names.map(dialectOf(dialect).quote);
    expect(quoted('postgres')).toEqual([
      '"a""b"',
      '"a`b"',
      '"a"""";--"',
      '" "',
      '"日本"',
      '"select"',
    ]);
    expect(quoted('mysql')).toEqual(['`a"b`', '`a``b`', '`a"";--`', '` `', '`日本`', '`select`']);
    expect(() => dialectOf('sqlite').quote('a\0b')).toThrow('is no name that a database can have');
    expect(() => dialectOf('mysql').quote('')).toThrow(TypeError);
  });

  it('of tables have their schema, except in SQLite, which has none', () => {
    const table = { schema: 'a.b', name: 'c' };
    expect(dialectOf('postgres').table(table)).toBe('"a.b"."c"');
    expect(dialectOf('mysql').table(table)).toBe('`a.b`.`c`');
    expect(dialectOf('sqlite').table(table)).toBe('"c"');
  });
});

describe('types', () => {
  it('say how long texts can be', () => {
    const types = [
      'varchar(20)',
      'character varying(20)',
      'CHAR(3)',
      'text',
      'varchar',
      'binary(16)',
    ];
    expect(types.map(boundOf)).toEqual([20, 20, 3, undefined, undefined, 16]);
  });

  it('say what whole numbers can be', () => {
    const range = (type: string, dialect: 'postgres' | 'mysql' | 'sqlite') => {
      const { min, max } = integerRange({ kind: 'integer', type }, dialect);
      return `${min} ${max}`;
    };
    expect(range('smallint', 'postgres')).toBe('-32768 32767');
    expect(range('integer', 'postgres')).toBe('-2147483648 2147483647');
    expect(range('int(10) unsigned', 'mysql')).toBe('0 4294967295');
    expect(range('tinyint(4)', 'mysql')).toBe('-128 127');
    expect(range('INTEGER', 'sqlite')).toBe('-9223372036854775808 9223372036854775807');
    expect(range('int8', 'postgres')).toBe('-9223372036854775808 9223372036854775807');
  });

  it('say how many digits decimals keep', () => {
    const types = ['numeric(10,2)', 'DECIMAL( 5 )', 'numeric', 'numeric(3, 0)'];
    expect(types.map(fractionOf)).toEqual([2, 0, undefined, 0]);
  });
});

describe('cells', () => {
  const limits = { maxTextChars: 5, maxBinaryBytes: 5 };
  const cell = (kind: SqlColumnKind, value: Parameters<typeof jsonCell>[0]) =>
    jsonCell(value, { kind }, limits);

  it('become JSON by the kind of their column', () => {
    expect(cell('boolean', 1)).toBe(true);
    expect(cell('boolean', new Uint8Array([0]))).toBe(false);
    expect(cell('boolean', 7)).toBe(7);
    expect(cell('integer', '42')).toBe(42);
    expect(cell('integer', '9007199254740993')).toBe('9007199254740993');
    expect(cell('integer', '9007199254740994')).toBe('9007199254740994');
    expect(cell('bigint', 42)).toBe('42');
    expect(cell('decimal', 1.5)).toBe('1.5');
    expect(cell('float', 'NaN')).toBe('NaN');
    expect(cell('float', Number.NaN)).toBe('NaN');
    expect(cell('date', 1700000000)).toBe('1700000000');
    expect(cell('json', '[1]')).toEqual([1]);
    expect(cell('json', '{bad')).toBe('{bad');
    expect(cell('json', '[1,2,3]')).toBe('[1,2,… [cut after 5 characters]');
    expect(cell('text', 'e\u200bvil')).toBe('evil');
    expect(cell('text', '🐢🐢🐢🐢🐢')).toBe('🐢🐢🐢🐢🐢');
    expect(cell('text', '🐢🐢🐢🐢🐢🐢')).toBe('🐢🐢🐢🐢🐢… [cut after 5 characters]');
    expect(cell('decimal', '123456.78')).toBe('123456.78');
    expect(cell('text', new Uint8Array([1, 2]))).toBe('AQI=');
    expect(cell('array', [['1', null], ['2']])).toEqual([['1', null], ['2']]);
  });
});

describe('cursors', () => {
  it('hold cells exactly', () => {
    const cells = ['9007199254740993', null, 1.5, true, new Uint8Array([0, 255]), 'é🐢'];
    const cursor = writeCursor('print', cells)!;
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(readCursor(cursor, 'print', 6)).toEqual(cells);
    expect(() => readCursor(cursor, 'other', 6)).toThrow('another query');
    expect(() => readCursor(cursor, 'print', 5)).toThrow('another query');
    expect(writeCursor('print', [undefined])).toBeUndefined();
    expect(writeCursor('print', ['x'.repeat(2_000)])).toBeUndefined();
  });
});

describe('keys', () => {
  const text = { kind: 'text', type: 'text' } as const;
  it('with a masked column are none', () => {
    const columns = { id: text, mail: { ...text, masked: true } as const };
    expect(rowKey({ name: 't', columns, key: ['mail'] })).toBeUndefined();
    expect(keysOf({ columns, key: ['id'], uniques: [['mail'], ['gone']] })).toEqual([['id']]);
    expect(operatorsOf(columns.mail)).toEqual([]);
    expect(measuresOf(columns.mail)).toEqual([]);
  });

  it('are paired as the database does, exactly where that matters', () => {
    const row = (name: string) => ({ row: { name }, key: [name] });
    const names = (
      keys: (string | null)[],
      found: string[],
      dialect: 'mysql' | 'postgres',
      many = false,
    ) =>
      pair(
        keys.map((key) => [key]),
        found.map(row),
        ['text'],
        dialect,
        many,
      ).map((rows) => rows.map(({ name }) => name));
    expect(names(['a', null], ['a'], 'postgres')).toEqual([['a'], []]);
    expect(names(['A'], ['a'], 'postgres')).toEqual([[]]);
    expect(names(['A'], ['a'], 'mysql')).toEqual([['a']]);
    expect(names(['A', 'a'], ['a'], 'mysql')).toEqual([['a'], ['a']]);
    expect(names(['A', 'a'], ['a', 'A'], 'mysql')).toEqual([['A'], ['a']]);
    expect(names(['A', 'a'], ['a'], 'mysql', true)).toEqual([[], ['a']]);
    expect(names(['x'], ['x  '], 'postgres')).toEqual([['x  ']]);
  });
});
