import { readdir, readFile } from 'node:fs/promises';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { resolveInside } from './paths.js';

/** Files that do not make a folder somebody's: what systems and `git init` leave behind. */
const IGNORED = new Set(['.git', '.DS_Store', 'Thumbs.db']);

/** The text of a file in the project; undefined where there is none. Throws an InputError (MCP503) as resolveInside. */
export async function readProjectFile(root: string, path: string): Promise<string | undefined> {
  try {
    return await readFile(await resolveInside(root, path), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return undefined;
    if (code !== 'EISDIR') throw error;
    throw new InputError([diagnostic('MCP503', { path, why: 'a folder has this name' })]);
  }
}

/** The texts of those of `paths` that exist. */
export async function readProjectFiles(
  root: string,
  paths: Iterable<string>,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    const text = await readProjectFile(root, path);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

/** Names in a folder that is to become a project, sorted; none where it does not exist. Throws ENOTDIR for a file. */
export async function foreignEntries(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => !IGNORED.has(name)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
