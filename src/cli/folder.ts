import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { LOCK_PATH, parseLock, type Lock } from '../workspace/lock.js';
import { mergeMarkerLine } from '../workspace/merge-markers.js';
import { readProjectFile } from '../workspace/read-project.js';
import { requireNoRun } from '../workspace/run-lock.js';
import { newerThan } from './newer-than.js';
import type { Session } from './session.js';

export const MANIFEST = 'mcp.yaml';

/** A generated project on disk, before anything in it is understood. */
export type Folder = {
  root: string;
  /** As typed, for messages. */
  dir: string;
  manifestText: string;
  /** Name of mcp.yaml in messages. */
  manifestFile: string;
  lock: Lock | undefined;
  lockText: string | undefined;
};

/**
 * Reads the manifest and the lock in `dir`. Throws an InputError where there is no project (MCP506) or where a merge was
 * left half done (MCP502, MCP509), and while another run is writing (MCP505).
 */
export async function openFolder(session: Session, dir: string): Promise<Folder> {
  const { cwd } = session.io;
  const root = resolve(cwd, dir);
  await requireNoRun(root);
  const manifestText = await readProjectFile(root, MANIFEST);
  if (manifestText === undefined) throw new InputError([diagnostic('MCP506', { dir })]);
  const manifestFile = relative(cwd, join(root, MANIFEST));
  session.addTexts((file) => (file === manifestFile ? manifestText : undefined));
  const line = mergeMarkerLine(manifestText);
  if (line !== undefined) {
    throw new InputError([diagnostic('MCP509', { path: manifestFile, line })]);
  }
  const lockText = await readProjectFile(root, LOCK_PATH);
  const lock = lockText === undefined ? undefined : parseLock(lockText);
  return { root, dir, manifestText, manifestFile, lock, lockText };
}

/** A path typed by the user, as the project that it lies in and the place in it; `''` for the project itself. */
export type PathInProject = { dir: string; path: string };

/** Finds the project that a path means: the folder itself, or the nearest one above. The path need not exist. */
export function findProject(word: string, cwd: string): PathInProject {
  const target = resolve(cwd, word);
  const isFolder = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
  for (let at = isFolder ? target : dirname(target); ; at = dirname(at)) {
    if (existsSync(join(at, MANIFEST))) {
      const path = relative(at, target).replaceAll('\\', '/');
      return { dir: relative(cwd, at) || '.', path };
    }
    if (at === dirname(at)) throw new InputError([diagnostic('MCP506', { dir: word })]);
  }
}

/** Throws an InputError (MCP512) where a newer generator wrote the project, unless `--force` says to go back. */
export function refuseDowngrade({ args, version }: Session, { lock }: Folder): void {
  if (!lock || args.force || !newerThan(lock.generator, version)) return;
  throw new InputError([diagnostic('MCP512', { lock: lock.generator, version })]);
}
