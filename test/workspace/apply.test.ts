import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applySteps } from '../../src/workspace/apply.js';
import { readBases } from '../../src/workspace/base-texts.js';
import { LOCK_PATH, parseLock } from '../../src/workspace/lock.js';
import { nextLock } from '../../src/workspace/next-lock.js';
import { resolveInside } from '../../src/workspace/paths.js';
import type { Owner, ProjectFile } from '../../src/workspace/project-file.js';
import { readProjectFile, readProjectFiles } from '../../src/workspace/read-project.js';
import { reconcile } from '../../src/workspace/reconcile.js';

let dir: string;
let root: string;
beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'workspace-')));
  root = join(dir, 'out');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const file = (path: string, text: string, owner: Owner = 'managed'): ProjectFile => ({
  path,
  owner,
  text,
});
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const tree = () =>
  existsSync(root) ? readdirSync(root, { recursive: true }).map(String).sort() : [];

async function run(
  rendered: ProjectFile[],
  options: { signal?: AbortSignal; force?: boolean } = {},
) {
  const lockText = await readProjectFile(root, LOCK_PATH);
  const lock = lockText === undefined ? undefined : parseLock(lockText);
  const paths = new Set([...rendered.map((f) => f.path), ...(lock?.files.keys() ?? [])]);
  const bases = await readBases(root, rendered);
  const disk = await readProjectFiles(root, paths);
  const steps = reconcile(lock, disk, rendered, { ...options, bases });
  const next = nextLock(lock, steps, rendered, '1.0.0');
  return applySteps(root, steps, rendered, { lock: next, signal: options.signal });
}

describe('applySteps', () => {
  it('writes a new project, and nothing the second time', async () => {
    const files = [file('src/a.ts', 'a\n'), file('README.md', 'r\n', 'seed')];
    expect(await run(files)).toEqual({ written: ['README.md', 'src/a.ts'], deleted: [] });
    expect(tree()).toEqual(['README.md', LOCK_PATH, 'src', 'src/a.ts']);
    expect(await run(files)).toEqual({ written: [], deleted: [] });
  });

  it('updates, deletes orphans with their empty folders, and leaves foreign files', async () => {
    await run([file('src/a.ts', 'a\n'), file('src/old/b.ts', 'b\n'), file('src/old/c.ts', 'c\n')]);
    await writeFile(join(root, 'src/mine.ts'), 'mine');
    expect(await run([file('src/a.ts', 'a2\n')])).toEqual({
      written: ['src/a.ts'],
      deleted: ['src/old/b.ts', 'src/old/c.ts'],
    });
    expect(tree()).toEqual([LOCK_PATH, 'src', 'src/a.ts', 'src/mine.ts']);
  });

  it('writes nothing while a conflict stands', async () => {
    await run([file('a', '1'), file('b', '1')]);
    await writeFile(join(root, 'b'), 'edited');
    const lock = read(LOCK_PATH);
    await expect(run([file('a', '2'), file('b', '2')])).rejects.toThrow('b is in conflict: edited');
    expect([read('a'), read('b'), read(LOCK_PATH)]).toEqual(['1', 'edited', lock]);
    expect(tree()).toEqual(['a', 'b', LOCK_PATH]);
    await run([file('a', '2'), file('b', '2')], { force: true });
    expect([read('a'), read('b')]).toEqual(['2', '2']);
  });

  it('keeps the line ends of a file', async () => {
    await run([file('a', '1\n2\n')]);
    await writeFile(join(root, 'a'), '1\r\n2\r\n');
    await run([file('a', '1\n3\n')]);
    expect(read('a')).toBe('1\r\n3\r\n');
  });

  it('merges package.json with what the user added', async () => {
    const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
    await run([file('package.json', json({ name: 'a', dependencies: { x: '1' } }), 'merged')]);
    await writeFile(
      join(root, 'package.json'),
      json({ name: 'a', dependencies: { x: '1', mine: '7' } }),
    );
    const next = [file('package.json', json({ name: 'a', dependencies: { x: '2' } }), 'merged')];
    await run(next);
    expect(JSON.parse(read('package.json'))).toEqual({
      name: 'a',
      dependencies: { x: '2', mine: '7' },
    });
    expect(await run(next)).toEqual({ written: [], deleted: [] });
  });

  it('leaves no trace when it is cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(run([file('a', '1')], { signal })).rejects.toThrow();
    expect(existsSync(root)).toBe(false);
  });

  it('leaves no trace when staging fails', async () => {
    await mkdir(join(dir, 'elsewhere'));
    await mkdir(root);
    await symlink(join(dir, 'elsewhere'), join(root, 'src'));
    const steps = [
      { path: 'src/a', owner: 'managed' as const, action: 'create' as const, reason: '' },
    ];
    const lock = { generator: '1', inputs: new Map(), tools: new Map(), files: new Map() };
    await expect(applySteps(root, steps, [file('src/a', '1')], { lock })).rejects.toThrow(
      'leads out',
    );
    expect(tree()).toEqual(['src']);
    expect(readdirSync(join(dir, 'elsewhere'))).toEqual([]);
  });

  it('refuses while another process writes, and takes over from one that is gone', async () => {
    await mkdir(join(root, '.mcp'), { recursive: true });
    await writeFile(join(root, '.mcp/run.pid'), String(process.ppid));
    await expect(run([file('a', '1')])).rejects.toThrow(`another run (process ${process.ppid})`);
    expect(existsSync(join(root, 'a'))).toBe(false);
    await writeFile(join(root, '.mcp/run.pid'), '2147483646');
    await run([file('a', '1')]);
    expect(tree()).toEqual(['a', LOCK_PATH]);
  });

  it('lets one of two runs at once win', async () => {
    const files = Array.from({ length: 20 }, (_, index) => file(`f${index}`, 'x'));
    const results = await Promise.allSettled([run(files), run(files), run(files)]);
    expect(results.filter((result) => result.status === 'fulfilled').length).toBeGreaterThan(0);
    expect(tree().filter((name) => name.startsWith('.mcp'))).toEqual([]);
    expect(tree()).toHaveLength(21);
  });
});

