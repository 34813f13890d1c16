import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { applyLock } from '../../workspace/apply.js';
import { ejectFile } from '../../workspace/eject.js';
import type { Lock } from '../../workspace/lock.js';
import { readProjectFile } from '../../workspace/read-project.js';
import { ExitCode } from '../exit-codes.js';
import { findProject, openFolder, type Folder } from '../folder.js';
import type { Session } from '../session.js';
import { printJson } from '../ui/json.js';

/** `eject <path>`: a generated file becomes the user's; only the lock is written. */
export async function eject(session: Session): Promise<number> {
  const { args, io } = session;
  const word = args.words[0] ?? '';
  const { dir, path } = findProject(word, io.cwd);
  const folder = await openFolder(session, dir);
  const { root, lock, lockText } = folder;
  if (!lock) throw refused(path, 'there is no mcp.lock.json');
  const next = ejected(lock, path) ?? (await adopted(session, folder, lock, path));
  if ((await readProjectFile(root, path)) === undefined) throw refused(path, 'it is not there');
  await applyLock(root, next, lockText);
  if (args.json) printJson(io, { ok: true, command: 'eject', dir, path });
  else if (!args.quiet)
    io.stdout.write(`${path} is yours now: no run writes it again, unless you delete it\n`);
  return ExitCode.ok;
}

/** Undefined for a file that the lock does not know. */
function ejected(lock: Lock, path: string): Lock | undefined {
  const result = ejectFile(lock, path);
  if ('lock' in result) return result.lock;
  if (result.refusal === 'yours') throw refused(path, 'it is yours already');
  return undefined;
}

/** A file that was there before the generator wanted to write it: a conflict, which this ends. */
async function adopted(session: Session, folder: Folder, lock: Lock, path: string): Promise<Lock> {
  const { openProject } = await import('../project.js');
  const { steps } = await openProject(session, folder);
  const step = steps.find((found) => found.path === path && found.action === 'conflict');
  if (step?.disk === undefined || path === 'mcp.tools.json') {
    throw refused(path, 'it is not a file that the generator writes');
  }
  const entry = { owner: 'user' as const, sha256: step.disk };
  return { ...lock, files: new Map(lock.files).set(path, entry) };
}

function refused(path: string, why: string): InputError {
  return new InputError([diagnostic('MCP513', { path, why })]);
}
