import { describe, expect, it } from 'vitest';
import { mysqlName, sqlName, sqlRights, sqlWord } from '../../src/render/sql-text.js';

describe('names in SQL', () => {
  it('are in quotes that they cannot end', () => {
    expect(sqlName('a"; DROP TABLE b; --')).toBe('"a""; DROP TABLE b; --"');
    expect(mysqlName('a`; DROP TABLE b; #')).toBe('`a``; DROP TABLE b; #`');
    expect(sqlName('back\\slash')).toBe('"back\\slash"');
  });

  it('have escapes for what would not be seen', () => {
    expect(sqlName('a\nb"\\')).toBe('U&"a\\000ab""\\\\"');
    expect(sqlName('\u202ex\u{e0041}')).toBe('U&"\\202ex\\+0e0041"');
  });

  it('are refused where they cannot be written', () => {
    expect(() => sqlName('a\0b')).toThrow('not a name');
    expect(() => mysqlName('a\nb')).toThrow('not a name');
    expect(() => sqlRights('SELECT, ALL')).toThrow('not a list of rights');
    expect(sqlWord('shop-2_mcp')).toBe("'shop-2_mcp'");
    for (const word of ["a'b", 'a$$b', '', 'a b']) {
      expect(() => sqlWord(word)).toThrow('not a plain word');
    }
  });
});
