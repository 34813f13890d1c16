import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { LOCK_PATH } from './lock.js';
import { isInside, resolveInside } from './paths.js';
import type { Storage } from './storage.js';

/** Absolute paths: of the project, of its folder `.mcp`, and of the folder in it in which texts wait. */
export type Places = { root: string; machine: string; stage: string };

export type Changes = {
  texts: readonly { path: string; text: string }[];
  deleted: readonly string[];
  /** Files that a run deleted which was killed before it could clear up their folders. */
  gone: readonly string[];
  /** Undefined where the lock stays as it is. */
  lockText: string | undefined;
};

/**
 * Writes everything to the stage, then moves each file into place, deletes, and moves the lock last. Until the first move
 * everything can be taken back, so folders are made before it as well. Throws an InputError (MCP511) when the disk refuses.
 */
export async function stageAndMove(
  storage: Storage,
  places: Places,
  { texts, deleted, gone, lockText }: Changes,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { root, machine, stage } = places;
  const lock = lockText === undefined ? [] : [{ path: LOCK_PATH, text: lockText }];
  const moves: { path: string; from: string; to: string }[] = [];
  const made: { folder: string; top: string }[] = [];
  let at = '.mcp';
  let moved = 0;
  try {
    // Only the run that holds the claim has a stage: any other is of one that was killed.
    await removeStages(storage, machine);
    await storage.makeFolder(stage);
    for (const [index, { path, text }] of [...texts, ...lock].entries()) {
      signal?.throwIfAborted();
      at = path;
      const from = join(stage, String(index));
      await storage.write(from, text);
      const to = await resolveInside(root, path);
      const top = await storage.makeFolder(dirname(to));
      if (top !== undefined) made.push({ folder: dirname(to), top: dirname(top) });
      moves.push({ path, from, to });
    }
    signal?.throwIfAborted();
    // From here on the run is finished whatever happens: a mixture of old and new would be worse.
    for (const { path, from, to } of moves.slice(0, texts.length)) {
      at = path;
      await storage.move(from, to);
      moved += 1;
    }
    for (const path of deleted) {
      at = path;
      await deleteFile(storage, root, path);
      moved += 1;
    }
    for (const path of gone) await clearFolder(storage, root, path);
    for (const { path, from, to } of moves.slice(texts.length)) {
      at = path;
      await storage.move(from, to);
    }
  } catch (error) {
    if (moved === 0) await takeBack(storage, made);
    throw refusedByDisk(error, at, moved > 0);
  } finally {
    await storage.removeTree(stage).catch(() => undefined);
  }
}

/** Removes `dir` and its parents below `top` as long as they are empty. */
export async function removeEmptyFolders(
  storage: Storage,
  dir: string,
  top: string,
): Promise<void> {
  if (dir === top || !isInside(top, dir)) return;
  try {
    await storage.removeEmptyFolder(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return;
  }
  await removeEmptyFolders(storage, dirname(dir), top);
}

async function deleteFile(storage: Storage, root: string, path: string): Promise<void> {
  await storage.remove(await resolveInside(root, path));
  await clearFolder(storage, root, path);
}

async function clearFolder(storage: Storage, root: string, path: string): Promise<void> {
  const folder = dirname(await resolveInside(root, path));
  await removeEmptyFolders(storage, folder, await realpath(root));
}

async function removeStages(storage: Storage, machine: string): Promise<void> {
  for (const name of await stagesIn(machine)) await storage.removeTree(join(machine, name));
}

/** Names of the stages in `.mcp`: without a run at work, what is left of runs that were killed. */
export async function stagesIn(machine: string): Promise<string[]> {
  const names = await readdir(machine).catch(() => []);
  return names.filter((name) => /^stage-\d+$/.test(name));
}

async function takeBack(
  storage: Storage,
  made: readonly { folder: string; top: string }[],
): Promise<void> {
  for (const { folder, top } of [...made].reverse()) await removeEmptyFolders(storage, folder, top);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'it may not be written',
  EPERM: 'it may not be written',
  EBUSY: 'another program holds it',
};

/** An error of the file system as an InputError (MCP511); any other as it is. `half` says that something was written. */
export function refusedByDisk(error: unknown, path: string, half: boolean): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || typeof syscall !== 'string') return error;
  return new InputError([diagnostic('MCP511', { path, why: REASONS[code] ?? code, half })]);
}
