import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  linkSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { codeOf } from './file-failure.js';
import { openEntry, type OpenFolder } from './open-folder.js';

const { O_WRONLY, O_CREAT, O_EXCL } = constants;

/** File systems without hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/**
 * Writes a file of a folder so that it is there in whole or not at all: into a temporary file beside it that then takes its
 * name. `mode` are the rights of the file that it replaces; without `replace` an existing one stays and EEXIST is thrown.
 */
export function writeWhole(
  folder: OpenFolder,
  name: string,
  bytes: Buffer,
  { replace, mode }: { replace: boolean; mode?: number },
): void {
  const temporary = `.${randomBytes(9).toString('base64url')}.tmp`;
  const fd = openEntry(folder, temporary, O_WRONLY | O_CREAT | O_EXCL);
  let isThere = true;
  try {
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
      if (mode !== undefined) fchmodSync(fd, mode & 0o777);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    folder.verify();
    if (replace) {
      renameSync(folder.at(temporary), folder.at(name));
      isThere = false;
    } else {
      isThere = giveName(folder, temporary, name);
    }
  } finally {
    if (isThere) unlinkSync(folder.at(temporary));
  }
}

/** Never replaces what is there; whether the temporary name is still there afterwards. */
function giveName(folder: OpenFolder, temporary: string, name: string): boolean {
  try {
    linkSync(folder.at(temporary), folder.at(name));
    return true;
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error) ?? '')) throw error;
  }
  // The name is taken first, so that nobody else's file is replaced.
  closeSync(openEntry(folder, name, O_WRONLY | O_CREAT | O_EXCL));
  renameSync(folder.at(temporary), folder.at(name));
  return false;
}
