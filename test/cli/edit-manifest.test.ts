import { describe, expect, it } from 'vitest';
import { editManifest } from '../../src/cli/edit-manifest.js';
import { newerThan } from '../../src/cli/newer-than.js';

const version = { path: ['version'], value: '2.0.0' };
const url = { path: ['sources', 'a', 'documentUrl'], value: 'https://x.example.com/a: b.yaml' };

describe('editManifest', () => {
  it.each([
    [
      'a plain value',
      'version:   1.0.0   # mine\nname: a\n',
      [version],
      'version:   2.0.0   # mine\nname: a\n',
    ],
    ['a quoted value', "name: a\nversion: '1.0.0'\n", [version], 'name: a\nversion: 2.0.0\n'],
    [
      'a value in braces',
      '{ name: a, version: "1.0.0" } # x\n',
      [version],
      '{ name: a, version: 2.0.0 } # x\n',
    ],
    ['CRLF', 'name: a\r\nversion: 1.0.0\r\n', [version], 'name: a\nversion: 2.0.0\n'],
    ['a byte order mark', '\ufeffversion: 1.0.0\n', [version], '\ufeffversion: 2.0.0\n'],
    ['what is so already', '# x\nversion: "2.0.0"\n', [version], '# x\nversion: "2.0.0"\n'],
    [
      'a missing key',
      '# top\nname: a # mine\n\nsources:\n  # this one\n  a:\n    openapi: specs/a.yaml\n',
      [version, url],
      '# top\nname: a # mine\nversion: 2.0.0\n\nsources:\n  # this one\n  a:\n    openapi: specs/a.yaml\n    documentUrl: "https://x.example.com/a: b.yaml"\n',
    ],
    [
      'what is an address',
      'sources:\n    a:\n        documentUrl: https://old.example.com\n        prefix: p\n',
      [url],
      'sources:\n    a:\n        documentUrl: "https://x.example.com/a: b.yaml"\n        prefix: p\n',
    ],
    [
      'an alias, and not what it stands for',
      'title: &v 1.0.0\nversion: *v\n',
      [version],
      'title: &v 1.0.0\nversion: 2.0.0\n',
    ],
    ['an anchor', 'version: &v 1.0.0\n', [version], 'version: &v 2.0.0\n'],
    [
      'a key that is missing, and no spacing',
      '\ufeff# top\n\nname:   a # mine\nsources:\n    b: {x:   1}\n',
      [version],
      '\ufeff# top\n\nname:   a # mine\nversion: 2.0.0\nsources:\n    b: {x:   1}\n',
    ],
    ['a value of JSON', '{ "version": "1.0.0" }\n', [version], '{ "version": "2.0.0" }\n'],
    [
      'a key that JSON has not',
      '{\n  "name": "a",\n  "sources": {}\n}\n',
      [version],
      '{\n  "name": "a", "version": "2.0.0",\n  "sources": {}\n}\n',
    ],
    [
      'a key that braces have not',
      '{ name: a } # x\n',
      [version],
      '{ name: a, version: 2.0.0 } # x\n',
    ],
    [
      'a key beside what is merged',
      'sources:\n  b: &b { openapi: b }\n  a: { <<: *b, prefix: p } # x\n',
      [url],
      'sources:\n  b: &b { openapi: b }\n  a: { <<: *b, prefix: p, documentUrl: "https://x.example.com/a: b.yaml" } # x\n',
    ],
  ])('replaces %s and keeps everything else', (_, text, edits, want) => {
    expect(editManifest(text, edits)).toBe(want);
  });
});

it.each([
  ['an alias', 'sources:\n  b: &b { documentUrl: old }\n  a: *b\n'],
  ['what others stand for', 'sources:\n  a: { documentUrl: &u old }\n  b: { documentUrl: *u }\n'],
  ['what others are merged from', 'sources:\n  a: &a { documentUrl: old }\n  b: { <<: *a }\n'],
])('MCP737 refuses to change %s, which would change something else', (_, text) => {
  expect(() => editManifest(text, [url])).toThrow(
    'mcp.yaml cannot be changed without losing something of it: sources.a.documentUrl cannot be given another value alone',
  );
});

it.each([
  ['1.0.1', '1.0.0', true],
  ['1.10.0', '1.9.9', true],
  ['2.0.0', '1.99.99', true],
  ['1.0.0', '1.0.0', false],
  ['1.0.0', '1.0.1', false],
  ['1.0.0', '1.0.0-beta.1', true],
  ['1.0.0-beta.1', '1.0.0', false],
  ['1.0.0-beta.11', '1.0.0-beta.2', true],
  ['1.0.0-beta', '1.0.0-alpha.9', true],
  ['1.0.0-alpha.beta', '1.0.0-alpha.1', true],
  ['1.0.0-alpha.1', '1.0.0-alpha', true],
  ['1.0.0+b', '1.0.0+a', false],
  ['main', '1.0.0', false],
])('%s is newer than %s: %s', (version, other, want) => {
  expect(newerThan(version, other)).toBe(want);
});
