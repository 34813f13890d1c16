import type { Lock, LockedFile } from './lock.js';
import { hashOf, hashOfFile, type Owner, type ProjectFile } from './project-file.js';

export type Action =
  'create' | 'restore' | 'update' | 'merge' | 'delete' | 'unchanged' | 'keep' | 'conflict';

/** What happens to one file. `reason` is for people and empty where the action says it all. */
export type Step = { path: string; owner: Owner; action: Action; reason: string };

export type ReconcileOptions = {
  /** Turns conflicts into updates. */
  force?: boolean;
};

type Verdict = { action: Action; reason: string };

/** Facts about one file: hashes as in the lock, on disk and newly rendered; undefined where it is not there. */
type Facts = { locked: string | undefined; disk: string | undefined; next: string | undefined };

/**
 * Decides by rule what happens to every file that is rendered or locked: a pure table, first match wins. `disk` holds the
 * texts of those that exist. Sorted by path.
 */
export function reconcile(
  lock: Lock | undefined,
  disk: ReadonlyMap<string, string>,
  rendered: readonly ProjectFile[],
  options: ReconcileOptions = {},
): Step[] {
  const files = new Map(rendered.map((file) => [file.path, file]));
  const locked: ReadonlyMap<string, LockedFile> = lock?.files ?? new Map();
  const paths = [...new Set([...files.keys(), ...locked.keys()])].sort();
  return paths.map((path) => {
    const file = files.get(path);
    const text = disk.get(path);
    const owner = file?.owner ?? locked.get(path)!.owner;
    const verdict = decide(owner, {
      locked: locked.get(path)?.sha256,
      disk: text === undefined ? undefined : text === file?.text ? hashOfFile(file) : hashOf(text),
      next: file && hashOfFile(file),
    });
    if (options.force && verdict.action === 'conflict') {
      return { path, owner, action: 'update', reason: `forced: ${verdict.reason}` };
    }
    return { path, owner, ...verdict };
  });
}

function decide(owner: Owner, facts: Facts): Verdict {
  const { locked, disk, next } = facts;
  if (next === undefined) return noLongerRendered(owner, facts);
  if (disk === undefined) return absent(owner, locked);
  if (disk === next) return verdict('unchanged');
  if (owner === 'seed') {
    const moved = disk === locked;
    return verdict('keep', moved ? 'the template has moved on since it was written' : '');
  }
  if (locked === undefined) return verdict('conflict', 'it exists and was not generated');
  if (disk === locked) return verdict('update');
  if (next === locked) return verdict('keep', 'edited');
  if (owner === 'merged') return verdict('merge', 'edited, and changed by the generator');
  return verdict('conflict', 'edited, and changed by the generator');
}

function absent(owner: Owner, locked: string | undefined): Verdict {
  if (locked === undefined) return verdict('create');
  if (owner === 'seed' || owner === 'merged') return verdict('keep', 'you deleted it');
  return verdict('restore', 'it was missing');
}

function noLongerRendered(owner: Owner, { locked, disk }: Facts): Verdict {
  if (disk === undefined) return verdict('keep', 'no longer generated, and gone');
  if (owner !== 'managed') return verdict('keep', 'no longer used');
  if (disk === locked) return verdict('delete', 'no longer generated');
  return verdict('keep', 'edited, no longer generated');
}

function verdict(action: Action, reason = ''): Verdict {
  return { action, reason };
}
