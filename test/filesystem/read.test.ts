import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actor, makeGround, reader, type Ground } from './support.js';

let ground: Ground;

beforeAll(() => {
  ground = makeGround({
    'root/a.md': 'one\ntwo\nthree',
    'root/empty.md': '',
    'root/umlaut.txt': 'aä€😀b',
    'root/long.txt': `${'x'.repeat(900)}\nlast\n`,
    'root/photo.JPG': Buffer.from([0xff, 0xd8, 0xff, 0x00]),
    'root/sound.mp3': Buffer.from([0x49, 0x44, 0x33, 0x00]),
    'root/data.bin': Buffer.from([0, 1, 2]),
    'root/latin.txt': Buffer.from([0x63, 0xe9]),
    'root/large.bin': Buffer.alloc(10_001),
    'root/large.txt': 'y'.repeat(100_001),
    'root/sub/deep/z.md': 'z\n',
    'root/sub/y.md': 'y\n',
  });
  symlinkSync('a.md', join(ground.root, 'link.md'));
});
afterAll(() => ground.remove());

describe('read', () => {
  it('gives lines, and says where to go on', () => {
    const read = reader(ground.root);
    expect(read('read', { path: 'a.md' })).toEqual(['one\ntwo\nthree']);
    expect(read('read', { path: 'a.md', offset: 1, limit: 1 })).toEqual([
      'two\n',
      'Lines 2 to 2 of 3. Go on with offset 2.',
    ]);
    expect(read('read', { path: 'a.md', offset: 2 })).toEqual(['three', 'Lines 3 to 3 of 3.']);
    expect(read('read', { path: 'a.md', offset: 9 })).toEqual(['There are only 3 lines.']);
    expect(read('read', { path: 'empty.md' })).toEqual(['The file is empty.']);
  });

  it('gives bytes that end where a character ends, without gaps', () => {
    const act = actor(ground.root);
    const walked: unknown[] = [];
    for (let offset: unknown = 0; offset !== undefined;) {
      const part = act('read', { path: 'umlaut.txt', unit: 'bytes', offset, limit: 4 });
      walked.push(part['text']);
      offset = part['next_offset'];
    }
    expect(walked).toEqual(['aä', '€', '😀', 'b']);
    expect(() => act('read', { path: 'umlaut.txt', unit: 'bytes', offset: 1, limit: 1 })).toThrow(
      'The limit is smaller than the next character: ask for more bytes.',
    );
  });

  it('keeps within what a result may hold', () => {
    const read = reader(ground.root, { maxResultChars: 500 });
    const [text, note] = read('read', { path: 'long.txt' });
    expect(text).toBe('x'.repeat(500));
    expect(note).toBe(
      'Line 1 of 2 is longer than a result may be and is cut: read it with unit "bytes".',
    );
    expect(read('read', { path: 'long.txt', offset: 1 })).toEqual(['last\n', 'Lines 2 to 2 of 2.']);
  });

  it('gives images, recordings and other binaries as content, up to a limit', () => {
    const read = reader(ground.root);
    expect(read('read', { path: 'photo.JPG' })).toEqual(['image']);
    expect(read('read', { path: 'sound.mp3' })).toEqual(['audio']);
    expect(read('read', { path: 'data.bin' })).toEqual(['resource']);
    expect(read('read', { path: 'latin.txt' })).toEqual(['resource']);
    expect(actor(ground.root)('read', { path: 'photo.JPG' })).toEqual({
      path: 'photo.JPG',
      mime_type: 'image/jpeg',
      size: 4,
      sha256: '374ffede23adbc8bc625205f4bf86750807ffb6ce71fc7d10cac8bded0872bf5',
    });
    expect(() => read('read', { path: 'large.bin' })).toThrow(
      '"large.bin" has 10001 bytes; the limit for this is 10000.',
    );
  });

  it('says where a text holds what nobody sees', () => {
    ground.fill({ 'hidden/h.txt': 'a\u202eb\u{e0041}' });
    expect(reader(join(ground.outside, 'hidden'))('read', { path: 'h.txt' })).toEqual([
      'a\u202eb\u{e0041}',
      'Beware: 2 characters of this text are invisible or change the direction of others.',
    ]);
  });

  it('a text that is too large for lines is read by bytes', () => {
    const act = actor(ground.root);
    expect(() => act('read', { path: 'large.txt' })).toThrow(/read it with unit "bytes"\.$/);
    expect(act('read', { path: 'large.txt', unit: 'bytes', limit: 10 })).toMatchObject({
      text: 'yyyyyyyyyy',
      next_offset: 10,
      total: 100_001,
    });
  });

  it('a folder, a link, what is not there', () => {
    const act = actor(ground.root);
    expect(() => act('read', { path: 'sub' })).toThrow('"sub" is a folder.');
    expect(() => act('read', { path: 'none.md' })).toThrow('"none.md" does not exist.');
    expect(() => act('read', { path: 'a.md/x' })).toThrow('"a.md/x" does not exist.');
    expect(act('read', { path: 'link.md' })).toMatchObject({ path: 'link.md', total: 3 });
  });
});

