import { basePath } from './base-texts.js';
import { withLf, type ProjectFile } from './project-file.js';
import { readProjectFile } from './read-project.js';
import type { Action, Step } from './reconcile.js';

const WRITTEN: ReadonlySet<Action> = new Set(['create', 'restore', 'update', 'merge']);

/** Whether a step gives a file its content. */
export function isWritten({ action }: Step): boolean {
  return WRITTEN.has(action);
}

/** What a step leaves behind, given what is there: with the line ends that the file has on disk. */
export function textAfter(step: Step, file: ProjectFile, disk: string | undefined): string {
  const text = step.text ?? file.text;
  return disk?.includes('\r\n') ? withLf(text).replaceAll('\n', '\r\n') : text;
}

/**
 * What to write for the steps, in an order in which a run may end anywhere and the next one heals it: what the manifest
 * names before the manifest, inputs before what is made from them, and bases after what was merged with them, because
 * merging again gives the same.
 */
export async function textsToWrite(
  root: string,
  steps: readonly Step[],
  rendered: readonly ProjectFile[],
): Promise<{ path: string; text: string }[]> {
  const files = new Map(rendered.map((file) => [file.path, file]));
  const texts: { path: string; text: string }[] = [];
  const bases: { path: string; text: string }[] = [];
  for (const step of steps) {
    const file = files.get(step.path);
    if (!file) continue;
    if (file.owner === 'merged' && step.owner === 'merged') {
      const base = await readProjectFile(root, basePath(step.path));
      // Also where nothing is to be merged: a base that was lost is what is generated now.
      const isSettled = step.action !== 'keep' || step.reason === '';
      if (isSettled && (base === undefined || withLf(base) !== file.text))
        bases.push({ path: basePath(step.path), text: file.text });
    }
    if (!isWritten(step)) continue;
    const disk = await readProjectFile(root, step.path);
    texts.push({ path: step.path, text: textAfter(step, file, disk) });
  }
  const rank = ({ path }: { path: string }) =>
    files.get(path)?.owner !== 'user' ? 2 : path.includes('/') ? 0 : 1;
  return [...texts.sort((a, b) => rank(a) - rank(b)), ...bases];
}
