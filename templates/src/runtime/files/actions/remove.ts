import { lstatSync, rmdirSync, unlinkSync } from 'node:fs';
import { UserInputError } from '../../calls/user-input-error.js';
import type { FileAnswer } from '../file-answer.js';
import { missing } from '../file-failure.js';
import { locateEntry, openParent, type Scope } from '../locate.js';
import { shownPath } from '../read-path.js';

/** Deletes a file, or a folder that is empty. */
export function remove(scope: Scope, { path }: { path: string }): FileAnswer {
  const location = locateEntry(scope, path, false);
  const name = location.names.at(-1)!;
  const folder = openParent(location, scope);
  try {
    const stats = lstatSync(folder.at(name));
    const isFolder = stats.isDirectory();
    if (!isFolder && !scope.visibility.showsFile(location.names)) throw missing(path);
    if (!isFolder && !stats.isFile()) {
      throw new UserInputError(`${shownPath(path)} is not a regular file.`);
    }
    folder.verify();
    if (isFolder) rmdirSync(folder.at(name));
    else unlinkSync(folder.at(name));
    return { data: { path: location.shown, kind: isFolder ? 'folder' : 'file' } };
  } finally {
    folder.close();
  }
}
