import { jsonProblem } from './json-problem.js';
import { isEjected, type Lock, type LockedFile } from './lock.js';
import { mergePackage, type MergeConflict } from './merge-package.js';
import { hashOf, hashOfFile, withLf, type Owner, type ProjectFile } from './project-file.js';

export type Action =
  'create' | 'restore' | 'update' | 'merge' | 'delete' | 'unchanged' | 'keep' | 'conflict';

/** What happens to one file. `reason` is for people and empty where the action says it all. */
export type Step = {
  path: string;
  owner: Owner;
  action: Action;
  reason: string;
  /** SHA-256 of what is on disk; absent where there is nothing. */
  disk?: string;
  /** What to write where that is not what was rendered: a merge. */
  text?: string;
  /** Values that both sides changed; the user's stay. */
  conflicts?: MergeConflict[];
};

export type ReconcileOptions = {
  /** Turns conflicts into updates. */
  force?: boolean;
  /** What merged files were generated as last time. */
  bases?: ReadonlyMap<string, string>;
  /** Inputs whose new text was made from the one on disk: never a conflict. */
  rewritten?: ReadonlySet<string>;
};

type Verdict = Pick<Step, 'action' | 'reason' | 'text' | 'conflicts'>;

/** Facts about one file: hashes as in the lock, on disk and newly rendered; undefined where it is not there. */
export type Facts = {
  locked: string | undefined;
  disk: string | undefined;
  next: string | undefined;
  /** Of a seed: what it was last known to be written as. */
  seen?: string | undefined;
};

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
    const hash =
      text === undefined ? undefined : text === file?.text ? hashOfFile(file) : hashOf(text);
    const found = hash !== undefined && { disk: hash };
    // Deleting it is the way to have the generated one again.
    const isTheirs = isEjected(lock, path) && file?.owner !== 'user';
    if (isTheirs && hash !== undefined)
      return { path, owner: 'user', ...verdict('keep'), ...found };
    const owner = file?.owner ?? locked.get(path)!.owner;
    const entry = isTheirs ? undefined : locked.get(path);
    const next = file && hashOfFile(file);
    const facts = { locked: entry?.sha256, seen: entry?.seen, disk: hash, next };
    const isRewritten = options.rewritten?.has(path) && hash !== undefined && next !== hash;
    let decided = isRewritten ? verdict('update') : decide(owner, facts);
    if (owner === 'merged' && file && text !== undefined && next !== hash) {
      decided = mergedVerdict(decided, facts, { file, text, base: options.bases?.get(path) });
    }
    if (options.force && decided.action === 'conflict') {
      decided = verdict('update', `forced: ${decided.reason}`);
    }
    return { path, owner, ...decided, ...found };
  });
}

/** One row of the table. */
export function decide(owner: Owner, facts: Facts): Verdict {
  const { locked, disk, next } = facts;
  if (next === undefined) return noLongerRendered(owner, facts);
  if (disk === undefined) return absent(owner, locked);
  if (disk === next) return verdict('unchanged');
  if (owner === 'seed') {
    const moved = disk === locked && next !== facts.seen;
    return verdict(
      'keep',
      moved ? 'yours, and left as it is: it would be written differently now' : '',
    );
  }
  if (locked === undefined) return verdict('conflict', 'it exists and was not generated');
  if (disk === locked) return verdict('update');
  // A merged file is meant to be edited.
  if (next === locked) return verdict('keep', owner === 'merged' ? '' : 'edited');
  if (owner === 'merged') return verdict('merge', 'edited, and changed by the generator');
  return verdict('conflict', 'edited, and changed by the generator');
}

/** A merge needs both texts to be whole, and what was generated last time. */
function mergedVerdict(
  decided: Verdict,
  facts: Facts,
  { file, text, base }: { file: ProjectFile; text: string; base: string | undefined },
): Verdict {
  const problem = jsonProblem(text);
  if (problem !== undefined) return verdict('conflict', problem);
  if (decided.action !== 'merge') return decided;
  // After a run that was killed the base may be the new one already; any other text cannot be trusted.
  const isKnown = base !== undefined && [facts.locked, facts.next].includes(hashOf(base));
  if (!isKnown || jsonProblem(base) !== undefined) {
    return verdict('conflict', 'edited, and its last generated text is lost');
  }
  const merged = mergePackage(withLf(base), withLf(text), file.text);
  const { conflicts } = merged;
  if (merged.text === withLf(text)) return { ...verdict('unchanged'), conflicts };
  return { ...decided, text: merged.text, conflicts };
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
