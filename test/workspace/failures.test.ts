import { writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectFile } from '../../src/workspace/project-file.js';
import { failing, file, json, plan, run, temporaryRoot, tree } from './support.js';

let root: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ root, remove } = await temporaryRoot());
});
afterEach(() => remove());

const packageJson = (x: string) =>
  file('package.json', json({ name: 'a', dependencies: { x } }), 'merged');

const OLD: ProjectFile[] = [
  file('mcp.yaml', 'specs/old.yaml', 'user'),
  file('specs/old.yaml', 'old\n', 'user'),
  packageJson('1.0.0'),
  file('README.md', 'read me\n', 'seed'),
  file('src/generated/a.ts', 'a1\n'),
  file('src/generated/b.ts', 'b1\n'),
  file('src/generated/old/c.ts', 'c1\n'),
];
const NEW: ProjectFile[] = [
  file('mcp.yaml', 'specs/new.yaml', 'user'),
  file('specs/new.yaml', 'new\n', 'user'),
  packageJson('2.0.0'),
  file('README.md', 'read me again\n', 'seed'),
  file('src/generated/a.ts', 'a2\n'),
  file('src/generated/b.ts', 'b1\n'),
  file('src/generated/new/d.ts', 'd2\n'),
  file('docs/deep/e.md', 'e2\n'),
];

/** The old project with what a user did to it. */
async function prepare(): Promise<void> {
  await run(root, OLD);
  await writeFile(
    join(root, 'package.json'),
    json({ name: 'a', scripts: { mine: 'm' }, dependencies: { x: '1.0.0', y: '7' } }),
  );
  await writeFile(join(root, 'README.md'), 'my words\n');
  await writeFile(join(root, 'src/mine.ts'), 'mine\n');
}

const WANT = {
  '.mcp/base/package.json': json({ name: 'a', dependencies: { x: '2.0.0' } }),
  'README.md': 'my words\n',
  'docs/deep/e.md': 'e2\n',
  'mcp.yaml': 'specs/new.yaml',
  'package.json': json({ name: 'a', scripts: { mine: 'm' }, dependencies: { x: '2.0.0', y: '7' } }),
  'specs/new.yaml': 'new\n',
  'specs/old.yaml': 'old\n',
  'src/generated/a.ts': 'a2\n',
  'src/generated/b.ts': 'b1\n',
  'src/generated/new/d.ts': 'd2\n',
  'src/mine.ts': 'mine\n',
};

/** As the next run finds it: the process that held the claim is gone. */
async function leaveClaim(): Promise<void> {
  if ('.mcp/run.pid' in tree(root)) await writeFile(join(root, '.mcp/run.pid'), '2147483646');
}

const withoutLock = ({ 'mcp.lock.json': _, ...rest }: Record<string, string>) => rest;

describe('a run that ends in the middle', () => {
  it('is healed by the next one, wherever it was killed', async () => {
    const kinds = [
      'makeFolder',
      'write',
      'move',
      'remove',
      'removeEmptyFolder',
      'removeTree',
    ] as const;
    let moments = 0;
    for (let index = 0; ; index += 1) {
      await remove();
      ({ root, remove } = await temporaryRoot());
      await prepare();
      const { storage, failed } = failing(index, [...kinds], 'dies');
      await run(root, NEW, { storage }).catch(() => undefined);
      if (!failed()) break;
      moments += 1;
      await leaveClaim();
      const inputs = tree(root);
      expect(inputs[inputs['mcp.yaml']!], `killed at call ${index}`).toMatch(/^(?:old|new)$/m);
      await run(root, NEW);
      expect(withoutLock(tree(root)), `killed at call ${index}`).toEqual(WANT);
      const again = await plan(root, NEW);
      expect(await again.apply(), `after call ${index}`).toEqual({ written: [], deleted: [] });
    }
    // Seven texts with the lock, their folders and moves, one deletion and the clearing up.
    expect(moments).toBeGreaterThan(20);
  });

  it('does not advance the lock before everything else is there', async () => {
    // Seven texts to move, one file to delete; the lock is the ninth.
    for (const [index, isAdvanced] of [0, 2, 4, 6, 7, 8, 9].map((k) => [k, k > 8] as const)) {
      await remove();
      ({ root, remove } = await temporaryRoot());
      await prepare();
      const before = readFileSync(join(root, 'mcp.lock.json'), 'utf8');
      const { storage } = failing(index, ['move', 'remove'], 'dies');
      await run(root, NEW, { storage }).catch(() => undefined);
      const after = readFileSync(join(root, 'mcp.lock.json'), 'utf8');
      expect(after !== before, `killed at ${index}`).toBe(isAdvanced);
    }
  });
});

describe('a disk that refuses', () => {
  it('when it is full leaves everything as it was, wherever that happens', async () => {
    await prepare();
    const before = tree(root);
    let moments = 0;
    for (let index = 0; ; index += 1) {
      const { storage, failed } = failing(index, ['makeFolder', 'write'], 'ENOSPC');
      const told = await run(root, NEW, { storage }).then(
        () => '',
        (error: Error) => error.message,
      );
      if (!failed()) break;
      moments += 1;
      expect(told).toMatch(/cannot be written: the disk is full; nothing was written$/);
      expect(tree(root)).toEqual(before);
    }
    expect(moments).toBeGreaterThan(12);
    expect(withoutLock(tree(root))).toEqual(WANT);
  });

  it('MCP511 in the middle says so, and the next run finishes', async () => {
    await prepare();
    const { storage } = failing(3, ['move'], 'EACCES');
    await expect(run(root, NEW, { storage })).rejects.toThrow(
      'package.json cannot be written: it may not be written; some files are new and some are old',
    );
    await run(root, NEW);
    expect(withoutLock(tree(root))).toEqual(WANT);
  });
});

describe('somebody else at work', () => {
  it('ends the run when a file changed after the decision, and loses nothing', async () => {
    await prepare();
    const { apply } = await plan(root, NEW);
    await writeFile(join(root, 'src/generated/a.ts'), 'saved just now\n');
    const before = tree(root);
    await expect(apply()).rejects.toThrow(
      'src/generated/a.ts has changed while this run was at work',
    );
    expect(tree(root)).toEqual(before);
  });

  it('ends the run when a file to be deleted or created was written', async () => {
    await prepare();
    const { apply } = await plan(root, NEW);
    await writeFile(join(root, 'src/generated/old/c.ts'), 'saved just now\n');
    await expect(apply()).rejects.toThrow('src/generated/old/c.ts has changed');
    await run(root, OLD, { force: true });
  });

  it('ends the run when another run came first', async () => {
    await prepare();
    const late = await plan(
      root,
      OLD.map((f) => (f.path === 'src/generated/a.ts' ? { ...f, text: 'a3\n' } : f)),
    );
    await run(root, NEW);
    const before = tree(root);
    await expect(late.apply()).rejects.toThrow(
      'mcp.lock.json has changed while this run was at work',
    );
    expect(tree(root)).toEqual(before);
  });
});
