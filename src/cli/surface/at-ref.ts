import { x } from 'tinyexec';
import type { Surface } from '../../blueprint/compare.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { oneLine } from '../../diagnostics/visible.js';
import { LOCK_PATH, parseLock, type Lock } from '../../workspace/lock.js';
import type { Session } from '../session.js';
import { parseSurface } from './surface.js';

/** A project as it was at a commit. */
export type ProjectAtRef = {
  surface: Surface;
  /** The text of a file at that commit; undefined where there was none. */
  textOf(path: string): Promise<string | undefined>;
};

/**
 * What the project in `root` listed at a commit, branch or tag; nothing where it was not there yet. Runs git without
 * a shell. Throws an InputError (MCP514) where there is no such commit, no repository or no git.
 */
export async function projectAtRef(
  session: Session,
  root: string,
  ref: string,
): Promise<ProjectAtRef> {
  const commit = await commitOf(session, root, ref);
  // A path that begins with ./ starts at the working directory, wherever the repository begins.
  const textOf = async (path: string) => {
    const shown = await git(session, root, ['cat-file', 'blob', `${commit}:./${path}`]);
    return shown.exitCode === 0 ? shown.stdout : undefined;
  };
  const list = await textOf('mcp.tools.json');
  if (list === undefined)
    return { surface: { tools: [], offers: { resources: [], prompts: [] } }, textOf };
  const lockText = await textOf(LOCK_PATH);
  const surface = parseSurface(list, lockText === undefined ? undefined : lockOf(lockText));
  if (!surface) throw failed(ref, 'its mcp.tools.json holds no tool list');
  return { surface, textOf };
}

async function commitOf(session: Session, root: string, ref: string): Promise<string> {
  const verify = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const found = await git(session, root, verify);
  const commit = found.stdout.trim();
  if (found.exitCode === 0 && /^[0-9a-f]{40,64}$/.test(commit)) return commit;
  const why = oneLine(found.stderr.trim().split('\n')[0] ?? '');
  throw failed(ref, why === '' ? 'there is no such commit here' : why);
}

/** Only used to recognise renamed tools: one that cannot be read is no reason to fail. */
function lockOf(text: string): Lock | undefined {
  try {
    return parseLock(text);
  } catch {
    return undefined;
  }
}

async function git({ io }: Session, cwd: string, args: string[]) {
  try {
    const env = { ...io.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
    // Not a git that the project has in its node_modules/.bin.
    return await x('git', args, { signal: io.signal, nodePath: false, nodeOptions: { cwd, env } });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no command git' : (code ?? 'git did not start');
    throw failed(args.at(-1) ?? '', why);
  }
}

function failed(ref: string, why: string): InputError {
  return new InputError([diagnostic('MCP514', { ref, why })]);
}
