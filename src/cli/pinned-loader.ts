import { join } from 'node:path';
import { createLoader, type Loader } from '../sources/read/loader.js';
import { isInside } from '../workspace/paths.js';
import type { Session } from './session.js';

/** Reads what lies in a project, or beside a manifest that one is made from. */
export function pinnedLoader({ io }: Session, root: string): Loader {
  const specs = join(root, 'specs');
  return createLoader({
    base: root,
    cwd: io.cwd,
    signal: io.signal,
    // Pinned files of one document may refer to each other across its folders.
    refRoot: (path) => (isInside(specs, path) ? specs : undefined),
  });
}
