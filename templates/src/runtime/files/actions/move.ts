import { linkSync, lstatSync, mkdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { UserInputError } from '../../calls/user-input-error.js';
import type { FileAnswer } from '../file-answer.js';
import { codeOf, missing } from '../file-failure.js';
import { locateEntry, openParent, type Scope } from '../locate.js';
import type { OpenFolder } from '../open-folder.js';
import { shownPath } from '../read-path.js';
import { refuseReveal } from '../reveal.js';
import { refusedName, statsOf } from './write.js';

/** Gives a file or folder another path; what is there already stays. */
export function move(scope: Scope, { from, to }: { from: string; to: string }): FileAnswer {
  const source = locateEntry(scope, from, false);
  const target = locateEntry(scope, to, true);
  const [name, newName] = [source.names.at(-1)!, target.names.at(-1)!];
  const folder = openParent(source, scope);
  try {
    const stats = lstatSync(folder.at(name));
    const isFolder = stats.isDirectory();
    if (!isFolder && !scope.visibility.showsFile(source.names)) throw missing(from);
    if (!isFolder && !stats.isFile()) {
      throw new UserInputError(`${shownPath(from)} is not a regular file.`);
    }
    if (!isFolder && !scope.visibility.showsFile(target.names)) throw refusedName(scope, to);
    const newFolder = openParent(target, scope);
    try {
      if (statsOf(newFolder, newName) !== undefined) {
        throw new UserInputError(`${shownPath(to)} exists already.`);
      }
      folder.verify();
      newFolder.verify();
      const pair: Pair = [folder.at(name), newFolder.at(newName)];
      if (isFolder) refuseReveal(scope, source, target);
      if (isFolder) moveFolder(pair);
      else moveFile(pair, newFolder);
    } finally {
      newFolder.close();
    }
    return { data: { from: source.shown, to: target.shown } };
  } finally {
    folder.close();
  }
}

type Pair = [from: string, to: string];

/** A second name, then the first one away: renaming would replace a file that has come meanwhile. */
function moveFile([from, to]: Pair, folder: OpenFolder): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EPERM' && codeOf(error) !== 'ENOTSUP') throw error;
    folder.verify();
    renameSync(from, to);
    return;
  }
  unlinkSync(from);
}

/** Onto an empty folder that was made for it: renaming alone would replace one that is there. */
function moveFolder([from, to]: Pair): void {
  mkdirSync(to);
  try {
    renameSync(from, to);
  } catch (error) {
    rmdirSync(to);
    throw error;
  }
}
