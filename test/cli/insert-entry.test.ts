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
    ['an empty section', 'sources: {}\nname: c\n', 'sources:\n  b:\n    x: 1\nname: c\n'],
    ['a section without a value', 'sources:\nname: c\n', 'sources:\n  b:\n    x: 1\nname: c\n'],
  ])('%s', (_, text, want) => expect(insert(text)).toBe(want));

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
