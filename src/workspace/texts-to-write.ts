import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { mergePackage } from './merge-package.js';
import { withLf, type ProjectFile } from './project-file.js';
import { readProjectFile } from './read-project.js';
import type { Action, Step } from './reconcile.js';

const WRITTEN: ReadonlySet<Action> = new Set(['create', 'restore', 'update', 'merge']);

/** Where the pristine text of a merged file is kept: a merge needs what was generated, not what it has become. */
export function basePath(path: string): string {
  return `.mcp/base/${path}`;
}

/**
 * What to write for the steps, with the line ends that each file has on disk. Throws an InputError (MCP501) where a merge
 * is not possible.
 */
export async function textsToWrite(
  root: string,
  steps: readonly Step[],
  rendered: readonly ProjectFile[],
): Promise<{ path: string; text: string }[]> {
  const files = new Map(rendered.map((file) => [file.path, file]));
  const texts: { path: string; text: string }[] = [];
  for (const { path, action } of steps) {
    const file = files.get(path);
    if (!file) continue;
    if (file.owner === 'merged' && action !== 'keep') {
      const base = await readProjectFile(root, basePath(path));
      if (base !== file.text) texts.push({ path: basePath(path), text: file.text });
    }
    if (!WRITTEN.has(action)) continue;
    const disk = await readProjectFile(root, path);
    const text = action === 'merge' ? await merged(root, file, disk) : file.text;
    texts.push({ path, text: disk?.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text });
  }
  return texts;
}

async function merged(root: string, file: ProjectFile, disk: string | undefined): Promise<string> {
  const base = await readProjectFile(root, basePath(file.path));
  const failed = (reason: string) =>
    new InputError([diagnostic('MCP501', { path: file.path, reason })]);
  if (base === undefined || disk === undefined) throw failed('its last generated text is lost');
  try {
    return mergePackage(withLf(base), withLf(disk), file.text).text;
  } catch {
    throw failed('it is not valid JSON');
  }
}
