import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constantNamer, fileNamer, typeNamer } from '../../src/project/names.js';
import { binName, packageName, packageVersion } from '../../src/project/package-name.js';
import { words } from '../../src/project/words.js';
import { PAYLOADS } from '../support/hostile.js';

const HOSTILE = [
  ...Object.values(PAYLOADS),
  'delete',
  'class',
  'await',
  'tools',
  'prototype',
  'undefined',
  'NaN',
  '2fa',
  '商品',
  '.',
  '..',
  'nul',
  'com1',
  'aux.txt',
  'x'.repeat(5000),
];

describe('words', () => {
  it.each([
    ['listPets', ['list', 'pets']],
    ['list_pets-by ID', ['list', 'pets', 'by', 'id']],
    ['HTTPServer2', ['http', 'server2']],
    ['Größe café', ['gro', 'e', 'cafe']],
    ['../a', ['a']],
  ])('parts %j', (text, want) => {
    expect(words(text)).toEqual(want);
  });
});

describe('G3 names', () => {
  it.each([
    ['list_pets', 'listPets'],
    ['delete', 'deleteTool'],
    ['2fa', 'tool2fa'],
    ['then', 'thenTool'],
    ['__proto__', 'protoTool'],
    ['constructor', 'constructorTool'],
    ['', 'tool'],
    ['global_this', 'globalThisTool'],
  ])('the constant for %j is %s', (text, want) => {
    expect(constantNamer()(text)).toBe(want);
  });

  it.each([
    ['simple-user', 'SimpleUser'],
    ['Record', 'RecordType'],
    ['string', 'StringType'],
    ['商品', 'Type'],
    ['3d', 'Type3d'],
  ])('the type for %j is %s', (text, want) => {
    expect(typeNamer()(text)).toBe(want);
  });

  it.each([
    ['CON', 'con-file'],
    ['aux', 'aux-file'],
    ['COM1', 'com1-file'],
    ['../../etc/passwd', 'etc-passwd'],
    ['Pets & more', 'pets-more'],
    ['商品', 'other'],
    ['index', 'index-2'],
  ])('the file for %j is %s', (text, want) => {
    expect(fileNamer(['index'])(text)).toBe(want);
  });

  it('names are unique, whatever the case, and never collide with numbered ones', () => {
    const file = fileNamer();
    expect(['a', 'A', 'a-2', 'a', 'a 2'].map(file)).toEqual(['a', 'a-2', 'a-2-2', 'a-3', 'a-2-3']);
    const type = typeNamer();
    expect(['Pet', 'pet', 'Pet2', 'pet'].map(type)).toEqual(['Pet', 'Pet2', 'Pet2_2', 'Pet3']);
  });

  it('holds for any text', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom(...HOSTILE),
    );
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 30 }), (texts) => {
        const constants = texts.map(constantNamer());
        const files = texts.map(fileNamer());
        for (const name of constants) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9_]*$/);
        for (const name of texts.map(typeNamer())) expect(name).toMatch(/^[A-Z][A-Za-z0-9_]*$/);
        for (const name of files) {
          expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
          expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/);
          expect(name.length).toBeLessThan(200);
        }
        expect(new Set(files).size).toBe(files.length);
        expect(new Set(constants.map((name) => name.toLowerCase())).size).toBe(constants.length);
      }),
    );
  });

  it('a constant can be declared', () => {
    for (const name of HOSTILE.map(constantNamer())) {
      expect(() => Function(`"use strict"; const ${name} = 1; return ${name};`)).not.toThrow();
    }
  });
});

describe('G5 package names', () => {
  it.each([
    ['shop-server', 'shop-server'],
    ['@acme/shop', '@acme/shop'],
    ['My Shop', 'my-shop'],
    ['node_modules', 'node-modules'],
    ['../evil', 'evil'],
    ['\ud800', 'mcp-server'],
    ['商品', 'mcp-server'],
  ])('%j becomes %s', (name, want) => {
    expect(packageName(name)).toBe(want);
  });

  it('the command has no scope', () => {
    expect(binName('@acme/shop')).toBe('shop');
  });

  it.each([
    ['1.2.3', '1.2.3'],
    ['1.2.3-beta.1', '1.2.3-beta.1'],
    ['v1', '0.1.0'],
    ['1.2.3"; rm', '0.1.0'],
  ])('version %j becomes %s', (version, want) => {
    expect(packageVersion(version)).toBe(want);
  });
});
