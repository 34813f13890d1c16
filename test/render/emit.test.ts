import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockComment,
  commentText,
  cut,
  identifier,
  jsKey,
  jsNumber,
  jsonString,
  jsString,
  modulePath,
} from '../../src/render/emit.js';
import { envName, envValue } from '../../src/render/env-file.js';
import { markdownCode, markdownText } from '../../src/render/markdown.js';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc
    .array(fc.constantFrom(...'\'"`\\${}*/<>\n\r\u2028\u2029\u202e\u200b\ud800\u{e0041}#@[]|'), {})
    .map((parts) => parts.join('')),
);

describe('strings', () => {
  it.each([
    ['plain', "'plain'"],
    ["it's", `"it's"`],
    [`it's "so"`, `'it\\'s "so"'`],
    ['a\\b', "'a\\\\b'"],
    ['line\nbreak\ttab', "'line\\nbreak\\ttab'"],
    ['\u0000\u001b\u0085\u009f', "'\\u0000\\u001b\\u0085\\u009f'"],
    ['\u2028\u2029', "'\\u2028\\u2029'"],
    ['\u202eabc\u200b\ufeff', "'\\u202eabc\\u200b\\ufeff'"],
    ['\u{e0041}\u{e01ef}', "'\\udb40\\udc41\\udb40\\uddef'"],
    ['\ud800', "'\\ud800'"],
    ['</script>', "'\\u003c/script>'"],
    ['${x} `y`', "'${x} `y`'"],
    ['héllo 商品', "'héllo 商品'"],
  ])('G1 prints %j as a literal', (text, want) => {
    expect(jsString(text)).toBe(want);
  });

  it('G1 evaluates to what went in, with nothing invisible in the source', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const source of [jsString(text), jsonString(text)]) {
          expect(Function(`"use strict"; return ${source};`)()).toBe(text);
          expect(source).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|<\//u);
        }
        expect(JSON.parse(jsonString(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['id', 'id'],
    ['a-b', "'a-b'"],
    ['__proto__', "['__proto__']"],
    ['constructor', 'constructor'],
    ['1', "'1'"],
    ['x\u200c', "'x\\u200c'"],
    ['', "''"],
  ])('G1 prints %j as a key', (name, want) => {
    expect(jsKey(name)).toBe(want);
  });

  it('G2 prints finite numbers only', () => {
    expect([jsNumber(1.5), jsNumber(1e21), jsNumber(-1e-7)]).toEqual(['1.5', '1e21', '-1e-7']);
    expect(() => jsNumber(Number.NaN)).toThrow(TypeError);
    expect(() => jsNumber(Number.NEGATIVE_INFINITY)).toThrow(TypeError);
  });
});

describe('comments', () => {
  it.each([
    ['Adds a pet.', '/** Adds a pet. */'],
    ['a */ b', '/** a *\\/ b */'],
    ['a\nb\u2028c', '/** a b c */'],
    ['a **/ evil() /*', '/** a **\\/ evil() /* */'],
    ['@ts-ignore it', '/** (at) it */'],
    ['see @deprecated', '/** see (at) deprecated */'],
    ['\u202e', '/** \\u202e */'],
    ['  ', ''],
  ])('G1 prints %j', (text, want) => {
    expect(blockComment(text)).toBe(want);
  });

  it('G1 cannot end early', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const comment = blockComment(text, 1000);
        expect(comment.indexOf('*/', 3)).toBe(comment === '' ? -1 : comment.length - 2);
        expect(comment).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
    );
  });

  it('shortens at a word and keeps pairs whole', () => {
    expect(cut('one two three', 9)).toBe('one two…');
    expect(cut('😀😀😀', 4)).toBe('😀…');
    expect(commentText('x'.repeat(500), 20)).toBe(`${'x'.repeat(19)}…`);
  });
});

describe('names', () => {
  it.each(['a b', 'a;b', '1a', '', 'é', 'a\u200b'])('G3 refuses %j as an identifier', (name) => {
    expect(() => identifier(name)).toThrow(TypeError);
  });

  it.each(["./a'.js", './../../x.ts', 'fs', './A.js', './a b.js', '.././../x.js/'])(
    'G3 refuses %j as a module',
    (path) => {
      expect(() => modulePath(path)).toThrow(TypeError);
    },
  );

  it('prints modules', () => {
    expect(modulePath('./list-pets.js')).toBe("'./list-pets.js'");
    expect(modulePath('../types/list-pets.js')).toBe("'../types/list-pets.js'");
  });
});

describe('other formats', () => {
  it.each([
    ['plain text', 'plain text'],
    ['a_b and _c_', 'a_b and \\_c\\_'],
    ['[x](javascript:alert)', '\\[x\\](javascript:alert)'],
    ['<img src=x>', '&lt;img src=x\\>'],
    ['a | b\n# c', 'a \\| b # c'],
    ['# title', '\\# title'],
    ['1. item', '\\1. item'],
    ['```js', '\\`\\`\\`js'],
    ['https://evil.example www.evil.example', '`https://evil.example` `www.evil.example`'],
    ['as (postgres://user:*@host/my_db).', 'as (`postgres://user:*@host/my_db`).'],
    ['<https://evil.example>', '`<https://evil.example>`'],
    ['[x](https://evil.example)', '\\[`x](https://evil.example`)'],
    ['ask @ada or a@b.example, please', 'ask `@ada` or `a@b.example`, please'],
    ['http://a|b', 'http&#58;//a\\|b'],
    ['`http://a', '\\`http&#58;//a'],
    ['a@b` www.c', 'a&#64;b\\` `www.c`'],
    ['&lt;', '&amp;lt;'],
    ['\u202e', '\\\\u202e'],
  ])('G4 shows %j in Markdown as it reads', (text, want) => {
    expect(markdownText(text)).toBe(want);
  });

  it.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b\nc', '`a\\|b c`'],
    ['', '` `'],
  ])('G4 shows %j as Markdown code', (text, want) => {
    expect(markdownCode(text)).toBe(want);
  });

  it.each([
    ['https://api.example.com/v1', 'https://api.example.com/v1'],
    ['https://{region}.example.com/v1?a=b', "'https://{region}.example.com/v1?a=b'"],
    ['https://x/&{touch,PWNED}', "'https://x/&{touch,PWNED}'"],
    ['two words', "'two words'"],
    ['#', "'#'"],
    ["it's", ''],
    ['a\nEVIL=1', ''],
    ['$(rm)', "'$(rm)'"],
  ])('G4 prints the value %j in .env as %s', (value, want) => {
    expect(envValue(value)).toBe(want);
  });

  it('G4 refuses variable names that are none', () => {
    expect(envName('SHOP_KEY')).toBe('SHOP_KEY');
    expect(() => envName('A=1\nB')).toThrow(TypeError);
    expect(() => envName('1A')).toThrow(TypeError);
  });
});
