import { lstatSync, type Stats } from 'node:fs';
import { UserInputError } from '../../calls/user-input-error.js';
import type { FileAnswer } from '../file-answer.js';
import { codeOf, missing } from '../file-failure.js';
import { locateEntry, openParent, type Scope } from '../locate.js';
import type { OpenFolder } from '../open-folder.js';
import { readWhole, withFile } from '../open-file.js';
import { shownPath } from '../read-path.js';
import { writeWhole } from '../write-file.js';
import { hashOf } from './read.js';

export type WriteArguments = {
  path: string;
  content: string;
  overwrite?: boolean;
  expected_sha256?: string;
};

/** A new file, or another content for one where that is asked for. */
export function write(scope: Scope, args: WriteArguments): FileAnswer {
  const { path, content, overwrite = false, expected_sha256 } = args;
  const bytes = Buffer.from(content);
  checkSize(scope, path, bytes);
  const location = locateEntry(scope, path, true);
  if (!scope.visibility.showsFile(location.names)) throw refusedName(scope, path);
  const parent = openParent(location, scope);
  try {
    const name = location.names.at(-1)!;
    const before = statsOf(parent, name);
    if (before !== undefined) {
      if (before.isDirectory()) throw new UserInputError(`${shownPath(path)} is a folder.`);
      if (!before.isFile()) throw new UserInputError(`${shownPath(path)} is not a regular file.`);
      if (!overwrite) {
        throw new UserInputError(
          `${shownPath(path)} exists already: change it with edit_file, or set overwrite.`,
        );
      }
    }
    if (expected_sha256 !== undefined) {
      if (before === undefined) throw missing(path);
      withFile(scope, path, (file) =>
        checkHash(path, readWhole(file, scope.folders.limits.maxFileBytes), expected_sha256),
      );
    }
    writeWhole(parent, name, bytes, {
      replace: overwrite,
      ...(before && { mode: before.mode }),
    });
    const created = before === undefined;
    return {
      data: { path: location.shown, created, size: bytes.length, sha256: hashOf(bytes) },
    };
  } finally {
    parent.close();
  }
}

/** Undefined where there is nothing of that name. */
export function statsOf(folder: OpenFolder, name: string): Stats | undefined {
  try {
    return lstatSync(folder.at(name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export function checkSize(scope: Scope, path: string, { length }: Buffer): void {
  const { maxFileBytes } = scope.folders.limits;
  if (length <= maxFileBytes) return;
  throw new UserInputError(
    `${shownPath(path)} would have ${length} bytes; the limit is ${maxFileBytes}.`,
  );
}

export function checkHash(path: string, bytes: Buffer, expected: string): void {
  if (hashOf(bytes) === expected.toLowerCase()) return;
  throw new UserInputError(
    `${shownPath(path)} has changed since it was read. Nothing was changed: read it again.`,
  );
}

export function refusedName({ folders }: Scope, path: string): UserInputError {
  const allowed = (folders.extensions ?? []).join(', ');
  return new UserInputError(`${shownPath(path)} must end in one of: ${allowed}.`);
}
