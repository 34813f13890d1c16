import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';

/** Every way in which a project is changed: one small door, so that tests can let a disk be full or a process die. */
export type Storage = {
  /** Makes a folder and its parents; gives the topmost one that was made. */
  makeFolder(path: string): Promise<string | undefined>;
  write(path: string, text: string): Promise<void>;
  /** Replaces `to` at once: nobody ever sees half a file. Both lie on one file system. */
  move(from: string, to: string): Promise<void>;
  /** Removes a file that may be gone already. */
  remove(path: string): Promise<void>;
  /** Fails for a folder that is not empty. */
  removeEmptyFolder(path: string): Promise<void>;
  /** Removes a folder with everything in it. */
  removeTree(path: string): Promise<void>;
};

/** The file system. */
export const disk: Storage = {
  makeFolder: (path) => mkdir(path, { recursive: true }),
  write: (path, text) => writeFile(path, text),
  move: rename,
  remove: (path) => rm(path, { force: true }),
  removeEmptyFolder: rmdir,
  removeTree: (path) => rm(path, { recursive: true, force: true }),
};
