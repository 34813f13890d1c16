import { describe, expect, it } from 'vitest';
import { InputError, type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseDocument } from '../../src/sources/read/parse-document.js';

function refusal(text: string, caps?: { depth: number; nodes: number }): Diagnostic {
  try {
    parseDocument(text, 'api.yaml', caps);
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics[0]!;
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseDocument reads', () => {
  it.each<[string, string, unknown, 'json' | 'yaml']>([
    ['JSON', '{"a": [1, true, null]}', { a: [1, true, null] }, 'json'],
    ['JSON with a byte order mark', '\ufeff{"a": 1}', { a: 1 }, 'json'],
    ['the last of repeated keys, JSON', '{"a": 1, "a": 2}', { a: 2 }, 'json'],
    ['the last of repeated keys, YAML', 'a: 1\na: 2', { a: 2 }, 'yaml'],
    ['JSON with trailing commas', '{"a": [1,],}', { a: [1] }, 'yaml'],
    ['flow YAML', '{a: 1}', { a: 1 }, 'yaml'],
    [
      'unquoted dates as text',
      'd: 2024-01-31\nt: 2024-01-31T10:00:00Z',
      { d: '2024-01-31', t: '2024-01-31T10:00:00Z' },
      'yaml',
    ],
    ['yes and no as text', 'a: yes\nb: no\nc: on', { a: 'yes', b: 'no', c: 'on' }, 'yaml'],
    ['numeric keys', '200: ok', { '200': 'ok' }, 'yaml'],
    [
      'merge keys',
      'a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}',
      { a: { x: 1, y: 2 }, b: { x: 1, y: 3 } },
      'yaml',
    ],
    [
      'unknown tags as what they hold',
      'a: !Ref b\nc: !<tag:x,1> [1]\nd: !!binary aGk=',
      { a: 'b', c: [1], d: 'aGk=' },
      'yaml',
    ],
    ['indentation that YAML 1.2 calls deficient', 'a: [\n1\n]', { a: [1] }, 'yaml'],
    ['Windows line ends', 'a:\r\n  b: 1\r\n', { a: { b: 1 } }, 'yaml'],
    ['a document marker', '---\na: 1\n', { a: 1 }, 'yaml'],
  ])('%s', (_, text, value, format) => {
    expect(parseDocument(text, 'api.yaml')).toEqual({ value, format });
  });
});

