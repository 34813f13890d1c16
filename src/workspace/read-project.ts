import { readdir, readFile } from 'node:fs/promises';
import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { resolveInside } from './paths.js';
import { hashOfBytes } from './project-file.js';

/** Files that do not make a folder somebody's: what systems and `git init` leave behind. */
const IGNORED = new Set(['.git', '.DS_Store', 'Thumbs.db']);

/** The text of a file in the project; undefined where there is none. Throws an InputError (MCP503) as resolveInside. */
export async function readProjectFile(root: string, path: string): Promise<string | undefined> {
  return (await readBytes(root, path))?.toString('utf8');
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

/** `hashOf` those of `paths` that exist, without making text of them. */
export async function hashProjectFiles(
  root: string,
  paths: Iterable<string>,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const path of paths) {
    const bytes = await readBytes(root, path);
    if (bytes) hashes.set(path, hashOfBytes(bytes));
  }
  return hashes;
}

async function readBytes(root: string, path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(await resolveInside(root, path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return undefined;
    if (code !== 'EISDIR') throw error;
    throw new InputError([diagnostic('MCP503', { path, why: 'a folder has this name' })]);
  }
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
