import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locate, openParent } from '../../templates/src/runtime/files/locate.js';
import { openEntry } from '../../templates/src/runtime/files/open-folder.js';
import { readPath } from '../../templates/src/runtime/files/read-path.js';
import { actor, makeGround, scopeOf, type Ground } from './support.js';

const SECRET = 'the secret of somebody else';

let ground: Ground;

beforeEach(() => {
  ground = makeGround({
    'root/a.txt': 'one\n',
    'root/docs/b.txt': 'two\n',
    'root/.env': SECRET,
    'root/.git/config': SECRET,
    'root/private/c.txt': SECRET,
    'root-evil/d.txt': SECRET,
    'secret.txt': SECRET,
    'elsewhere/e.txt': SECRET,
  });
});
afterEach(() => ground.remove());

/** Every way in which a path reaches the file system. */
const WAYS: [action: Parameters<ReturnType<typeof actor>>[0], args: (path: string) => object][] = [
  ['read', (path) => ({ path })],
  ['read', (path) => ({ path, unit: 'bytes' })],
  ['content', (path) => ({ path })],
  ['info', (path) => ({ path })],
  ['list', (path) => ({ path })],
  ['tree', (path) => ({ path })],
  ['find', (path) => ({ path, pattern: '**' })],
  ['search', (path) => ({ path, query: 'secret' })],
  ['write', (path) => ({ path, content: 'x', overwrite: true })],
  ['edit', (path) => ({ path, edits: [{ old_text: 'secret', new_text: 'x' }] })],
  ['move', (path) => ({ from: path, to: 'taken.txt' })],
  ['move', (path) => ({ from: 'a.txt', to: path })],
  ['delete', (path) => ({ path })],
  ['create-folder', (path) => ({ path })],
];

function outsideIsUntouched(): void {
  expect(readFileSync(join(ground.outside, 'secret.txt'), 'utf8')).toBe(SECRET);
  expect(readFileSync(join(ground.outside, 'elsewhere/e.txt'), 'utf8')).toBe(SECRET);
  expect(readFileSync(join(ground.outside, 'root-evil/d.txt'), 'utf8')).toBe(SECRET);
  expect(readFileSync(join(ground.root, '.env'), 'utf8')).toBe(SECRET);
  expect(readFileSync(join(ground.root, '.git/config'), 'utf8')).toBe(SECRET);
  expect(readFileSync(join(ground.root, 'a.txt'), 'utf8')).toBe('one\n');
  expect(readdirSync(ground.outside).sort()).toEqual([
    'elsewhere',
    'root',
    'root-evil',
    'secret.txt',
  ]);
  expect(readdirSync(join(ground.outside, 'elsewhere'))).toEqual(['e.txt']);
}

/** Refused in every way, with no absolute path in what is said. */
function refused(path: string, options: Parameters<typeof actor>[1] = {}): string[] {
  const act = actor(ground.root, { ...options, exclude: ['private/**'] });
  const told = WAYS.map(([action, args]) => {
    try {
      const data = act(action, args(path) as Record<string, unknown>);
      return `${action} ${JSON.stringify(args(path))} gave ${JSON.stringify(data)}`;
    } catch (error) {
      expect((error as Error).name).toBe('UserInputError');
      expect((error as Error).message).not.toContain(ground.outside);
      expect((error as Error).message).not.toContain('/proc');
      return '';
    }
  });
  // Who watches it learns no more than of a file that is not there.
  const stamp = stampsOf(act, path);
  return [...told, stamp === 'not there' ? '' : `watched as ${stamp}`].filter(
    (text) => text !== '',
  );
}

/** What a subscription looks at, again and again. */
function stampsOf(act: ReturnType<typeof actor>, path: string): string {
  const { stamps } = act('stamps', { paths: [path] }) as { stamps: string[] };
  return stamps.join();
}

