import { describe, expect, it } from 'vitest';
import { packageName, sourceId, titleOf } from '../../src/cli/naming.js';
import { pinSource } from '../../src/cli/pin-sources.js';
import { shellWord } from '../../src/cli/ui/shell.js';

describe('names', () => {
  it.each([
    ['./petstore.yaml', '', 'petstore'],
    ['api/github-rest.json.gz', '', 'github-rest'],
    ['https://example.com/v2/shop.json?token=x', '', 'shop'],
    ['openapi.yaml', 'info:\n  title: "Swagger Petstore - OpenAPI 3.0"\n', 'petstore'],
    ['swagger.json', '{"info": {"version": "1", "title": "Zoom API"}}', 'zoom'],
    ['openapi-v3.yaml', 'info:\n  version: 1\n\n  title: Café Müller\npaths:', 'cafe-muller'],
    ['-', 'info:\n  title: 3D Printing\n', 'd-printing'],
    ['-', '', 'api'],
    ['openapi.json', '{"info": {"title": "API"}}', 'api'],
    ['x'.repeat(80), '', 'x'.repeat(40)],
  ])('source %s %j → %s', (source, text, want) => expect(sourceId(source, text)).toBe(want));

  it.each([
    ['/a/My Server', 'my-server'],
    ['/a/@#!', 'mcp-server'],
    ['/', 'mcp-server'],
  ])('package %s → %s', (dir, want) => expect(packageName(dir)).toBe(want));

  it('finds a title in both formats', () => {
    expect(titleOf('openapi: 3.0.0\ninfo:\n  title: Plain # no comment\n')).toBe(
      'Plain # no comment',
    );
    expect(titleOf('{"info":{"title":"A \\"b\\""}}')).toBe('A \\"b\\"');
    expect(titleOf('title: elsewhere')).toBe('');
  });
});

describe('pinned sources', () => {
  const text = (file: string) => ({ file, text: file });
  it.each<[string, string[], string, string[]]>([
    ['one file', ['./a/openapi.yml'], 'specs/id.yaml', ['specs/id.yaml']],
    ['gzip', ['x.json.gz'], 'specs/id.json', ['specs/id.json']],
    [
      'an address',
      ['https://example.com/docs/openapi.json?x=1'],
      'specs/id.json',
      ['specs/id.json'],
    ],
    ['nameless text', ['-'], 'specs/id.yaml', ['specs/id.yaml']],
    [
      'several files',
      ['./api/main.yaml', 'api/schemas/pet.yaml'],
      'specs/id/main.yaml',
      ['specs/id/main.yaml', 'specs/id/schemas/pet.yaml'],
    ],
    [
      'files that climb',
      ['../a/b/main.json', '../common/types.json'],
      'specs/id/a/b/main.json',
      ['specs/id/a/b/main.json', 'specs/id/common/types.json'],
    ],
    [
      'absolute files',
      ['/x/a/main.json', '/x/common.json'],
      'specs/id/a/main.json',
      ['specs/id/a/main.json', 'specs/id/common.json'],
    ],
  ])('%s', (_, files, entry, paths) => {
    const pinned = pinSource('id', text(files[0]!), files.map(text));
    expect([pinned.entry, pinned.specs.map(({ path }) => path)]).toEqual([entry, paths]);
  });
});

it.each([
  ['./a-b_c.yaml', './a-b_c.yaml'],
  ['GET /store/**', "'GET /store/**'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
  ['$(rm -rf x)', "'$(rm -rf x)'"],
])('shellWord %j → %s', (word, want) => expect(shellWord(word)).toBe(want));
