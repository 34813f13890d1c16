import { readdirSync } from 'node:fs';
import { UserInputError } from '../calls/user-input-error.js';
import { openLocation, type Location, type Scope } from './locate.js';
import { openInner, type OpenFolder } from './open-folder.js';
import { shownPath } from './read-path.js';

/** More than this are not looked through. */
const MAX_ENTRIES = 100_000;

/** Throws an UserInputError where something in the folder is excluded where it is, and would not be in its new place. */
export function refuseReveal(scope: Scope, from: Location, to: Location): void {
  const { visibility, folders } = scope;
  if (folders.exclude === undefined) return;
  let seen = 0;
  const look = (folder: OpenFolder, names: readonly string[]): void => {
    try {
      for (const entry of readdirSync(folder.self, { withFileTypes: true })) {
        const inner = [...names, entry.name];
        seen += 1;
        const isKept =
          visibility.shows([...from.names, ...inner]) || !visibility.shows([...to.names, ...inner]);
        if (!isKept || seen > MAX_ENTRIES) throw refused(from);
        if (entry.isDirectory()) look(openInner(folder, entry.name), inner);
      }
    } finally {
      folder.close();
    }
  };
  look(openLocation(from, scope), []);
}

function refused({ shown }: Location): UserInputError {
  return new UserInputError(
    `${shownPath(shown)} cannot be moved as a whole: move what is in it, one by one.`,
  );
}
