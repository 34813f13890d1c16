import { diagnostic } from '../diagnostics/catalog.js';
import { InputError } from '../diagnostics/diagnostic.js';
import { LOCK_PATH } from './lock.js';
import { readProjectFile } from './read-project.js';
import { requireNoRun } from './run-lock.js';

/**
 * Throws an InputError where another run is writing the project (MCP505) or has written it (MCP510) since its lock was read:
 * what was read in between may be half old and half new.
 */
export async function requireUndisturbed(
  root: string,
  lockText: string | undefined,
): Promise<void> {
  await requireNoRun(root);
  if ((await readProjectFile(root, LOCK_PATH)) === lockText) return;
  throw new InputError([diagnostic('MCP510', { path: LOCK_PATH })]);
}
