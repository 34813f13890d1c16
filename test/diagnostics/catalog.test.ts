import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalog, diagnostic, isCode, type FieldsOf } from '../../src/diagnostics/catalog.js';
import { closest } from '../../src/diagnostics/closest.js';

describe('catalogue', () => {
  it('gives every code an explanation and one-line sentences', () => {
    for (const [code, definition] of Object.entries(catalog)) {
      expect(code).toMatch(/^MCP[1-9]\d\d$/);
      expect(definition.explain.length, code).toBeGreaterThan(30);
      expect(definition.explain, code).not.toContain('\n');
    }
  });

  it('has a test for every code, which names it', () => {
    const tests = new URL('../', import.meta.url);
    const texts = readdirSync(tests, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.test\.ts$/.test(path))
      .map((path) => readFileSync(new URL(path, tests), 'utf8'));
    const named = new Set(texts.join('').match(/MCP\d{3}/g));
    expect(Object.keys(catalog).filter((code) => !named.has(code))).toEqual([]);
  });

  it('builds a diagnostic from its facts', () => {
    const origin = { file: 'openapi.yaml', path: ['paths', '/pets'] };
    expect(
      diagnostic('MCP104', { ref: '#/a/Pett', suggestion: '#/a/Pet' }, { origin, at: 'GET /pets' }),
    ).toEqual({
      code: 'MCP104',
      severity: 'error',
      message: '$ref "#/a/Pett" points to nothing',
      origin,
      at: 'GET /pets',
      fix: 'did you mean "#/a/Pet"?',
    });
  });

  it('does not compile without the facts of the code', () => {
    // @ts-expect-error the scheme's name is missing
    const missing: FieldsOf<'MCP208'> = { why: 'x' };
    // @ts-expect-error both sentences of MCP601 name their facts
    const half: FieldsOf<'MCP601'> = { what: 'x' };
    expect([missing, half]).toHaveLength(2);
  });

  it('G14 shows what hides in foreign text and keeps it on one line', () => {
    const found = diagnostic('MCP101', { found: 'a\nb\u001b[2J\u202e\u{e0041}' });
    expect(found.message).toBe('this is not an OpenAPI document: a b\\u001b[2J\\u202e\\u{e0041}');
  });

  it('knows its codes only', () => {
    expect([isCode('MCP104'), isCode('MCP999'), isCode('toString')]).toEqual([true, false, false]);
  });
});

describe('closest', () => {
  const commands = ['inspect', 'regenerate', 'diff', 'check', 'explain'];
  it.each([
    ['regenrate', 'regenerate'],
    ['Regenerate', 'regenerate'],
    ['inpsect', 'inspect'],
    ['chekc', 'check'],
    ['my-server', undefined],
    ['petstore', undefined],
    ['dif', 'diff'],
    ['', undefined],
  ])('%s → %s', (word, want) => expect(closest(word, commands)).toBe(want));
});
