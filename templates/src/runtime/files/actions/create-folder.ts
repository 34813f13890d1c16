import { mkdirSync } from 'node:fs';
import { UserInputError } from '../../calls/user-input-error.js';
import type { FileAnswer } from '../file-answer.js';
import { locateEntry, openParent, type Scope } from '../locate.js';
import { shownPath } from '../read-path.js';
import { statsOf } from './write.js';

/** A new folder with those above it that are missing; one that is there stays as it is. */
export function createFolder(scope: Scope, { path }: { path: string }): FileAnswer {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  // With several roots the first name is that of a root, which is there.
  const first = scope.folders.roots.length === 1 ? 1 : Math.min(2, names.length);
  let created = false;
  for (let count = first; count <= Math.max(names.length, first); count += 1) {
    created = createOne(scope, count >= names.length ? path : names.slice(0, count).join('/'));
  }
  return { data: { path: names.join('/'), created } };
}

function createOne(scope: Scope, path: string): boolean {
  const location = locateEntry(scope, path, true);
  const name = location.names.at(-1)!;
  const folder = openParent(location, scope);
  try {
    const before = statsOf(folder, name);
    if (before?.isDirectory()) return false;
    if (before !== undefined) throw new UserInputError(`${shownPath(path)} exists already.`);
    folder.verify();
    mkdirSync(folder.at(name));
    return true;
  } finally {
    folder.close();
  }
}
