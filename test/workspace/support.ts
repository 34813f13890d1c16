import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applySteps } from '../../src/workspace/apply.js';
import { readBases } from '../../src/workspace/base-texts.js';
import { LOCK_PATH, parseLock } from '../../src/workspace/lock.js';
import { nextLock } from '../../src/workspace/next-lock.js';
import type { Owner, ProjectFile } from '../../src/workspace/project-file.js';
import { readProjectFile, readProjectFiles } from '../../src/workspace/read-project.js';
import { reconcile, type Step } from '../../src/workspace/reconcile.js';
import { disk, type Storage } from '../../src/workspace/storage.js';

export const file = (path: string, text: string, owner: Owner = 'managed'): ProjectFile => ({
  path,
  owner,
  text,
});

export const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

export async function temporaryRoot(): Promise<{ root: string; remove: () => Promise<void> }> {
  const root = realpathSync(await mkdtemp(join(tmpdir(), 'workspace-')));
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

/** What a run would do, and a function that does it. */
export async function plan(
  root: string,
  rendered: ProjectFile[],
  options: { force?: boolean } = {},
) {
  const lockText = await readProjectFile(root, LOCK_PATH);
  const lock = lockText === undefined ? undefined : parseLock(lockText);
  const paths = new Set([...rendered.map((f) => f.path), ...(lock?.files.keys() ?? [])]);
  const texts = await readProjectFiles(root, paths);
  const bases = await readBases(root, rendered);
  const steps = reconcile(lock, texts, rendered, { ...options, bases });
  const next = nextLock(lock, steps, rendered, '1.0.0');
  return {
    steps,
    apply: (storage: Storage = disk) =>
      applySteps(root, steps, rendered, { lock: next, decidedOn: { lockText }, storage }),
  };
}

/** One run of a regenerate in small. */
export async function run(
  root: string,
  rendered: ProjectFile[],
  { storage, ...options }: { force?: boolean; storage?: Storage } = {},
): Promise<Step[]> {
  const { steps, apply } = await plan(root, rendered, options);
  await apply(storage);
  return steps;
}

/** Path → text of every file, and path → `folder` of every folder that is empty. */
export function tree(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true }).map(String).sort();
  return Object.fromEntries(
    names.flatMap((name) => {
      const path = join(root, name);
      if (!statSync(path).isDirectory()) return [[name, readFileSync(path, 'utf8')]];
      return readdirSync(path).length === 0 ? [[name, 'folder']] : [];
    }),
  );
}

/**
 * A disk on which everything fails from the `index`-th call (from 0) of the `kinds` on: `dies` for a process that is gone,
 * so that nothing is cleaned up either; else only that one call fails, with `code`.
 */
export function failing(
  index: number,
  kinds: (keyof Storage)[],
  code: 'dies' | 'ENOSPC' | 'EACCES',
): { storage: Storage; failed: () => boolean } {
  let count = 0;
  let dead = false;
  let failed = false;
  const check = (kind: keyof Storage) => {
    const isHit = kinds.includes(kind) && count++ === index;
    if (isHit) failed = true;
    if (isHit && code === 'dies') dead = true;
    if (dead) throw new Error('killed');
    if (isHit) throw Object.assign(new Error(code), { code, syscall: kind });
  };
  const storage = Object.fromEntries(
    Object.entries(disk).map(([kind, call]) => [
      kind,
      async (...args: [string, string]) => {
        check(kind as keyof Storage);
        return (call as (...all: string[]) => Promise<unknown>)(...args);
      },
    ]),
  ) as Storage;
  return { storage, failed: () => failed };
}
