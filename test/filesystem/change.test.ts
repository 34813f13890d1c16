import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actor, makeGround, reader, type Ground } from './support.js';

let ground: Ground;
const at = (path: string) => join(ground.root, path);
const text = (path: string) => readFileSync(at(path), 'utf8');
const hash = (content: string) => createHash('sha256').update(content).digest('hex');

beforeEach(() => {
  ground = makeGround({
    'root/a.txt': 'one\ntwo\none\n',
    'root/crlf.txt': 'one\r\ntwo\r\n',
    'root/sub/b.txt': 'b',
    'root/.hidden': 'h',
  });
});
afterEach(() => {
  // Nothing of writing stays behind.
  const all = readdirSync(ground.root, { recursive: true, encoding: 'utf8' });
  expect(all.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  ground.remove();
});

describe.each(['descriptors', 'paths'] as const)('changes, by %s', (anchor) => {
  it('writes a new file, and another content only where asked to', () => {
    const act = actor(ground.root, { anchor });
    expect(act('write', { path: 'sub/new.txt', content: 'ä' })).toEqual({
      path: 'sub/new.txt',
      created: true,
      size: 2,
      sha256: hash('ä'),
    });
    expect(() => act('write', { path: 'a.txt', content: 'x' })).toThrow(/set overwrite\.$/);
    chmodSync(at('a.txt'), 0o640);
    expect(act('write', { path: 'a.txt', content: 'x', overwrite: true })['created']).toBe(false);
    expect([text('a.txt'), statSync(at('a.txt')).mode & 0o777]).toEqual(['x', 0o640]);
    expect(() => act('write', { path: 'sub', content: '', overwrite: true })).toThrow(
      '"sub" is a folder.',
    );
    expect(() => act('write', { path: 'none/x.txt', content: '' })).toThrow(
      '"none" does not exist.',
    );
    expect(() => act('write', { path: 'x.txt', content: 'y'.repeat(100_001) })).toThrow(
      '"x.txt" would have 100001 bytes; the limit is 100000.',
    );
  });

  it('writes only what has not changed since', () => {
    const act = actor(ground.root, { anchor });
    const args = { path: 'sub/b.txt', content: 'c', overwrite: true };
    expect(() => act('write', { ...args, expected_sha256: hash('x') })).toThrow(
      '"sub/b.txt" has changed since it was read. Nothing was changed: read it again.',
    );
    expect(text('sub/b.txt')).toBe('b');
    act('write', { ...args, expected_sha256: hash('b') });
    expect(text('sub/b.txt')).toBe('c');
  });

  it('edits all or nothing', () => {
    const act = actor(ground.root, { anchor });
    const edit = (edits: object[], more = {}) => act('edit', { path: 'a.txt', edits, ...more });
    expect(() => edit([{ old_text: 'one', new_text: '1' }])).toThrow(
      'Edit 1 of "a.txt": old_text is in the file 2 times: add what stands around it, or set all. Nothing was changed.',
    );
    expect(() =>
      edit([
        { old_text: 'two', new_text: '2' },
        { old_text: 'three', new_text: '3' },
      ]),
    ).toThrow(/^Edit 2 of "a.txt": old_text is not in the file/);
    expect(() => edit([{ old_text: 'o', new_text: 'x'.repeat(40_000), all: true }])).toThrow(
      'Edit 1 of "a.txt": the file would be larger than the limit of 100000 bytes. Nothing was changed.',
    );
    expect(text('a.txt')).toBe('one\ntwo\none\n');
    expect(edit([{ old_text: 'one', new_text: '$&', all: true }], { dry_run: true })).toEqual({
      path: 'a.txt',
      applied: false,
      replacements: 2,
      diff: '--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n-one\n+$&\n two\n-one\n+$&\n',
      sha256: hash('$&\ntwo\n$&\n'),
    });
    expect(text('a.txt')).toBe('one\ntwo\none\n');
    edit([{ old_text: 'one', new_text: '$&', all: true }]);
    expect(text('a.txt')).toBe('$&\ntwo\n$&\n');
  });

  it('fits the line ends of the file', () => {
    const edits = [{ old_text: 'one\ntwo', new_text: '1\n2' }];
    actor(ground.root, { anchor })('edit', { path: 'crlf.txt', edits });
    expect(text('crlf.txt')).toBe('1\r\n2\r\n');
  });

  it('moves files and folders, and never onto something', () => {
    const act = actor(ground.root, { anchor });
    expect(act('move', { from: 'a.txt', to: 'sub/c.txt' })).toEqual({
      from: 'a.txt',
      to: 'sub/c.txt',
    });
    expect([existsSync(at('a.txt')), text('sub/c.txt')]).toEqual([false, 'one\ntwo\none\n']);
    mkdirSync(at('empty'));
    for (const to of ['sub/b.txt', 'empty', 'crlf.txt']) {
      expect(() => act('move', { from: 'sub/c.txt', to })).toThrow(`"${to}" exists already.`);
      expect(() => act('move', { from: 'sub', to })).toThrow(`"${to}" exists already.`);
    }
    act('move', { from: 'sub', to: 'other' });
    expect([text('other/b.txt'), existsSync(at('sub'))]).toEqual(['b', false]);
    expect(() => act('move', { from: 'other', to: 'other/in' })).toThrow(/cannot be used for that/);
    expect(readdirSync(at('other')).sort()).toEqual(['b.txt', 'c.txt']);
  });

  it('deletes files and empty folders', () => {
    const act = actor(ground.root, { anchor });
    expect(() => act('delete', { path: 'sub' })).toThrow('"sub" is not empty.');
    expect(act('delete', { path: 'sub/b.txt' })).toEqual({ path: 'sub/b.txt', kind: 'file' });
    expect(act('delete', { path: 'sub' })).toEqual({ path: 'sub', kind: 'folder' });
    expect(() => act('delete', { path: 'sub' })).toThrow('"sub" does not exist.');
    expect(() => act('delete', { path: '' })).toThrow(/is a folder that mcp.yaml names/);
  });

  it('creates folders with those above', () => {
    const act = actor(ground.root, { anchor });
    expect(act('create-folder', { path: 'x/y/z' })).toEqual({ path: 'x/y/z', created: true });
    expect(act('create-folder', { path: 'x/y/z' })).toEqual({ path: 'x/y/z', created: false });
    expect(() => act('create-folder', { path: 'a.txt' })).toThrow('"a.txt" exists already.');
    expect(() => act('create-folder', { path: 'a.txt/b' })).toThrow('"a.txt" exists already.');
  });
});

it('shows differences that are far apart as parts', () => {
  const many = Array.from({ length: 40 }, (_, n) => `line ${n}`);
  ground.fill({ 'root/many.txt': `${many.join('\n')}` });
  const edits = [
    { old_text: 'line 3\n', new_text: '' },
    { old_text: 'line 39', new_text: 'line 39\nlast' },
  ];
  expect(reader(ground.root)('edit', { path: 'many.txt', edits })).toEqual([
    [
      '--- many.txt',
      '+++ many.txt',
      '@@ -1,7 +1,6 @@',
      ' line 0',
      ' line 1',
      ' line 2',
      '-line 3',
      ' line 4',
      ' line 5',
      ' line 6',
      '@@ -37,4 +36,5 @@',
      ' line 36',
      ' line 37',
      ' line 38',
      '-line 39',
      '\\ No newline at end of file',
      '+line 39',
      '+last',
      '\\ No newline at end of file',
      '',
    ].join('\n'),
  ]);
});

it.runIf(existsSync('/proc/self/fd'))('leaves nothing open, whatever happens', () => {
  const act = actor(ground.root);
  const calls: Parameters<typeof act>[] = [
    ['read', { path: 'a.txt' }],
    ['read', { path: 'sub' }],
    ['read', { path: 'sub/none/x' }],
    ['find', { pattern: '*', limit: 1 }],
    ['search', { query: 'one', limit: 1 }],
    ['tree', { limit: 1 }],
    ['list', { path: 'a.txt' }],
    ['write', { path: 'sub/b.txt', content: '' }],
    ['write', { path: 'sub/c.txt', content: '' }],
    ['move', { from: 'sub/c.txt', to: 'a.txt' }],
    ['move', { from: 'a.txt', to: 'none/a.txt' }],
    ['delete', { path: 'sub' }],
    ['create-folder', { path: 'x/y' }],
    ['complete', { typed: 'sub/' }],
  ];
  const attempt = () =>
    calls.forEach((call) => {
      try {
        act(...call);
      } catch {
        // Some are meant to fail.
      }
    });
  attempt();
  const open = () => readdirSync('/proc/self/fd').length;
  const before = open();
  for (let round = 0; round < 20; round += 1) attempt();
  expect(open()).toBe(before);
});