describe.each(['descriptors', 'paths'] as const)('S18 escapes, by %s', (anchor) => {
  afterEach(outsideIsUntouched);

  it.each([
    '../secret.txt',
    'docs/../../secret.txt',
    'docs/../a.txt',
    './../root-evil/d.txt',
    '..',
    '/etc/passwd',
    '//etc/passwd',
    '\\\\server\\share\\x',
    '..\\secret.txt',
    'docs\\..\\..\\secret.txt',
    'C:\\Windows\\win.ini',
    'C:/Windows/win.ini',
    'c:a.txt',
    'a.txt\0.md',
    'docs/\n/b.txt',
    '\ud800',
  ])('a path that leads elsewhere by itself: %j', (path) => {
    expect(refused(path, { anchor })).toEqual([]);
  });

  it('names that only look like a way upwards are names', () => {
    const act = actor(ground.root, { anchor });
    for (const path of [
      '%2e%2e/secret.txt',
      '%2e%2e%2fsecret.txt',
      '..%2fsecret.txt',
      '%252e%252e/secret.txt',
      '\uff0e\uff0e/secret.txt',
      '\u2024\u2024/secret.txt',
      '..\uff0fsecret.txt',
      '..;/secret.txt',
      '~/secret.txt',
      'file:///etc/passwd',
      '$HOME/secret.txt',
      '.../secret.txt',
    ]) {
      expect(() => act('read', { path }), path).toThrow(/does not exist\.$/);
    }
  });

  it('a root that another folder begins like', () => {
    const act = actor(ground.root, { anchor });
    symlinkSync('../root-evil', join(ground.root, 'prefix'));
    expect(() => act('read', { path: 'prefix/d.txt' })).toThrow('"prefix/d.txt" does not exist.');
    expect(() => act('read', { path: `${ground.root}-evil/d.txt` })).toThrow(/absolute/);
  });

  it('links: final, on the way, dangling, over several, absolute, into what is hidden', () => {
    symlinkSync('../secret.txt', join(ground.root, 'final.txt'));
    symlinkSync(join(ground.outside, 'secret.txt'), join(ground.root, 'absolute.txt'));
    symlinkSync('../elsewhere', join(ground.root, 'way'));
    symlinkSync('../not-there.txt', join(ground.root, 'dangling.txt'));
    symlinkSync('final.txt', join(ground.root, 'twice.txt'));
    symlinkSync('loop.txt', join(ground.root, 'loop.txt'));
    symlinkSync('.env', join(ground.root, 'env.txt'));
    symlinkSync('.git', join(ground.root, 'git'));
    symlinkSync('private', join(ground.root, 'open'));
    symlinkSync('/proc/self/environ', join(ground.root, 'environ.txt'));
    for (const path of [
      'final.txt',
      'absolute.txt',
      'way/e.txt',
      'way/new.txt',
      'dangling.txt',
      'twice.txt',
      'loop.txt',
      'env.txt',
      'git/config',
      'git/new',
      'open/c.txt',
      'environ.txt',
    ]) {
      expect(refused(path, { anchor }), path).toEqual([]);
    }
  });

  it('what lies outside and what is not there sound the same', () => {
    symlinkSync('../secret.txt', join(ground.root, 'x.txt'));
    const act = actor(ground.root, { anchor });
    const there = () => act('read', { path: 'x.txt' });
    expect(there).toThrow('"x.txt" does not exist.');
    ground.remove();
    ground.fill({ 'root/y.txt': '' });
    symlinkSync('../secret.txt', join(ground.root, 'x.txt'));
    expect(there).toThrow('"x.txt" does not exist.');
    ground.remove();
    ground = makeGround({
      'root/a.txt': 'one\n',
      'root/.env': SECRET,
      'root/.git/config': SECRET,
      'root-evil/d.txt': SECRET,
      'secret.txt': SECRET,
      'elsewhere/e.txt': SECRET,
    });
  });

  it('walks do not follow links', () => {
    symlinkSync('../elsewhere', join(ground.root, 'way'));
    symlinkSync('..', join(ground.root, 'docs/up'));
    symlinkSync('../secret.txt', join(ground.root, 'final.txt'));
    const act = actor(ground.root, { anchor, exclude: ['private'] });
    expect(act('search', { query: 'secret' })['matches']).toEqual([]);
    expect(act('find', { pattern: '**' })['paths']).toEqual(['a.txt', 'docs/b.txt']);
    expect(act('tree', { depth: 9 })['tree']).toBe('a.txt\ndocs/\n  b.txt\n  up\nfinal.txt\nway');
  });

  it('a link that stays below the root is followed', () => {
    symlinkSync('docs', join(ground.root, 'same'));
    const act = actor(ground.root, { anchor });
    expect(act('read', { path: 'same/b.txt' })).toMatchObject({ text: 'two\n' });
  });

  it('a folder that becomes a link between looking and opening', () => {
    const scope = scopeOf(ground.root, { anchor });
    const location = locate(scope, 'docs/b.txt')!;
    renameSync(join(ground.root, 'docs'), join(ground.root, 'old'));
    symlinkSync('../elsewhere', join(ground.root, 'docs'));
    expect(() => openParent(location, scope)).toThrow(/ELOOP|ENOTDIR|ENOENT|changed/);
  });

  it('what is watched and becomes a link tells nothing of what it leads to', () => {
    const act = actor(ground.root, { anchor });
    expect(stampsOf(act, 'docs/b.txt')).toMatch(/^\d+ \d+ 4 /);
    renameSync(join(ground.root, 'docs'), join(ground.root, 'old'));
    mkdirSync(join(ground.root, 'docs'));
    symlinkSync('../../secret.txt', join(ground.root, 'docs/b.txt'));
    expect(stampsOf(act, 'docs/b.txt')).toBe('not there');
    utimesSync(join(ground.outside, 'secret.txt'), 1, 1);
    expect(stampsOf(act, 'docs/b.txt')).toBe('not there');
    symlinkSync('../elsewhere', join(ground.root, 'way'));
    expect(stampsOf(act, 'way/e.txt')).toBe('not there');
  });

  it('a file that becomes a link between looking and opening', () => {
    const scope = scopeOf(ground.root, { anchor });
    const parent = openParent(locate(scope, 'docs/b.txt')!, scope);
    renameSync(join(ground.root, 'docs/b.txt'), join(ground.root, 'old.txt'));
    symlinkSync('../../secret.txt', join(ground.root, 'docs/b.txt'));
    expect(() => openEntry(parent, 'b.txt', 0)).toThrow(/ELOOP/);
    parent.close();
  });

  it('a folder that is replaced while it is open: what is held is used, or nothing', () => {
    const scope = scopeOf(ground.root, { anchor });
    const parent = openParent(locate(scope, 'docs/b.txt')!, scope);
    renameSync(join(ground.root, 'docs'), join(ground.root, 'old'));
    symlinkSync('../elsewhere', join(ground.root, 'docs'));
    const open = () => openEntry(parent, 'new.txt', 0o101);
    if (anchor === 'paths') expect(open).toThrow();
    else expect(open()).toBeGreaterThan(2);
    parent.close();
    // Looked up by its path, the name is made before that is seen; nothing is written to it.
    if (anchor === 'descriptors')
      expect(readdirSync(join(ground.root, 'old'))).toContain('new.txt');
    else execFileSync('rm', [join(ground.outside, 'elsewhere/new.txt')]);
  });

  it('hidden and excluded names, however they are written', () => {
    for (const path of [
      '.env',
      './.env',
      '.git/config',
      '.GIT/config',
      '.g\u200cit/config',
      'private/c.txt',
      'PRIVATE/c.txt',
      'priv\u200bate/c.txt',
      'private//c.txt',
      'private/./c.txt',
    ]) {
      expect(refused(path, { anchor }), path).toEqual([]);
    }
    const act = actor(ground.root, { anchor, exclude: ['privat\u00e9/**', '*.KEY'] });
    ground.fill({ 'root/privat\u0065\u0301/f.txt': SECRET, 'root/x.key': SECRET });
    expect(() => act('read', { path: 'privat\u0065\u0301/f.txt' })).toThrow(/does not exist/);
    expect(() => act('read', { path: 'x.key' })).toThrow(/does not exist/);
    expect(act('find', { pattern: '*' })['paths']).toEqual([
      'a.txt',
      'docs/b.txt',
      'private/c.txt',
    ]);
  });

  it('pipes, sockets and devices are refused and never waited for', async () => {
    execFileSync('mkfifo', [join(ground.root, 'pipe')]);
    const server = createServer().listen(join(ground.root, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    symlinkSync('/dev/zero', join(ground.root, 'device'));
    try {
      expect(refused('device', { anchor })).toEqual([]);
      const act = actor(ground.root, { anchor });
      for (const path of ['pipe', 'socket']) {
        for (const action of ['read', 'content', 'edit'] as const) {
          expect(() => act(action, { path, edits: [] })).toThrow(/is not a regular file\.$/);
        }
        expect(stampsOf(act, path)).toBe('not there');
        expect(act('info', { path })).toEqual({ path, kind: 'other' });
        expect(() => act('write', { path, content: '', overwrite: true })).toThrow(/not a regular/);
        expect(() => act('delete', { path })).toThrow(/is not a regular file\.$/);
        expect(() => act('move', { from: path, to: 'b' })).toThrow(/is not a regular file\.$/);
      }
      expect(act('search', { query: 'x' })).toMatchObject({ files_searched: 3 });
    } finally {
      server.close();
    }
  });

  it('a device as the root of a path', () => {
    const act = actor('/dev', { anchor });
    expect(() => act('read', { path: 'zero' })).toThrow('"zero" is not a regular file.');
    expect(() => act('read', { path: 'tty' })).toThrow('"tty" is not a regular file.');
  });
});

describe('S18 what changes files does not reach through links either', () => {
  it('a hard link is parted from what it was linked with, not written through', () => {
    linkSync(join(ground.outside, 'secret.txt'), join(ground.root, 'hard.txt'));
    actor(ground.root)('write', { path: 'hard.txt', content: 'new', overwrite: true });
    expect(readFileSync(join(ground.outside, 'secret.txt'), 'utf8')).toBe(SECRET);
  });

  it('read-only folders refuse every change', () => {
    const act = actor(ground.root, { access: 'read-only' });
    for (const action of ['write', 'edit', 'move', 'delete', 'create-folder'] as const) {
      expect(() => act(action, { path: 'a.txt' })).toThrow('these folders are read-only');
    }
  });

  it('a folder is not moved out of what excludes a part of it', () => {
    ground.fill({ 'root/docs/inner/private.txt': SECRET });
    const act = actor(ground.root, { exclude: ['docs/inner/**'] });
    const whole = '"docs" cannot be moved as a whole: move what is in it, one by one.';
    expect(() => act('move', { from: 'docs', to: 'other' })).toThrow(whole);
    expect(act('move', { from: 'docs/b.txt', to: 'b.txt' })).toMatchObject({ to: 'b.txt' });
    expect(readdirSync(ground.root)).toContain('docs');
  });

  it('a file cannot get a name that is not allowed, nor a hidden one', () => {
    mkdirSync(join(ground.root, 'in'));
    const act = actor(ground.root, { extensions: ['.txt'] });
    expect(() => act('write', { path: 'x.sh', content: '' })).toThrow(
      '"x.sh" must end in one of: .txt.',
    );
    expect(() => act('move', { from: 'a.txt', to: 'a.sh' })).toThrow('must end in one of: .txt.');
    expect(() => act('write', { path: '.bashrc', content: '' })).toThrow(/does not exist/);
    expect(() => act('move', { from: 'a.txt', to: '.profile' })).toThrow(/does not exist/);
    expect(() => act('create-folder', { path: '.ssh' })).toThrow(/does not exist/);
  });
});

describe('S18 names that are special on Windows', () => {
  it.each([
    'a.txt:stream',
    'a.txt::$DATA',
    'CON',
    'nul.txt',
    'docs/COM1',
    'lpt9.md',
    'com¹',
    'CONIN$',
    'aux .txt',
    'docs./b.txt',
    'a.txt.',
    'a.txt ',
    'a?.txt',
    'a*.txt',
    'a|b',
    'SECRET~1.TXT',
  ])('%j is refused there', (path) => {
    expect(() => readPath(path, 'win32')).toThrow(/has a name that is special\.$/);
  });

  it('elsewhere they can be read and not made', () => {
    ground.fill({ 'root/ab:c.txt': 'odd' });
    const act = actor(ground.root);
    expect(act('read', { path: 'ab:c.txt' })).toMatchObject({ path: 'ab:c.txt' });
    for (const path of [
      'bb:c.txt',
      'nul.txt',
      'x ',
      'x\u200b.txt',
      'cafe\u0301.txt',
      'x\u202etxt',
    ]) {
      expect(() => act('write', { path, content: '' }), path).toThrow(/special|nobody sees/);
    }
  });
});