describe('G10 resolveInside', () => {
  it.each([
    '../x',
    '/etc/passwd',
    'a/../../x',
    'a//b',
    './a',
    '',
    'a\0b',
    '.git/hooks/x',
    'node_modules/x',
  ])('refuses %j', async (path) =>
    expect(resolveInside(root, path)).rejects.toThrow('plain relative path'),
  );

  it.each<[string, string, string, string]>([
    ['a final link out', 'f', '../secret', 'the link f leads out of it'],
    ['a dangling link', 'f', './nowhere', 'the link f leads nowhere'],
    ['a link in circles', 'f', './f', 'the link f leads nowhere'],
    ['a folder link out', 'd/f', '..', 'the link d leads out of it'],
    [
      'a folder link to a name that only begins alike',
      'd/f',
      '../out-evil',
      'the link d leads out of it',
    ],
  ])('refuses %s', async (_, path, target, why) => {
    await mkdir(root);
    await mkdir(join(dir, 'out-evil'));
    await writeFile(join(dir, 'secret'), 's');
    await symlink(target, join(root, path.split('/')[0]!));
    await expect(resolveInside(root, path)).rejects.toThrow(why);
  });

  it('follows links that stay inside, and takes a root that is a link', async () => {
    await mkdir(join(root, 'docs'), { recursive: true });
    await symlink('docs', join(root, 'd'));
    await symlink(root, join(dir, 'alias'));
    expect(await resolveInside(join(dir, 'alias'), 'd/a/b')).toBe(join(root, 'docs/a/b'));
  });

  it('refuses a file where a folder is needed, and a folder where a file is', async () => {
    await mkdir(join(root, 'd'), { recursive: true });
    await writeFile(join(root, 'f'), '');
    await expect(resolveInside(root, 'f/x')).rejects.toThrow('f is not a folder');
    await expect(readProjectFile(root, 'd')).rejects.toThrow('a folder has this name');
  });
});
