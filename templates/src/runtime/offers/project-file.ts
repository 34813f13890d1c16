import { existsSync } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAX_BYTES = 10_000_000;

let root: string | undefined;

/** The folder of package.json, wherever the compiled files lie in it. */
function projectFolder(): string {
  if (root !== undefined) return root;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return (root = folder);
}

/**
 * The bytes of a file of the project. Throws when it is not there, too large, no ordinary file, or when links lead out of the
 * project.
 */
export async function readProjectFile(path: string, folder = projectFolder()): Promise<Buffer> {
  const real = await placeOf(path, folder);
  const file = await open(real, 'r');
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error(`${path} is no file`);
    if (stats.size > MAX_BYTES) throw new Error(`${path} has more than ${MAX_BYTES} bytes`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** What tells two states of a file of the project apart; all that cannot be read are alike. */
export async function stampOfProjectFile(path: string, folder = projectFolder()): Promise<string> {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs } = await stat(await placeOf(path, folder));
    return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
  } catch {
    return 'not there';
  }
}

/** The real path. Throws when there is none, or when it is not below the folder. */
async function placeOf(path: string, folder: string): Promise<string> {
  const base = await realpath(folder);
  const real = await realpath(resolve(base, path));
  const inside = relative(base, real);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new Error(`${path} leads out of the project`);
  }
  return real;
}
