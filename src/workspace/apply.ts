import { dirname, join } from 'node:path';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { LOCK_PATH, writeLock, type Lock } from './lock.js';
import { resolveInside } from './paths.js';
import { hashOf, withLf, type ProjectFile } from './project-file.js';
import { readProjectFile } from './read-project.js';
import type { Step } from './reconcile.js';
import { claimRun } from './run-lock.js';
import { refusedByDisk, removeEmptyFolders, stageAndMove, stagesIn } from './stage.js';
import { disk, type Storage } from './storage.js';
import { isWritten, textsToWrite } from './texts-to-write.js';

export type ApplyOptions = {
  /** The lock to leave behind; written last, so that a run that fails does not advance it. */
  lock: Lock;
  /** Text of the lock that the steps were decided on; where it is given, another one ends the run (MCP510). */
  decidedOn?: { lockText: string | undefined };
  /** Ends the run without a trace, up to the moment when everything is staged. */
  signal?: AbortSignal;
  storage?: Storage;
};

export type Applied = { written: string[]; deleted: string[] };

/**
 * Takes the steps: everything in memory, then staged beside the project, then moved into place. Throws an InputError, with
 * nothing written, while a conflict stands (MCP501), while another run is writing (MCP505), when a file has changed since
 * the steps were decided (MCP510) or cannot be written (MCP511); and throws after `signal`.
 */
export async function applySteps(
  root: string,
  steps: readonly Step[],
  rendered: readonly ProjectFile[],
  options: ApplyOptions,
): Promise<Applied> {
  const conflicts = steps.filter((step) => step.action === 'conflict');
  if (conflicts.length > 0) {
    throw new InputError(
      conflicts.map(({ path, reason }) => diagnostic('MCP501', { path, reason })),
    );
  }
  const texts = await textsToWrite(root, steps, rendered);
  const deleted = steps.filter((step) => step.action === 'delete').map((step) => step.path);
  const lockText = await changedLock(root, options.lock);
  const result = { written: texts.map(({ path }) => path), deleted };
  const isClean = (await stagesIn(await resolveInside(root, '.mcp'))).length === 0;
  if (isClean && texts.length + deleted.length === 0 && lockText === undefined) return result;
  options.signal?.throwIfAborted();

  const storage = options.storage ?? disk;
  await withClaim(root, storage, async (machine) => {
    await requireAsDecided(root, steps, options.decidedOn);
    const stage = join(machine, `stage-${process.pid}`);
    const changes = { texts, deleted, gone: goneFiles(steps), lockText };
    await stageAndMove(storage, { root, machine, stage }, changes, options.signal);
  });
  return result;
}

function goneFiles(steps: readonly Step[]): string[] {
  const gone = steps.filter((step) => step.action === 'keep' && step.disk === undefined);
  return gone.filter(({ owner }) => owner === 'managed').map(({ path }) => path);
}

/** The lock alone, for commands that write nothing else. */
export async function applyLock(
  root: string,
  lock: Lock,
  lockText: string | undefined,
): Promise<void> {
  await applySteps(root, [], [], { lock, decidedOn: { lockText } });
}

async function changedLock(root: string, lock: Lock): Promise<string | undefined> {
  const text = writeLock(lock);
  const found = await readProjectFile(root, LOCK_PATH);
  if (found !== undefined && withLf(found) === text) return undefined;
  return found?.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

/** Runs `work` while the project is claimed for this process, and takes the folder away again where it was not needed. */
async function withClaim(
  root: string,
  storage: Storage,
  work: (machine: string) => Promise<void>,
): Promise<void> {
  const machine = await resolveInside(root, '.mcp');
  const refused = (error: unknown) => {
    throw refusedByDisk(error, '.mcp', false);
  };
  const created = await storage.makeFolder(machine).catch(refused);
  try {
    const release = await claimRun(join(machine, 'run.pid')).catch(refused);
    try {
      await work(machine);
    } finally {
      await release();
    }
  } finally {
    // Whoever made the folder: of several runs at once the last one finds it empty.
    const top = dirname(created ?? machine);
    await removeEmptyFolders(storage, machine, top);
  }
}

/** Between deciding and the claim somebody may have saved a file, or another run may have come first. */
async function requireAsDecided(
  root: string,
  steps: readonly Step[],
  decidedOn: ApplyOptions['decidedOn'],
): Promise<void> {
  if (decidedOn && (await readProjectFile(root, LOCK_PATH)) !== decidedOn.lockText) {
    throw changedMeanwhile(LOCK_PATH);
  }
  for (const step of steps) {
    if (!isWritten(step) && step.action !== 'delete') continue;
    const text = await readProjectFile(root, step.path);
    const found = text === undefined ? undefined : hashOf(text);
    if (found !== step.disk) throw changedMeanwhile(step.path);
  }
}

function changedMeanwhile(path: string): InputError {
  return new InputError([diagnostic('MCP510', { path })]);
}
