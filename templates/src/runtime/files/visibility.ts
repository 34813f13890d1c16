import { INVISIBLE } from '../http/clean-text.js';
import type { FileFolders } from './folders.js';
import { compileGlob } from './glob.js';

export type Visibility = {
  /** Whether a folder, or anything that is not looked at more closely, exists for callers. */
  shows: (names: readonly string[]) => boolean;
  /** The same for a file, of which also the extension counts. */
  showsFile: (names: readonly string[]) => boolean;
};

/** What exists for callers, by paths below a root. */
export function createVisibility({
  exclude = [],
  extensions,
  dotfiles,
}: Pick<FileFolders, 'exclude' | 'extensions' | 'dotfiles'>): Visibility {
  const globs = exclude.map((pattern) => compileGlob(folded(pattern)));
  const shows = (names: readonly string[]) => {
    const known = names.map(folded);
    if (!dotfiles && known.some((name) => name.startsWith('.'))) return false;
    // What lies in an excluded folder is excluded.
    return globs.every((fits) => !known.some((_, index) => fits(known.slice(0, index + 1))));
  };
  return {
    shows,
    showsFile: (names) => {
      if (!shows(names)) return false;
      const name = folded(names.at(-1) ?? '');
      return extensions === undefined || extensions.some((extension) => name.endsWith(extension));
    },
  };
}

/** File systems differ in what they take for the same name: here everything is that one of them could. */
function folded(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').toUpperCase().toLowerCase();
}
