import { readdirSync, type Dirent } from 'node:fs';
import { UserInputError } from '../calls/user-input-error.js';
import { codeOf } from './file-failure.js';
import { locate, openLocation, type Location, type Scope } from './locate.js';
import { openInner, type OpenFolder } from './open-folder.js';
import { isNameable, shownPath } from './read-path.js';

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

export type Entry = {
  kind: EntryKind;
  name: string;
  /** Below where the walk began. */
  names: string[];
  /** As callers know it. */
  path: string;
  /** The open folder that it is in, while the entry is being looked at. */
  folder: OpenFolder;
};

export type WalkOptions = {
  path: string;
  /** Folders below each other; 1 is the folder alone. */
  depth?: number;
  signal: WalkSignal;
};

/** How far a walk may go, and how far it came. */
export type WalkSignal = { deadline: number; seen: number; stopped?: 'time' };

const MAX_DEPTH = 100;

export function startWalk({ folders }: Scope): WalkSignal {
  return { deadline: performance.now() + folders.limits.timeoutMs, seen: 0 };
}

/** Everything below a folder that callers see, sorted, folders before what is in them. Links are not followed. */
export function* walk(scope: Scope, options: WalkOptions): Generator<Entry> {
  const location = locate(scope, options.path);
  if (location === undefined) {
    yield* walkRoots(scope, options);
    return;
  }
  const walking: Walking = {
    scope,
    signal: options.signal,
    base: [...location.names],
    shown: location.shown,
  };
  const folder = openStart(location, scope);
  yield* walkFolder(folder, [], Math.min(options.depth ?? MAX_DEPTH, MAX_DEPTH), walking);
}

function openStart(location: Location, scope: Scope): OpenFolder {
  try {
    return openLocation(location, scope);
  } catch (error) {
    if (codeOf(error) !== 'ENOTDIR') throw error;
    throw new UserInputError(`${shownPath(location.shown)} is not a folder.`);
  }
}

type Walking = { scope: Scope; signal: WalkSignal; base: string[]; shown: string };

function* walkRoots(scope: Scope, options: WalkOptions): Generator<Entry> {
  const { depth = MAX_DEPTH, signal } = options;
  for (const { name } of scope.folders.roots) {
    const location = locate(scope, name)!;
    const folder = openLocation(location, scope);
    try {
      yield { kind: 'folder', name, names: [name], path: name, folder };
    } finally {
      folder.close();
    }
    if (depth < 2) continue;
    for (const entry of walk(scope, { path: name, depth: depth - 1, signal })) {
      yield { ...entry, names: [name, ...entry.names] };
    }
  }
}

/** Closes the folder in the end. */
function* walkFolder(
  folder: OpenFolder,
  above: string[],
  depth: number,
  walking: Walking,
): Generator<Entry> {
  const { scope, signal, base, shown } = walking;
  try {
    folder.verify();
    for (const entry of listed(folder)) {
      if (isOver(signal)) return;
      const { name } = entry;
      const kind = kindOf(entry);
      const names = [...above, name];
      if (!isShown(scope, [...base, ...names], kind)) continue;
      const path = shown === '' ? names.join('/') : `${shown}/${names.join('/')}`;
      yield { kind, name, names, path, folder };
      if (kind !== 'folder' || depth < 2) continue;
      const inner = openIfThere(folder, name);
      if (inner !== undefined) yield* walkFolder(inner, names, depth - 1, walking);
    }
  } finally {
    folder.close();
  }
}

/** Entries whose names callers can write, sorted the same everywhere. */
function listed(folder: OpenFolder): Dirent[] {
  const entries = readdirSync(folder.self, { withFileTypes: true });
  return entries.filter(({ name }) => isNameable(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isShown({ visibility }: Scope, names: string[], kind: EntryKind): boolean {
  return kind === 'folder' ? visibility.shows(names) : visibility.showsFile(names);
}

/** What is gone or closed meanwhile is passed over. */
function openIfThere(folder: OpenFolder, name: string): OpenFolder | undefined {
  try {
    return openInner(folder, name);
  } catch (error) {
    if (codeOf(error) === undefined || codeOf(error) === 'EMFILE') throw error;
    return undefined;
  }
}

function isOver(signal: WalkSignal): boolean {
  signal.seen += 1;
  if (signal.stopped === undefined && signal.seen % 64 === 0) {
    if (performance.now() > signal.deadline) signal.stopped = 'time';
  }
  return signal.stopped !== undefined;
}

function kindOf(entry: Dirent): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
