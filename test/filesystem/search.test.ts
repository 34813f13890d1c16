import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actor, makeGround, reader, type Ground } from './support.js';

let ground: Ground;

beforeAll(() => {
  ground = makeGround({
    'root/a.md': 'alpha\nbeta Alpha\r\ngamma\n',
    'root/b/c.txt': 'a.b\naxb\n',
    'root/b/d.md': 'Übung\nübung\nÜbung',
    'root/binary.md': Buffer.from('alpha\0'),
    'root/large.md': 'alpha\n'.repeat(20_000),
    'root/long.md': `${'-'.repeat(5_000)}needle${'-'.repeat(5_000)}\n`,
  });
});
afterAll(() => ground.remove());

const lines = (data: Record<string, unknown>) =>
  (data['matches'] as { path: string; line: number }[]).map(({ path, line }) => `${path}:${line}`);

describe('search', () => {
  it('finds a text, whatever it would mean as an expression', () => {
    const act = actor(ground.root);
    expect(act('search', { query: 'alpha' })).toEqual({
      matches: [{ path: 'a.md', line: 1, text: 'alpha' }],
      truncated: false,
      files_searched: 4,
      files_skipped: 2,
    });
    expect(lines(act('search', { query: 'a.b' }))).toEqual(['b/c.txt:1']);
    expect(lines(act('search', { query: 'ALPHA', ignore_case: true }))).toEqual([
      'a.md:1',
      'a.md:2',
    ]);
    expect(lines(act('search', { query: 'übung', ignore_case: true }))).toEqual([
      'b/d.md:1',
      'b/d.md:2',
      'b/d.md:3',
    ]);
  });

  it('finds what fits an expression, line by line', () => {
    const act = actor(ground.root);
    const search = (query: string) => lines(act('search', { query, regex: true }));
    expect(search('^a.b$')).toEqual(['b/c.txt:1', 'b/c.txt:2']);
    expect(search('Alpha$')).toEqual(['a.md:2']);
    expect(search('(?i)^ALPHA')).toEqual(['a.md:1']);
    expect(search('beta[^]*gamma')).toEqual([]);
    expect(search('^(?!.*a)')).toEqual(['b/d.md:1', 'b/d.md:2', 'b/d.md:3', 'long.md:1']);
    expect(search('\\-{3}needle')).toEqual(['long.md:1']);
    expect(() => search('(')).toThrow(/^The query is not a regular expression: /);
  });

  it('shows lines around, and only part of a long one', () => {
    const read = reader(ground.root);
    expect(read('search', { query: 'beta', context: 1 })).toEqual([
      'a.md-1-alpha\na.md:2:beta Alpha\na.md-3-gamma',
    ]);
    const [long] = read('search', { query: 'needle' });
    expect(long).toBe(`long.md:1:…${'-'.repeat(100)}needle${'-'.repeat(394)}…`);
  });

  it('keeps to folder, glob and limit', () => {
    const act = actor(ground.root);
    expect(lines(act('search', { query: 'b', path: 'b', glob: '*.txt' }))).toEqual([
      'b/c.txt:1',
      'b/c.txt:2',
    ]);
    const cut = act('search', { query: 'b', path: 'b', limit: 1 });
    expect([lines(cut), cut['truncated']]).toEqual([['b/c.txt:1'], true]);
    expect(reader(ground.root)('search', { query: 'nowhere' })).toEqual([
      'Nothing found in 4 files.',
    ]);
  });

  it('stops at its deadline with what it has', () => {
    const files = Array.from({ length: 200 }, (_, n) => [`many/${n}.txt`, 'x'] as const);
    ground.fill(Object.fromEntries(files));
    const limits = { maxFileBytes: 100, maxBinaryBytes: 100, maxResults: 10, timeoutMs: -1 };
    const read = reader(join(ground.outside, 'many'), { limits });
    expect(read('search', { query: 'x' })[1]).toMatch(/^Stopped after -1 ms/);
    expect(read('find', { pattern: '*' })[1]).toMatch(/^Stopped after -1 ms/);
  });
});

describe('find', () => {
  it.each([
    ['*.md', ['a.md', 'b/d.md', 'binary.md', 'large.md', 'long.md']],
    ['/*.md', ['a.md', 'binary.md', 'large.md', 'long.md']],
    ['b/*', ['b/c.txt', 'b/d.md']],
    ['**/d.*', ['b/d.md']],
    ['{a,b/c}.{md,txt}', ['a.md', 'b/c.txt']],
    ['[ab].md', ['a.md']],
    ['?.md', ['a.md', 'b/d.md']],
    ['l[!a]*', ['long.md']],
  ])('%s', (pattern, paths) => {
    expect(actor(ground.root)('find', { pattern })['paths']).toEqual(paths);
  });

  it('refuses what leads upwards or is too much', () => {
    const act = actor(ground.root);
    expect(() => act('find', { pattern: '../*' })).toThrow(/cannot lead upwards/);
    expect(() => act('find', { pattern: '{a,b}'.repeat(9) })).toThrow(/too many alternatives/);
  });
});
