import { isEjected, type Lock, type LockedFile } from './lock.js';
import { hashOfFile, type ProjectFile } from './project-file.js';
import type { Step } from './reconcile.js';

/**
 * The lock after `steps` were taken. A file that was kept keeps its entry, so that it stays known as edited, deleted or
 * the user's own; one that is no longer generated is forgotten. `user` files are the inputs.
 */
export function nextLock(
  before: Lock | undefined,
  steps: readonly Step[],
  rendered: readonly ProjectFile[],
  generator: string,
  { tools = before?.tools ?? new Map(), gone }: Partial<Pick<Lock, 'tools' | 'gone'>> = {},
): Lock {
  const byPath = new Map(rendered.map((file) => [file.path, file]));
  const files = new Map<string, LockedFile>();
  for (const { path, action, disk } of steps) {
    const file = byPath.get(path);
    const known = before?.files.get(path);
    if (file && action !== 'keep') files.set(path, { owner: file.owner, sha256: hashOfFile(file) });
    else if (known && file) files.set(path, file.owner === 'seed' ? withSeen(known, file) : known);
    else if (known && isEjected(before, path) && disk !== undefined) files.set(path, known);
  }
  const inputs = rendered.filter((file) => file.owner === 'user');
  return {
    generator,
    inputs: new Map(inputs.map((file) => [file.path, hashOfFile(file)])),
    tools: new Map(tools),
    files,
    ...(gone && { gone: new Map(gone) }),
  };
}

function withSeen({ owner, sha256 }: LockedFile, file: ProjectFile): LockedFile {
  const seen = hashOfFile(file);
  return seen === sha256 ? { owner, sha256 } : { owner, sha256, seen };
}
