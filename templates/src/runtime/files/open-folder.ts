import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';

/**
 * A folder that is held open. Names in it are looked up in that very folder, whatever happens to its path meanwhile; where
 * the system cannot do that, each opened file is compared with what lies at its real path.
 */
export type OpenFolder = {
  /** Path of an entry, for the system; never for callers. The last name is not resolved by the functions here. */
  at: (name: string) => string;
  /** Path of the folder itself, for listing. */
  self: string;
  /** Throws where the folder is no longer the one that was opened. */
  verify: () => void;
  close: () => void;
};

export type Anchor = 'descriptors' | 'paths';

const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Linux resolves paths below an open descriptor. */
const ANCHOR: Anchor = existsSync('/proc/self/fd/0') ? 'descriptors' : 'paths';

/** Opens a folder by its real path, in which there may be no links. Throws errors of the system. */
export function openTop(real: string, anchor: Anchor = ANCHOR): OpenFolder {
  return anchor === 'descriptors' ? anchored(real) : byPath(real);
}

/** Opens a folder of a folder; a link is refused with ELOOP or ENOTDIR. */
export function openInner(folder: OpenFolder, name: string): OpenFolder {
  return isAnchored(folder) ? anchored(folder.at(name)) : byPath(folder.at(name));
}

/** Opens the folder that the names lead to, without following any link, and closes those on the way. */
export function descend(top: OpenFolder, names: readonly string[]): OpenFolder {
  let folder = top;
  for (const name of names) {
    let next: OpenFolder;
    try {
      next = openInner(folder, name);
    } finally {
      folder.close();
    }
    folder = next;
  }
  return folder;
}

/**
 * Opens a file of a folder and gives its descriptor; never waits for the other end of a pipe, never follows a link. Throws
 * errors of the system, ENOENT where the path has changed meanwhile.
 */
export function openEntry(folder: OpenFolder, name: string, flags: number, mode = 0o666): number {
  const fd = openSync(folder.at(name), flags | O_NOFOLLOW | O_NONBLOCK, mode);
  if (isAnchored(folder)) return fd;
  try {
    folder.verify();
    if (!isSame(fstatSync(fd), lstatSync(folder.at(name)))) throw changed();
    folder.verify();
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return fd;
}

const descriptors = new WeakSet<OpenFolder>();

function isAnchored(folder: OpenFolder): boolean {
  return descriptors.has(folder);
}

function anchored(path: string): OpenFolder {
  const fd = openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK);
  const self = `/proc/self/fd/${fd}`;
  const folder: OpenFolder = {
    at: (name) => `${self}/${name}`,
    self,
    verify: () => undefined,
    close: () => closeSync(fd),
  };
  descriptors.add(folder);
  return folder;
}

function byPath(path: string): OpenFolder {
  const opened = lstatSync(path);
  if (!opened.isDirectory()) throw changed();
  const verify = () => {
    if (realpathSync.native(path) !== path || !isSame(opened, lstatSync(path))) throw changed();
  };
  verify();
  return { at: (name) => join(path, name), self: path, verify, close: () => undefined };
}

function isSame(one: Stats, other: Stats): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}

function changed(): Error {
  return Object.assign(new Error('the path has changed'), { code: 'ENOENT' });
}
