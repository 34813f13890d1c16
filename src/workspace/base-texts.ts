import type { ProjectFile } from './project-file.js';
import { readProjectFile } from './read-project.js';

/** Where the pristine text of a merged file is kept: a merge needs what was generated, not what it has become. */
export function basePath(path: string): string {
  return `.mcp/base/${path}`;
}

/** What merged files were generated as last time, by their path. */
export async function readBases(
  root: string,
  rendered: readonly ProjectFile[],
): Promise<Map<string, string>> {
  const bases = new Map<string, string>();
  for (const { path, owner } of rendered) {
    if (owner !== 'merged') continue;
    const text = await readProjectFile(root, basePath(path));
    if (text !== undefined) bases.set(path, text);
  }
  return bases;
}
