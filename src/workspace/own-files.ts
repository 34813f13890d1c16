import { constants } from 'node:fs';
import { copyFile, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isInside, resolveInside } from './paths.js';

/** Those of the paths that are no files below a folder, links followed. */
export async function missingFiles(base: string, paths: readonly string[]): Promise<string[]> {
  const root = await realpath(base);
  const found = await Promise.all(
    paths.map(async (path) => {
      const real = await realpath(join(root, path)).catch(() => undefined);
      if (real === undefined || !isInside(root, real)) return false;
      return (await stat(real)).isFile();
    }),
  );
  return paths.filter((_, index) => !found[index]);
}

/** Copies files with their paths; what is there already stays. */
export async function copyOwnFiles(
  base: string,
  root: string,
  paths: readonly string[],
): Promise<void> {
  for (const path of paths) {
    const target = await resolveInside(root, path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(base, path), target, constants.COPYFILE_EXCL).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }
}