describe('list, tree and info', () => {
  it('lists a page of one folder', () => {
    const page = actor(ground.root)('list', { path: 'sub' });
    expect(page).toMatchObject({
      path: 'sub',
      total: 2,
      entries: [
        { name: 'deep', path: 'sub/deep', kind: 'folder' },
        { name: 'y.md', path: 'sub/y.md', kind: 'file', size: 2 },
      ],
    });
    const second = actor(ground.root)('list', { path: 'sub', offset: 1, limit: 1 });
    expect((second['entries'] as object[]).length).toBe(1);
    expect(second['next_offset']).toBeUndefined();
    expect(actor(ground.root)('list', { limit: 2 })['next_offset']).toBe(2);
    expect(() => actor(ground.root)('list', { path: 'a.md' })).toThrow('"a.md" is not a folder.');
  });

  it('shows a tree as deep and as long as asked for', () => {
    const read = reader(ground.root, { extensions: ['.md'] });
    expect(read('tree')).toEqual(['a.md\nempty.md\nlink.md\nsub/\n  deep/\n    z.md\n  y.md']);
    expect(read('tree', { path: 'sub', depth: 1 })).toEqual(['deep/\ny.md']);
    expect(read('tree', { limit: 2 })).toEqual([
      'a.md\nempty.md',
      'There is more: ask for a folder below, for less depth or for a higher limit.',
    ]);
  });

  it('describes files and folders', () => {
    const act = actor(ground.root);
    expect(act('info', { path: 'a.md' })).toMatchObject({
      path: 'a.md',
      kind: 'file',
      size: 13,
      mime_type: 'text/markdown',
      text: true,
      lines: 3,
      sha256: '058053d87c818d699cde0f00d670bca0e1c6ad857caa9758ea6a556d7c64fcee',
    });
    expect(act('info', { path: 'photo.JPG' })).toMatchObject({
      mime_type: 'image/jpeg',
      text: false,
    });
    expect(act('info', { path: 'sub' })).toMatchObject({ path: 'sub', kind: 'folder' });
  });
});

describe('several roots', () => {
  it('begin every path with their names', () => {
    const places = { docs: join(ground.root, 'sub'), work: ground.root };
    const act = actor('', { places, extensions: ['.md'] });
    expect(act('list')['entries']).toEqual([
      { name: 'docs', path: 'docs', kind: 'folder' },
      { name: 'work', path: 'work', kind: 'folder' },
    ]);
    expect(act('read', { path: 'docs/y.md' })).toMatchObject({ path: 'docs/y.md', text: 'y\n' });
    expect(act('find', { pattern: 'docs/**' })['paths']).toEqual(['docs/deep/z.md', 'docs/y.md']);
    expect(act('search', { query: 'z', path: 'docs' })['matches']).toEqual([
      { path: 'docs/deep/z.md', line: 1, text: 'z' },
    ]);
    expect(() => act('read', { path: 'y.md' })).toThrow(
      '"y.md" does not exist. Paths begin with: docs, work.',
    );
    act('move', { from: 'docs/y.md', to: 'work/moved.md' });
    act('move', { from: 'work/moved.md', to: 'docs/y.md' });
    expect(() => act('delete', { path: 'docs' })).toThrow(/is a folder that mcp.yaml names/);
  });

  it('one that is gone is said by the name of its variable', () => {
    const act = actor('', { places: { docs: join(ground.outside, 'gone') } });
    expect(() => act('list')).toThrow('The folder that DOCS_ROOT names is not there.');
  });
});
