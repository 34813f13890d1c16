import { describe, expect, it } from 'vitest';
import { insertEntry } from '../../src/cli/add/insert-entry.js';

const insert = (text: string, section = 'sources') => insertEntry(text, section, 'b', { x: 1 });

describe('insertEntry', () => {
  it.each([
    [
      'comments, odd spacing and what follows stay',
      '# top\nname:   a\nsources:\n    # first\n    a: { x: 0 }   # mine\n\n# then\nserve: {}\n',
      '# top\nname:   a\nsources:\n    # first\n    a: { x: 0 }   # mine\n    b:\n      x: 1\n\n# then\nserve: {}\n',
    ],
    [
      'a file without a last line end',
      'sources:\n  a:\n    x: 0',
      'sources:\n  a:\n    x: 0\n  b:\n    x: 1\n',
    ],
    ['CRLF', 'sources:\r\n  a: 1\r\n', 'sources:\n  a: 1\n  b:\n    x: 1\n'],
    [
      'a block of text at its end',
      'sources:\n  a: |\n    text\n\nname: c\n',
      'sources:\n  a: |\n    text\n  b:\n    x: 1\n\nname: c\n',
    ],
    ['braces', '# c\nsources: { a: 1 } # d\n', '# c\nsources: { a: 1, b: { x: 1 } } # d\n'],
    [
      'braces with comments and a last comma',
      'sources: {\n  a: 1, # one\n  # two\n  c: 2, # three\n}\n# end\n',
      'sources: {\n  a: 1, # one\n  # two\n  c: 2, b: { x: 1 }, # three\n}\n# end\n',
    ],
    [
      'everything in braces',
      '{ name: c, sources: { a: { x: 0 } } } # end\n',
      '{ name: c, sources: { a: { x: 0 }, b: { x: 1 } } } # end\n',
    ],
    [
      'JSON',
      '{\n   "name": "c",\n   "sources": { "a": 1 }\n}\n',
      '{\n   "name": "c",\n   "sources": {\n      "a": 1,\n      "b": {\n         "x": 1\n      }\n   }\n}\n',
    ],
    [
      'comments that belong to the last entry, and such that do not',
      'sources:\n  a: # 1\n    x: 0 # 2\n    # 3\n   # 4\n  # 5\n# 6\nname: c\n',
      'sources:\n  a: # 1\n    x: 0 # 2\n    # 3\n   # 4\n  b:\n    x: 1\n  # 5\n# 6\nname: c\n',
    ],
    [
      'anchors and aliases',
      'sources: &all\n  a: &a { x: 0 }\n  c: *a\n  d:\n    <<: *a\n    y: 2\n',
      'sources: &all\n  a: &a { x: 0 }\n  c: *a\n  d:\n    <<: *a\n    y: 2\n  b:\n    x: 1\n',
    ],
    [
      'tabs',
      'name: c\t# tab\nsources:\t# here\n  a:\t{ x: 0 }\t# mine\n\t\nserve: {}\n',
      'name: c\t# tab\nsources:\t# here\n  a:\t{ x: 0 }\t# mine\n  b:\n    x: 1\n\t\nserve: {}\n',
    ],
    ['a byte order mark', '\ufeffsources:\n  a: 1\n', '\ufeffsources:\n  a: 1\n  b:\n    x: 1\n'],
    [
      'quoted and explicit keys',
      '"sources":\n  "a": 1\n  ? c\n  : 2\n',
      '"sources":\n  "a": 1\n  ? c\n  : 2\n  b:\n    x: 1\n',
    ],
    [
      'marks of a document',
      '%YAML 1.2\n---\nsources:\n  a: 1\n...\n',
      '%YAML 1.2\n---\nsources:\n  a: 1\n  b:\n    x: 1\n...\n',
    ],
    [
      'a text that keeps its last lines',
      'sources:\n  a: |+\n    text\n\n\nname: c\n',
      'sources:\n  a: |+\n    text\n\n\n  b:\n    x: 1\nname: c\n',
    ],
    ['an empty section', 'sources: {}\nname: c\n', 'sources:\n  b:\n    x: 1\nname: c\n'],
    ['a section without a value', 'sources:\nname: c\n', 'sources:\n  b:\n    x: 1\nname: c\n'],
  ])('%s', (_, text, want) => expect(insert(text)).toBe(want));

  it.each([
    ['an alias', 'x: &all { a: 1 }\nsources: *all\n', 'line 2: sources is an alias'],
    ['line ends of another time', 'name: c\rsources:\r  a: 1\r', 'line 1: '],
    ['repeated keys', 'sources: { a: 1 }\nsources: { c: 1 }\n', 'line 2: Map keys must be unique'],
  ])('refuses where something would be lost: %s', (_, text, why) => {
    expect(() => insert(text)).toThrow(
      `mcp.yaml cannot be changed without losing something of it: ${why}`,
    );
  });

  it('a new section comes after the sources', () => {
    expect(insert('sources:\n  a: 1 # one\nserve: {} # end\n', 'tools')).toBe(
      'sources:\n  a: 1 # one\ntools:\n  b:\n    x: 1\nserve: {} # end\n',
    );
  });

  it('without sources it comes at the end', () => {
    expect(insert('name: c # one\ntools: { a:  {x: 0} } # two\n')).toBe(
      'name: c # one\ntools: { a:  {x: 0} } # two\nsources:\n  b:\n    x: 1\n',
    );
  });
});
