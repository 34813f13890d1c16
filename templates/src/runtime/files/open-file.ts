import { closeSync, constants, fstatSync, lstatSync, readSync, type Stats } from 'node:fs';
import { UserInputError } from '../calls/user-input-error.js';
import { missing } from './file-failure.js';
import { locate, openParent, type Location, type Scope } from './locate.js';
import { openEntry, type OpenFolder } from './open-folder.js';
import { shownPath } from './read-path.js';

export type OpenFile = { fd: number; stats: Stats; location: Location; parent: OpenFolder };

/** Does something with a file that callers see, open for reading. Throws UserInputErrors and errors of the system. */
export function withFile<Result>(
  scope: Scope,
  path: string,
  work: (file: OpenFile) => Result,
): Result {
  const location = locate(scope, path);
  const name = location?.names.at(-1);
  if (location === undefined || name === undefined) throw isFolder(path);
  const parent = openParent(location, scope);
  try {
    // Looked at before it is opened: opening alone does something to some devices.
    const before = lstatSync(parent.at(name));
    if (before.isDirectory()) throw isFolder(path);
    if (!isShown(scope, location)) throw missing(path);
    if (!before.isFile()) throw isSpecial(path, before);
    const fd = openEntry(parent, name, constants.O_RDONLY);
    try {
      const stats = fstatSync(fd);
      if (!stats.isFile()) throw isSpecial(path, stats);
      return work({ fd, stats, location, parent });
    } finally {
      closeSync(fd);
    }
  } finally {
    parent.close();
  }
}

/** Bytes from a position; fewer where the file ends. */
export function readBytes(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const got = readSync(fd, buffer, read, length - read, position + read);
    if (got === 0) break;
    read += got;
  }
  return buffer.subarray(0, read);
}

/** The whole file. Throws an UserInputError where it is larger than the limit, also when it grows meanwhile. */
export function readWhole({ fd, stats, location }: OpenFile, limit: number): Buffer {
  const bytes = stats.size > limit ? undefined : readBytes(fd, 0, limit + 1);
  if (bytes !== undefined && bytes.length <= limit) return bytes;
  const size = Math.max(stats.size, bytes?.length ?? 0);
  throw new UserInputError(
    `${shownPath(location.shown)} has ${size} bytes; the limit for this is ${limit}.`,
  );
}

/** Of a link both what it is called and what it leads to count. */
function isShown({ visibility, folders }: Scope, { names, shown }: Location): boolean {
  const given = shown.split('/').slice(folders.roots.length === 1 ? 0 : 1);
  return visibility.showsFile(names) && visibility.showsFile(given);
}

function isFolder(path: string): UserInputError {
  return new UserInputError(`${shownPath(path)} is a folder.`);
}

function isSpecial(path: string, stats: Stats): UserInputError {
  // What became a link meanwhile is treated as what links elsewhere are.
  if (stats.isSymbolicLink()) return missing(path);
  return new UserInputError(`${shownPath(path)} is not a regular file.`);
}