describe('parseDocument refuses', () => {
  it.each<[string, string, string, string, { line: number; column: number } | undefined]>([
    ['nothing', ' \n\t', 'MCP113', 'api.yaml is empty', undefined],
    [
      'a web page',
      '<!DOCTYPE html><html><body>Sign in</body></html>',
      'MCP111',
      'api.yaml is a web page, not a document',
      undefined,
    ],
    [
      'XML',
      '<?xml version="1.0"?><a/>',
      'MCP103',
      'this is not valid JSON or YAML: it looks like XML',
      { line: 1, column: 1 },
    ],
    ['cut JSON', '{\n  "a": [1', 'MCP103', 'this is not valid JSON', { line: 2, column: 10 }],
    [
      'JSON with a wrong word',
      '{\n  "a": [1, 2}\n}',
      'MCP103',
      'this is not valid JSON',
      { line: 2, column: 13 },
    ],
    [
      'broken YAML',
      'a:\n  - b\n c: d',
      'MCP103',
      'this is not valid YAML: bad indentation of a mapping entry',
      { line: 3, column: 2 },
    ],
    [
      'a missing anchor',
      'a: *b',
      'MCP103',
      'this is not valid YAML: unidentified alias "b"',
      { line: 1, column: 6 },
    ],
  ])('%s', (_, text, code, message, position) => {
    const found = refusal(text);
    expect([found.code, found.origin?.position]).toEqual([code, position]);
    expect(found.message).toContain(message);
  });

  const laughs = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level <= 9; level += 1) {
    laughs.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  }
  const nested = (open: string, close: string, n = 20_000) => open.repeat(n) + close.repeat(n);

  it.each<[string, string, string]>([
    ['nine levels of alias laughs', laughs.join('\n'), 'MCP110'],
    ['an alias to what holds it', 'a: &a\n  b: *a', 'MCP110'],
    ['arrays 20,000 deep', nested('[', ']'), 'MCP109'],
    ['objects 20,000 deep', nested('{"a":', '}').replace(':}', ':1}'), 'MCP109'],
    ['block sequences 20,000 deep', '- '.repeat(20_000), 'MCP109'],
    ['explicit keys 20,000 deep', '? '.repeat(20_000), 'MCP109'],
    ['flow in YAML 20,000 deep', `a: ${nested('[', ']')}`, 'MCP109'],
    ['flow over 20,000 lines', `a:\n${nested(' [\n', ' ]\n')}`, 'MCP109'],
    ['flow that the scan takes for blocks', `x: ${'[a: \n'.repeat(20_000)}`, 'MCP109'],
    [
      'mappings 2,000 deep',
      Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'MCP109',
    ],
  ])('G8 %s', (_, text, code) => expect(refusal(text).code).toBe(code));

  it('G8 keys that merges copy, by chains and by lists', () => {
    const keys = Array.from({ length: 1_000 }, (_, key) => `k${key}: 1`).join(', ');
    const base = `base: &base { ${keys} }\n`;
    const uses = (count: number) =>
      Array.from({ length: count }, (_, use) => `u${use}: { <<: *base }\n`).join('');
    expect(parseDocument(base + uses(1_000), 'x').format).toBe('yaml');
    expect(refusal(base + uses(1_001)).code).toBe('MCP110');
    expect(refusal(`${base}all:\n  <<: [${'*base, '.repeat(1_001)}]\n`).code).toBe('MCP110');
    const chain = Array.from(
      { length: 1_500 },
      (_, at) => `c${at}: &c${at} { ${at === 0 ? '' : `<<: *c${at - 1}, `}k${at}: 1 }\n`,
    );
    expect(refusal(chain.join('')).code).toBe('MCP110');
  });

  it('G8 more values than allowed, before parsing', () => {
    const caps = { depth: 10, nodes: 100 };
    expect(refusal(`[${'{},'.repeat(200)}1]`, caps).code).toBe('MCP110');
    expect(refusal(`- a\n`.repeat(101), caps).code).toBe('MCP110');
    expect(parseDocument(`[${'0,'.repeat(90)}1]`, 'x', caps).format).toBe('json');
  });
});

describe('parseDocument is not fooled', () => {
  it('by brackets in strings and prose', () => {
    const caps = { depth: 4, nodes: 1000 };
    expect(parseDocument(JSON.stringify({ a: '[[[[[["\\[[[[' }), 'x', caps).format).toBe('json');
    const prose = 'a:\n  d: |\n    [[ see {{{ this\n  e: 1\nb:\n  c: 2\n'
      .repeat(3)
      .replaceAll('\na:', '\nz:');
    expect(parseDocument(prose, 'x', { depth: 10, nodes: 1000 }).format).toBe('yaml');
  });

  it.each([
    ['JSON', '{"__proto__": {"polluted": 1}, "b": 2}'],
    ['YAML', '__proto__:\n  polluted: 1\nb: 2'],
  ])('G9 by __proto__ in %s', (_, text) => {
    const value = parseDocument(text, 'x').value as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'b']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
    expect('polluted' in value).toBe(false);
  });

  it('G9 by __proto__ in a merge', () => {
    const { value } = parseDocument('a: {<<: {__proto__: {polluted: 1}}}', 'x');
    expect('polluted' in (value as { a: object }).a).toBe(false);
    expect(JSON.stringify(value)).toBe('{"a":{"__proto__":{"polluted":1}}}');
  });
});

it('replaces halves of characters, keeps whole ones', () => {
  const text = '{"half":"a\\ud800b","whole":"\\ud83d\\ude00","low":"\\udc00"}';
  expect(parseDocument(text, 'x.json').value).toEqual({
    half: 'a\ufffdb',
    whole: '😀',
    low: '\ufffd',
  });
});
