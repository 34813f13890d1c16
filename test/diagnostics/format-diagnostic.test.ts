import { describe, expect, it } from 'vitest';
import { diagnostic } from '../../src/diagnostics/catalog.js';
import { createDiagnosticPrinter } from '../../src/diagnostics/format-diagnostic.js';
import { createLocator } from '../../src/diagnostics/locate.js';

const yaml = `openapi: 3.1.0
base: &base
  type: object
paths:
  /pets/{id}:
    get:
      responses:
        200:
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Pett"
      tags: [a,
        b]
      x: *base
    put:
      <<: *base
      deep: &deep
        n: 1
`;
const json = `{
  "openapi": "3.0.0",
  "paths": {"/a": {"get": {"tags": ["x", "y\\"[", "z"], "n": -1.5e3}}},
  "info": {"title": "first"},
  "info": {"title": "second"}
}`;

describe('locate', () => {
  const locate = createLocator((file) => ({ 'a.yaml': yaml, 'a.json': json })[file]);
  it.each<[string, (string | number)[], string]>([
    ['a.yaml', [], '1:1 1-2'],
    ['a.yaml', ['openapi'], '1:1 10-15'],
    ['a.yaml', ['paths', '/pets/{id}', 'get'], '6:5 5-8'],
    ['a.yaml', ['paths', '/pets/{id}', 'get', 'responses', '200'], '8:9 9-12'],
    [
      'a.yaml',
      [
        'paths',
        '/pets/{id}',
        'get',
        'responses',
        '200',
        'content',
        'application/json',
        'schema',
        '$ref',
      ],
      '12:17 23-50',
    ],
    ['a.yaml', ['paths', '/pets/{id}', 'get', 'tags', 1], '14:9 9-10'],
    ['a.yaml', ['paths', '/pets/{id}', 'get', 'x', 'type'], '3:3 9-15'],
    ['a.yaml', ['paths', '/pets/{id}', 'put', 'type'], '3:3 9-15'],
    ['a.yaml', ['paths', '/pets/{id}', 'put', 'nowhere', 'at', 'all'], '16:5 5-8'],
    ['a.json', ['openapi'], '2:3 14-21'],
    ['a.json', ['paths', '/a', 'get', 'tags', 1], '3:42 42-48'],
    ['a.json', ['paths', '/a', 'get', 'tags', 2], '3:50 50-53'],
    ['a.json', ['paths', '/a', 'get', 'n'], '3:56 61-67'],
    ['a.json', ['paths', '/a', 'post'], '3:13 19-69'],
    ['a.json', ['info', 'title'], '5:12 21-29'],
  ])('%s %j → %s', (file, path, want) => {
    const place = locate({ file, path })!;
    const { line, column, mark } = place;
    expect(`${line}:${column} ${mark.column}-${mark.endColumn}`).toBe(want);
  });

  it('knows nothing of a text that is not at hand', () => {
    expect(locate({ file: 'other.yaml', path: [] })).toBeUndefined();
  });
});

describe('format', () => {
  const texts: Record<string, string> = { 'openapi.yaml': yaml };
  const printer = createDiagnosticPrinter((file) => texts[file]);

  it('prints a grep-able line, a frame, the place and the fix', () => {
    const path = ['paths', '/pets/{id}', 'get', 'responses', '200', 'content'];
    const found = diagnostic(
      'MCP104',
      { ref: '#/components/schemas/Pett', suggestion: '#/components/schemas/Pet' },
      {
        origin: { file: 'openapi.yaml', path: [...path, 'application/json', 'schema', '$ref'] },
        at: 'GET /pets/{id} › response 200',
      },
    );
    expect(printer.full(found)).toBe(
      [
        'openapi.yaml:12:17  error  MCP104  $ref "#/components/schemas/Pett" points to nothing',
        '  10 |             application/json:',
        '  11 |               schema:',
        '> 12 |                 $ref: "#/components/schemas/Pett"',
        '     |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^',
        'at   GET /pets/{id} › response 200',
        'fix  did you mean "#/components/schemas/Pet"?',
      ].join('\n'),
    );
  });

  it('prints what has no place without one', () => {
    expect(printer.full(diagnostic('MCP113', { file: '-' }))).toBe(
      'error  MCP113  - is empty\nfix  give a document with content',
    );
  });

  it('cuts minified lines around the mark', () => {
    texts['min.json'] = `{"a":"${'x'.repeat(500)}","b":"HERE","c":"${'y'.repeat(500)}"}`;
    const found = diagnostic(
      'MCP113',
      { file: 'min.json' },
      { origin: { file: 'min.json', path: ['b'] } },
    );
    const [first, line, carets] = printer.full(found).split('\n') as [string, string, string];
    expect(first).toBe('min.json:1:509  error  MCP113  min.json is empty');
    expect(line.length).toBeLessThanOrEqual(106);
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('"HERE"');
    expect([line[6], line.at(-1)]).toEqual(['…', '…']);
  });

  it('G14 lets no character of the source act on the terminal', () => {
    texts['evil.yaml'] = 'a: "\u001b[2J\u202e\u{e0041}x"\n';
    const origin = { file: 'evil.yaml', path: ['a'] };
    expect(printer.full(diagnostic('MCP113', { file: 'x' }, { origin }))).toContain(
      '> 1 | a: "·[2J···x"',
    );
  });
});
