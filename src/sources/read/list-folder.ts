import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';

/** Folders in a folder. */
const MAX_DEPTH = 10;

/**
 * Paths of the files below an absolute folder whose names fit, with slashes; hidden ones and links that lead out of the folder
 * are left out. Undefined where there is no folder. Throws an InputError (MCP108) for more than `most`.
 */
export async function listFolder(
  folder: string,
  isWanted: (name: string) => boolean,
  most: number,
): Promise<string[] | undefined> {
  const facts = await stat(folder).catch(() => undefined);
  if (!facts?.isDirectory()) return undefined;
  const root = await realpath(folder);
  const found: string[] = [];
  const visited = new Set<string>();

  async function walk(below: string, depth: number): Promise<void> {
    const real = await realpath(join(folder, below));
    if (visited.has(real) || depth > MAX_DEPTH) return;
    visited.add(real);
    for (const entry of await readdir(real, { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      const kind = entry.isSymbolicLink() ? await linkKind(path) : entry;
      if (kind?.isDirectory()) await walk(path, depth + 1);
      else if (kind?.isFile() && isWanted(entry.name)) found.push(path);
      if (found.length > most) {
        const what = 'the number of files';
        throw new InputError([diagnostic('MCP108', { what, limit: String(most) })]);
      }
    }
  }

  async function linkKind(path: string) {
    const real = await realpath(join(folder, path)).catch(() => undefined);
    const step = real === undefined ? '..' : relative(root, real);
    const isInside = step !== '..' && !step.startsWith(`..${sep}`);
    return real !== undefined && isInside && resolve(root, step) === real ? stat(real) : undefined;
  }

  await walk('', 0);
  return found.sort();
}
