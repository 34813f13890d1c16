import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { applyLock } from '../../workspace/apply.js';
import { ejectFile } from '../../workspace/eject.js';
import type { Lock } from '../../workspace/lock.js';
import { readProjectFile } from '../../workspace/read-project.js';
import { ExitCode } from '../exit-codes.js';
import { findProject, openFolder } from '../folder.js';
import type { Session } from '../session.js';
import { printJson } from '../ui/json.js';

/** `eject <path>`: a generated file becomes the user's; only the lock is written. */
export async function eject(session: Session): Promise<number> {
  const { args, io } = session;
  const word = args.words[0] ?? '';
  const { dir, path } = findProject(word, io.cwd);
  const { root, lock, lockText } = await openFolder(session, dir);
  const next = ejected(lock, path);
  if ((await readProjectFile(root, path)) === undefined) throw refused(path, 'it is not there');
  await applyLock(root, next, lockText);
  if (args.json) printJson(io, { ok: true, command: 'eject', dir, path });
  else if (!args.quiet)
    io.stdout.write(`${path} is yours now: no run writes it again, unless you delete it\n`);
  return ExitCode.ok;
}

function ejected(lock: Lock | undefined, path: string): Lock {
  if (!lock) throw refused(path, 'there is no mcp.lock.json');
  const result = ejectFile(lock, path);
  if ('lock' in result) return result.lock;
  throw refused(
    path,
    result.refusal === 'yours'
      ? 'it is yours already'
      : 'it is not a file that the generator writes',
  );
}

function refused(path: string, why: string): InputError {
  return new InputError([diagnostic('MCP513', { path, why })]);
}
